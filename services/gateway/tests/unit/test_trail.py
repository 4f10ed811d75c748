"""What narrows the trail, and who may read it."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from atrium_chassis.viewer import Side, Viewer
from atrium_gateway.audit.model import Needle, TrailFilter, reads_trail
from atrium_gateway.audit.words import act_words, needle_of
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.staff_audit import audit_line, trail_filter, typed_filter
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.translation import translations
from atrium_gateway.people.queries import Named

NORA, MAYA, BLUEPEAK = UUID(int=1), UUID(int=2), UUID(int=3)
PEOPLE = {
    NORA: Named(NORA, "Nora Lind", "NL", "provider", "admin", active=True),
    MAYA: Named(MAYA, "Maya Singh", "MS", "customer", "owner", active=False),
}
CUSTOMERS = {str(BLUEPEAK): CustomerRef("bluepeak", "Bluepeak Energy")}
SCENE = Scene(
    reader=str(NORA),
    side="provider",
    role="admin",
    language="en",
    now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    time_zone="Europe/Zurich",
    person=lambda _: None,
    words=translations("en"),
)


def filter_of(**asked: str) -> TrailFilter:
    return trail_filter(SCENE, typed_filter(SCENE, asked, CUSTOMERS, PEOPLE), None, PEOPLE)


def test_an_address_narrows_by_all_that_it_names() -> None:
    asked = {"customer": str(BLUEPEAK), "person": str(MAYA), "action": "invited", "audience": "internal"}
    assert filter_of(**asked) == TrailFilter(BLUEPEAK, MAYA, "invited", "internal")


@pytest.mark.parametrize("name", ["customer", "person", "action", "audience", "since", "until"])
@pytest.mark.parametrize("value", ["", "none", "private", "0001-01-01", "2026-13-01", str(UUID(int=9))])
def test_what_is_not_here_narrows_nothing(name: str, value: str) -> None:
    assert filter_of(**{name: value}) == TrailFilter()


def test_days_are_the_readers_from_the_first_morning_to_the_last_night() -> None:
    wanted = filter_of(since="2026-11-01", until="2026-11-01")
    assert wanted.since == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert wanted.until == datetime(2026, 11, 1, 23, tzinfo=UTC)


def test_a_search_finds_people_and_acts_by_their_names() -> None:
    assert needle_of(" MAYA ", PEOPLE, SCENE.words) == Needle("MAYA", frozenset({MAYA}))
    assert needle_of("invit", PEOPLE, SCENE.words) == Needle(
        "invit", acts=frozenset({"invited", "invitation_withdrawn"})
    )
    assert needle_of("lud ein", PEOPLE, translations("de")) is not None
    assert needle_of(" \0 ", PEOPLE, SCENE.words) is None


def test_a_customers_owner_is_not_asked_for_whom_an_entry_is() -> None:
    owner = replace(SCENE, side="customer")
    assert typed_filter(owner, {"audience": "internal"}, {}, PEOPLE)["audience"] == ""


def test_the_export_is_asked_for_by_the_same_filter() -> None:
    wanted = filter_of(customer=str(BLUEPEAK), q="Maya", since="2026-11-01")
    assert wanted.address == {"customer": str(BLUEPEAK), "since": "2026-11-01T00:00:00+01:00", "q": "Maya"}
    assert TrailFilter().address == {}


@pytest.mark.parametrize(
    ("viewer", "reads"),
    [
        (Viewer(Side.PROVIDER, role="member"), True),
        (Viewer(Side.PROVIDER, role="manager", projects=frozenset({BLUEPEAK})), False),
        (Viewer(Side.CUSTOMER, role="owner"), True),
        (Viewer(Side.CUSTOMER, role="owner", projects=frozenset({BLUEPEAK})), False),
        (Viewer(Side.CUSTOMER, role="member"), False),
        (Viewer(Side.CUSTOMER, role="reader"), False),
        (Viewer(Side.LINK), False),
    ],
)
def test_who_reads_the_trail(viewer: Viewer, reads: bool) -> None:
    assert reads_trail(viewer) is reads


@pytest.mark.parametrize(
    ("side", "subject", "url"),
    [
        ("provider", "projects/p/items/i/approvals/a", "/items/i"),
        ("customer", "files/f/versions/2", "/files/f"),
        ("provider", "customers/c/brand", "/customers/c"),
        ("customer", "customers/c/brand", ""),
        ("provider", "sessions/s", ""),
    ],
)
def test_an_entry_leads_to_the_page_of_its_thing(side: str, subject: str, url: str) -> None:
    row = SimpleNamespace(
        at=SCENE.now,
        actor_id=NORA,
        customer_id=BLUEPEAK,
        action="invited",
        subject=subject,
        audience="shared",
        before=None,
        after=None,
        network="",
        trace_id="",
        imported=False,
    )
    assert audit_line(replace(SCENE, side=side), row, CUSTOMERS).url == url


def test_every_act_has_words_in_both_languages() -> None:
    english, german = act_words(translations("en")), act_words(translations("de"))
    assert all(german[act] != words for act, words in english.items())
