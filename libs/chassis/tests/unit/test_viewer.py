"""Viewer tokens: good for one service, for a minute, by a known key."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from atrium_chassis.problems import Unauthenticated
from atrium_chassis.viewer import Side, TokenMinter, TokenVerifier, Viewer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st


def key_pair() -> tuple[bytes, bytes]:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def keys(tmp_path: Path) -> tuple[TokenMinter, Path]:
    private, public = key_pair()
    (tmp_path / "current.pem").write_bytes(public)
    return TokenMinter(private), tmp_path


VIEWER = Viewer(Side.CUSTOMER, uuid4(), uuid4(), "owner", frozenset({uuid4()}), "de", "Europe/Zurich")


def test_a_token_says_who_is_asking(keys: tuple[TokenMinter, Path]) -> None:
    minter, folder = keys
    assert TokenVerifier(folder, "projects").verify(minter.mint(VIEWER, "projects")) == VIEWER


def test_a_token_says_of_which_past_moment_an_act_is(keys: tuple[TokenMinter, Path]) -> None:
    minter, folder = keys
    told = replace(VIEWER, acting_at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
    assert TokenVerifier(folder, "projects").verify(minter.mint(told, "projects")) == told


def test_a_token_for_another_service_is_refused(keys: tuple[TokenMinter, Path]) -> None:
    minter, folder = keys
    with pytest.raises(Unauthenticated):
        TokenVerifier(folder, "files").verify(minter.mint(VIEWER, "projects"))


def test_an_expired_token_is_refused(keys: tuple[TokenMinter, Path]) -> None:
    minter, folder = keys
    with pytest.raises(Unauthenticated):
        TokenVerifier(folder, "projects").verify(minter.mint(VIEWER, "projects", lifetime=-1))


def test_a_token_by_an_unknown_key_is_refused(keys: tuple[TokenMinter, Path]) -> None:
    _, folder = keys
    stranger = TokenMinter(key_pair()[0])
    with pytest.raises(Unauthenticated):
        TokenVerifier(folder, "projects").verify(stranger.mint(VIEWER, "projects"))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(keys: tuple[TokenMinter, Path], token: str) -> None:
    with pytest.raises(Unauthenticated):
        TokenVerifier(keys[1], "projects").verify(token)


def test_current_and_next_key_are_both_good(keys: tuple[TokenMinter, Path]) -> None:
    minter, folder = keys
    private, public = key_pair()
    (folder / "next.pem").write_bytes(public)
    verifier = TokenVerifier(folder, "projects")
    assert verifier.verify(minter.mint(VIEWER, "projects")) == VIEWER
    assert verifier.verify(TokenMinter(private).mint(VIEWER, "projects")) == VIEWER


optional_id = st.none() | st.uuids(version=4)


@given(
    st.builds(
        Viewer,
        side=st.sampled_from(Side),
        person=optional_id,
        customer=optional_id,
        role=st.sampled_from(["", "owner", "reader"]),
        projects=st.none() | st.frozensets(st.uuids(version=4), max_size=3),
        preview=optional_id,
        report=optional_id,
        link=optional_id,
    )
)
def test_claims_keep_all_there_is_to_know(viewer: Viewer) -> None:
    assert Viewer.from_claims(viewer.claims()) == viewer
