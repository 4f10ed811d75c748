"""Passwords of links: counted tries, and what stands for a password that was right."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from atrium_reports.links.model import MOST_TRIES, TRIES_WITHIN, Tries, is_proof, proof_of, slow_hash

NOW = datetime(2026, 11, 19, tzinfo=UTC)
LINK = UUID(int=7)


def test_tries_are_counted_until_there_were_too_many_and_then_anew() -> None:
    tries: Tries | None = Tries(0, NOW)
    for _ in range(MOST_TRIES):
        assert tries is not None
        tries = tries.one_more(NOW)
    assert tries == Tries(MOST_TRIES, NOW)
    assert tries.one_more(NOW + timedelta(minutes=10)) is None
    assert tries.wait(NOW + timedelta(minutes=10)) == 300
    assert tries.one_more(NOW + TRIES_WITHIN) == Tries(1, NOW + TRIES_WITHIN)


def test_a_proof_is_of_one_password_and_one_link() -> None:
    known = slow_hash("tanne-7-bogen", b"salt")
    proof = proof_of(known, LINK)
    assert is_proof(proof, known, LINK)
    assert not is_proof(proof, known, uuid4())
    assert not is_proof(proof, slow_hash("tanne-7-bogen", b"pepper"), LINK)
    assert not is_proof("ä", known, LINK)


def test_a_password_is_the_same_however_its_letters_were_typed() -> None:
    assert slow_hash("f\u00fcnf-T\u00f6ne", b"salt") == slow_hash("fu\u0308nf-To\u0308ne", b"salt")
