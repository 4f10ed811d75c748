"""Codes, tokens, networks, names: rules without I/O."""

from uuid import uuid4

import pytest
from atrium_chassis.problems import Conflict
from atrium_chassis.viewer import Side
from atrium_gateway.people.model import Place, is_own_host, is_time_zone, may_manage, require_kept
from atrium_gateway.signin.identity import address_name
from atrium_gateway.signin.model import (
    PROVIDER,
    address_digest,
    api_token,
    device_name,
    hash_code,
    initials,
    issue,
    mask,
    network_of,
    new_secret,
    read_api_token,
    same,
    viewer_of,
)
from hypothesis import given
from hypothesis import strategies as st


def test_codes_have_six_digits_and_differ() -> None:
    issued = [issue() for _ in range(50)]
    assert all(len(one.code) == 6 and one.code.isdigit() for one in issued)
    assert len({one.link for one in issued}) == 50


def test_a_code_matches_its_own_salt_only() -> None:
    hashed = hash_code("123456", b"salt")
    assert same(hash_code("123456", b"salt"), hashed)
    assert not same(hash_code("123457", b"salt"), hashed)
    assert not same(hash_code("123456", b"other"), hashed)


def test_an_api_token_names_its_house() -> None:
    house, secret = uuid4(), new_secret()
    assert read_api_token(api_token(house, secret)) == (house, secret)


@given(st.text(max_size=120))
def test_anything_else_is_no_api_token(text: str) -> None:
    assert read_api_token(text) is None


def test_addresses_are_one_whatever_their_case() -> None:
    assert address_digest(" Anna@Helvetia.example ") == address_digest("anna@helvetia.example")


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::5", "2001:db8:1::/48"), ("nonsense", ""), ("", "")],
)
def test_addresses_are_kept_as_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_masked_address_shows_no_length() -> None:
    assert mask("a@x.example") == "a••••@x.example"
    assert mask("annabelle@x.example") == "a••••@x.example"


@pytest.mark.parametrize(
    ("name", "expected"), [("Anna Keller", "AK"), ("Nora", "N"), ("Jean-Luc de la Tour", "JT"), ("", "")]
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_devices_are_named_briefly() -> None:
    chrome = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/537.36 Chrome/129.0 Safari/537.36"
    assert device_name(chrome) == "Chrome, macOS"
    assert device_name("curl/8") == ""


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("bluepeak.atrium.localhost", "bluepeak"),
        ("a.b.atrium.localhost", None),
        ("portal.bluepeak.example", "portal.bluepeak.example"),
        ("bluepeak", None),
    ],
)
def test_hosts_are_kept_under_one_name(host: str, name: str | None) -> None:
    assert address_name(host, "atrium.localhost") == name


def test_a_viewer_is_made_of_house_and_membership() -> None:
    house, person, project = uuid4(), uuid4(), uuid4()
    contact = viewer_of(house, person, "reader", [project], "de", "Europe/Zurich")
    assert (contact.side, contact.customer, contact.projects) == (Side.CUSTOMER, house, frozenset({project}))
    staff = viewer_of(PROVIDER, person, "admin", None, "en", "Europe/Zurich")
    assert (staff.side, staff.customer, staff.projects) == (Side.PROVIDER, None, None)


def test_who_may_manage_whom() -> None:
    house, other, person = uuid4(), uuid4(), uuid4()

    def may(role: str, of: object, at: object) -> bool:
        return may_manage(viewer_of(of, person, role, None, "en", "UTC"), at)  # type: ignore[arg-type]

    assert may("admin", PROVIDER, PROVIDER)
    assert may("manager", PROVIDER, house)
    assert not may("manager", PROVIDER, PROVIDER)
    assert not may("member", PROVIDER, house)
    assert may("owner", house, house)
    assert not may("owner", house, other)
    assert not may("owner", house, PROVIDER)
    assert not may("member", house, house)


def test_a_house_keeps_one_who_can_invite() -> None:
    owner, member = Place("owner", None), Place("member", None)
    require_kept(owner, member, keepers=2)
    require_kept(member, None, keepers=1)
    for after in (member, None):
        with pytest.raises(Conflict):
            require_kept(owner, after, keepers=1)


def test_zones_and_hosts() -> None:
    assert is_time_zone("Europe/Zurich")
    assert not any(map(is_time_zone, ("", "Mars/Base", "../etc/passwd", "/etc/localtime")))
    assert is_own_host("portal.bluepeak.example", "atrium.localhost")
    assert not is_own_host("x.atrium.localhost", "atrium.localhost")
