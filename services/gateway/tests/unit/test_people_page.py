"""Who is in the list of people, and in what they may take part."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from atrium_gateway.pages.composing.people import member, people_filter, people_page, staff_of
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.others import PeopleFilter, PeoplePage
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
TITLES = {"p1": "Control room migration", "p2": "Hydro site telemetry"}


def row(name: str, role: str = "member", days: float | None = 0, projects: list[str] | None = None) -> dict[str, Any]:
    seen = None if days is None else (NOW - timedelta(days=days)).isoformat()
    email = f"{name.lower()}@bluepeak.example"
    return {
        "person_id": name,
        "name": name,
        "role": role,
        "email": email,
        "projects": projects,
        "last_seen_at": seen,
        "revision": 1,
    }


ROWS = [row("Maya", "owner"), row("Tom", days=31), row("Rita", "reader", None), row("Sam", "reader", 29)]


def page_of(wanted: PeopleFilter, invitations: list[dict[str, Any]] | None = None) -> PeoplePage:
    scene = Scene("Maya", "customer", "owner", "en", NOW, "UTC", lambda _: None, translations("en"))
    return people_page(
        scene,
        ROWS,
        invitations or [],
        theirs=(),
        invite=None,
        remove=lambda person, revision: Form(f"{person}/{revision}", "k"),
        on_invitation=lambda invitation, act: Form(f"{invitation}/{act}", "k"),
        wanted=wanted,
        titles=TITLES,
        token_holders={"Tom"},
    )


def test_whoever_has_an_api_token_signs_in_by_that_too() -> None:
    assert [one.person.name for one in page_of(PeopleFilter()).ours if one.has_token] == ["Tom"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, "Maya Tom Rita Sam"),
        ({"q": " MA "}, "Maya"),
        ({"q": "sam@"}, "Sam"),
        ({"role": "reader"}, "Rita Sam"),
        ({"seen": "never"}, "Rita"),
        ({"seen": "away"}, "Tom Rita"),
        ({"role": "reader", "seen": "away"}, "Rita"),
        ({"role": "none of these"}, ""),
    ],
)
def test_people_are_those_of_the_filter(asked: dict[str, str], names: str) -> None:
    shown = page_of(people_filter(asked))
    assert " ".join(one.person.name for one in shown.ours) == names
    assert (shown.total, shown.filter.narrows) == (4, bool(asked))


def test_nobody_removes_themselves() -> None:
    assert [one.remove.action if one.remove else "" for one in page_of(PeopleFilter()).ours][:2] == ["", "Tom/1"]


@pytest.mark.parametrize(
    ("projects", "words"),
    [
        (None, ""),
        (["p1"], "Control room migration"),
        (["p2", "p1"], "Hydro site telemetry, Control room migration"),
        (["unknown"], "1"),
        ([], "0"),
    ],
)
def test_projects_are_named_where_they_are_known(projects: list[str] | None, words: str) -> None:
    assert member(row("Tom", projects=projects), "customer", TITLES).projects == words


def test_of_staff_only_those_who_may_be_in_a_project_of_the_customer_are_named() -> None:
    staff = [row("Nora"), row("Jan", projects=["p2"]), row("Ole", projects=["elsewhere"]), row("Ida", projects=[])]
    assert [one.person.name for one in staff_of(staff, TITLES, TITLES)] == ["Nora", "Jan"]


def test_an_invitation_can_be_sent_again_before_and_after_its_end() -> None:
    def invited(days: int) -> dict[str, Any]:
        ends = (NOW + timedelta(days=days)).isoformat()
        return {"id": f"in {days}", "email": "a@b.example", "role": "member", "invited_by": None, "expires_at": ends}

    shown = page_of(PeopleFilter(), [invited(2), invited(-1)]).invitations
    assert [one.ended for one in shown] == [False, True]
    assert [one.again.action for one in shown if one.again] == ["in 2/again", "in -1/again"]
