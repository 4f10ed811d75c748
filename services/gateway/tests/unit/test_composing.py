"""From the services' answers to what pages show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from atrium_chassis.problems import Conflict, FieldError, Invalid
from atrium_gateway.pages.composing import catch_up, charts, files, home, items, projects, requests, threads, timeline
from atrium_gateway.pages.composing.problems import field_errors
from atrium_gateway.pages.composing.scene import Scene, working_hours
from atrium_gateway.pages.composing.waits import mean_answer, waits_of
from atrium_gateway.pages.entrance import safe_next
from atrium_gateway.pages.headers import content_policy
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.project import Phase, Placeholder, Stretch
from atrium_gateway.pages.presenting.report import Point
from atrium_gateway.pages.presenting.shapes import Form, Person
from atrium_gateway.pages.translation import translations

MAYA, TOM, NORA = "maya", "tom", "nora"
PEOPLE = {
    MAYA: Person(MAYA, "Maya Singh", "customer", role="owner"),
    TOM: Person(TOM, "Tom Reed", "customer", role="member"),
    NORA: Person(NORA, "Nora Lind", "provider", role="admin"),
}
ZONE = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)  # a Thursday


def scene(role: str = "owner", language: str = "en") -> Scene:
    return Scene(MAYA, "customer", role, language, NOW, "Europe/Zurich", PEOPLE.get, translations(language))


def row(title: str, turn: str = "provider", **more: Any) -> dict[str, Any]:
    return {
        "id": title,
        "form": "shared",
        "project_id": "p",
        "parent_id": None,
        "position": 1,
        "kind": "task",
        "title": title,
        "note": "",
        "turn": turn,
        "verb": None,
        "state": "s",
        "state_name": {"en": "State", "de": "Zustand"},
        "turn_since": "2026-11-18T09:00:00Z",
        "agreed_days": None,
        "asked_ids": [],
        "asked_by": None,
        "owner_id": NORA,
        "file_id": None,
        "third_party": "",
        "due": None,
        "revision": 1,
        **more,
    }


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-11-18T08:00:00Z", "2026-11-18T10:00:00Z", 2.0),
        ("2026-11-18T15:00:00Z", "2026-11-19T09:00:00Z", 2.0),  # over a night
        ("2026-11-20T15:00:00Z", "2026-11-23T09:00:00Z", 2.0),  # over a weekend
        ("2026-11-21T08:00:00Z", "2026-11-22T20:00:00Z", 0.0),
    ],
)
def test_waiting_counts_working_hours_only(since: str, until: str, hours: float) -> None:
    assert working_hours(datetime.fromisoformat(since), datetime.fromisoformat(until), ZONE) == hours


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Europe/Zurich", "2026-11-18T22:59:00Z", "2026-11-18"),
        ("Europe/Zurich", "2026-11-18T23:00:00Z", "2026-11-19"),
        ("Asia/Tokyo", "2026-11-18T15:00:00Z", "2026-11-19"),
        ("America/Los_Angeles", "2026-11-19T07:59:00Z", "2026-11-18"),
        ("Europe/Zurich", "2026-07-18T22:00:00Z", "2026-07-19"),  # two hours ahead in summer
    ],
)
def test_days_begin_at_the_customers_midnight_wherever_the_reader_is(zone: str, now: str, today: str) -> None:
    there = replace(scene(), now=datetime.fromisoformat(now), time_zone="Pacific/Auckland", calendar=zone)
    assert there.today == date.fromisoformat(today)


def test_a_day_of_a_clock_change_has_its_eight_working_hours() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # the clock goes on an hour as Friday 24 April begins
    since, until = (datetime(2026, 4, day, 13, tzinfo=cairo) for day in (23, 24))
    assert working_hours(since, until, cairo) == 8.0


def test_a_verb_that_a_workflow_invented_passes_through_with_its_words() -> None:
    item = {
        **row("Taste the soup", "customer", verb="taste", asked_ids=[MAYA]),
        "transitions": [
            {"key": "spit", "name": {"en": "Spit out"}, "requires": ["comment"], "decision": None},
            {"key": "swallow", "name": {"en": "Swallow"}, "requires": [], "decision": None},
        ],
    }
    offered = items.transitions(scene(), item, revised=False)
    assert [(one.key, one.label, one.primary, one.needs_comment) for one in offered] == [
        ("spit", "Spit out", False, True),
        ("swallow", "Swallow", True, False),
    ]
    mine, colleagues = home.asks(scene(), {"your_turn": {"mine": [{**item, "kind": "item"}], "colleagues": []}})
    assert (mine[0].verb.key, mine[0].url, colleagues) == ("taste", "/items/Taste the soup", ())


def test_the_first_act_shows_the_page_that_is_drawn_of_its_file() -> None:
    waiting = {"mine": [row("Sign", "customer", kind="item", file_id="f")], "colleagues": []}
    about = {"id": "f", "current_version": 3, "first_page": {"width": 595.3, "height": 841.9}}
    (drawn,), _ = home.asks(scene(), {"your_turn": waiting, "files": [about]})
    assert drawn.first_page is not None
    assert (drawn.first_page.picture_url, drawn.first_page.width) == ("/files/f/versions/3/pages/1", 595)
    (undrawn,), _ = home.asks(scene(), {"your_turn": waiting, "files": [{**about, "first_page": None}]})
    assert (undrawn.version, undrawn.first_page) == (3, None)


@pytest.mark.parametrize(
    ("version", "preview", "shown"),
    [
        ({"file_id": "f", "number": 3}, {"pages": [{"number": 1, "width": 10, "height": 20}]}, True),
        ({"file_id": "f", "number": 3}, {"pages": []}, False),
        ({"file_id": "f", "number": 3}, None, False),
        (None, None, False),
    ],
)
def test_an_item_shows_the_first_page_of_the_version_it_is_bound_to(version: Any, preview: Any, shown: bool) -> None:
    found = items.first_page({"version": version}, preview)
    assert (found is not None and found.picture_url == "/files/f/versions/3/pages/1") is shown


def test_a_reader_is_offered_no_step() -> None:
    item = {**row("x", "customer"), "transitions": [{"key": "go", "name": {}, "requires": [], "decision": None}]}
    assert items.decision(scene("reader"), item, None, object(), "").transitions == ()  # type: ignore[arg-type]


def test_a_decision_without_a_version_is_not_offered() -> None:
    item = {"transitions": [{"key": "sign_off", "name": {"en": "Sign off"}, "requires": [], "decision": "approved"}]}
    assert items.transitions(scene(), item, revised=False) == ()


def test_turns_of_both_sides_come_from_the_history() -> None:
    history = [
        {"at": "2026-11-18T08:00:00Z", "changes": {"turn": [None, "provider"]}},
        {"at": "2026-11-18T12:00:00Z", "changes": {"turn": ["provider", "customer"]}},
    ]
    spent = items.waits(scene(), row("x", "customer"), history)
    assert (spent.provider_hours, spent.customer_hours) == (4.0, 5.0)  # 13 to 17 and 9 to 10 in Zurich


def test_a_history_that_begins_without_a_turn_begins_with_the_one_that_was_given_away() -> None:
    history = [
        {"at": "2026-11-18T08:00:00Z", "changes": {}},
        {"at": "2026-11-18T12:00:00Z", "changes": {"turn": ["provider", "customer"]}},
    ]
    assert items.waits(scene(), row("x", "customer"), history).provider_hours == 4.0
    assert items.waits(scene(), row("x", "provider"), history[:1]).provider_hours == 9.0


def test_ones_own_acts_are_told_in_the_second_person() -> None:
    act = {"act": "approved", "actor_id": MAYA, "changes": {}}
    assert items.act_words(scene(), act, {}) == "You signed off"
    assert items.act_words(scene(), {**act, "actor_id": TOM}, {}) == "Tom Reed signed off"
    assert items.act_words(scene(language="de"), act, {}) == "Sie haben freigegeben"


def test_counts_of_the_plan_add_up_with_placeholders_and_without_phases() -> None:
    rows = [
        row("phase", kind="phase"),
        row("a", "customer", parent_id="phase"),
        row("b", "nobody", parent_id="phase"),
        row("deep", "provider", parent_id="a"),
        {
            "id": "h",
            "form": "placeholder",
            "project_id": "p",
            "parent_id": "phase",
            "position": 3,
            "due": "2026-12-04",
            "until": "2026-12-18",
        },
        row("risk", kind="risk"),
    ]
    assert projects.counts(rows) == {"": 4, "customer": 1, "provider": 1, "nobody": 1}
    (phase,) = projects.phases(scene(), rows, "")
    assert [one.title for one in phase.rows] == ["a", "b", "deep"]
    assert phase.placeholders == (Placeholder(date(2026, 12, 4), date(2026, 12, 18)),)
    assert phase.until == date(2026, 12, 18)
    (filtered,) = projects.phases(scene(), rows, "customer")
    assert [one.title for one in filtered.rows] == ["a"]
    assert filtered.placeholders == ()


def test_milestones_stand_on_a_line_of_time() -> None:
    rows = [
        row("later", kind="milestone", due="2026-12-09"),
        row("done", "nobody", kind="milestone", due="2026-11-09"),
        row("next", kind="milestone", due="2026-11-29"),
    ]
    line = timeline.line_of(rows, None, date(2026, 11, 19))
    marks = timeline.milestones(rows, line)
    assert [(one.title, one.state) for one in marks] == [("done", "reached"), ("next", "next"), ("later", "later")]
    assert line.place(date(2026, 11, 19)) == pytest.approx(1 / 3)
    assert [one.place for one in marks] == pytest.approx([0, 2 / 3, 1])


def test_the_line_begins_with_the_project_and_carries_its_phases() -> None:
    today = date(2026, 11, 19)
    rows = [row("done", "nobody", kind="milestone", due="2026-11-09"), row("last", kind="milestone", due="2026-12-09")]
    line = timeline.line_of(rows, date(2026, 10, 30), today)
    held = [Phase("Rollout", until=date(2026, 12, 9)), Phase("Start", until=date(2026, 11, 9)), Phase("Some day")]
    found = timeline.stretches(held, line, today)
    assert [(one.title, one.start, one.end, one.current) for one in found] == [
        ("Start", 0, 0.25, False),
        ("Rollout", 0.25, 1, True),
    ]


@pytest.mark.parametrize(("share", "shown"), [(0.5, "Preparation"), (0.08, "Prepa…"), (0.04, "")])
def test_a_phase_says_as_much_of_its_name_as_has_room(share: float, shown: str) -> None:
    assert Stretch("Preparation", 0, share).words == shown


def test_contacts_have_their_part_and_the_lead_comes_first() -> None:
    project = {"lead_id": NORA, "contacts": [{"person_id": TOM, "part": "Engineering"}]}
    assert [(one.name, one.part) for one in projects.contacts(scene(), project)] == [
        ("Nora Lind", ""),
        ("Tom Reed", "Engineering"),
    ]


def test_each_urgency_says_by_when_an_answer_is_promised() -> None:
    assert [(one.value, one.hint) for one in requests.urgencies(scene())] == [
        ("stopped", "by Fri 20 Nov"),
        ("hinders", "by Mon 23 Nov"),
        ("time", "by Thu 26 Nov"),
    ]


def test_the_time_of_both_sides_comes_from_whose_turn_it_was() -> None:
    turns = [(datetime(2026, 11, 18, 8, tzinfo=UTC), "provider"), (datetime(2026, 11, 18, 12, tzinfo=UTC), "customer")]
    waits = waits_of(scene(), turns)
    assert (waits.provider_hours, waits.customer_hours, waits.third_hours) == (4.0, 5.0, 0.0)


def turns(*since: tuple[int, str]) -> dict[str, Any]:
    return {"turns": [{"turn": turn, "since": f"2026-11-18T{hour:02}:00:00Z"} for hour, turn in since]}


def test_the_mean_answer_is_the_time_until_the_provider_first_gave_the_turn_on() -> None:
    answered = turns((8, "provider"), (10, "customer"), (11, "provider"), (16, "nobody"))
    passed_on, waiting = turns((8, "provider"), (14, "third_party")), turns((8, "provider"))
    theirs = turns((8, "customer"), (9, "provider"), (10, "nobody"))
    assert mean_answer(scene(), [answered, passed_on, waiting, theirs]) == 4.0
    assert mean_answer(scene(), [waiting, theirs, turns()]) is None


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        ("projects/1", "/projects/1"),
        ("projects/1/items/2", "/items/2"),
        ("files/1/versions/3?page=2&x=0.1&y=0.2", "/files/1?version=3"),
        ("requests/9", "/requests/9"),
        ("reports/1/figures/progress", "/reports/1#figure-progress"),
        ("something/else", ""),
    ],
)
def test_every_subject_has_its_page(subject: str, address: str) -> None:
    assert threads.address_of(subject) == address


def test_a_sign_off_stays_beside_its_version() -> None:
    approvals = [
        {"decision": "changes_requested", "versions": [{"file_id": "f", "number": 3}]},
        {"decision": "approved", "versions": [{"file_id": "f", "number": 2}], "superseded_by": 3},
        {"decision": "approved", "versions": [{"file_id": "other", "number": 1}], "superseded_by": None},
    ]
    assert list(files.approvals_by_version("f", approvals)) == [2]


def test_errors_stand_at_their_fields_in_the_readers_language() -> None:
    problem = Invalid(
        [FieldError("/project_id", "missing", "Field required"), FieldError("/title", "string_too_long", "…")]
    )
    found = field_errors(problem, translations("de").gettext, {"project_id": "project"})
    assert [one.field for one in found] == ["project", "title"]
    assert all(one.text and "required" not in one.text for one in found)
    (whole,) = field_errors(Conflict("wrong_state", "detail of the service"), translations("en").gettext, {})
    assert (whole.field, whole.text) == ("", "Somebody was faster: this is decided already.")


def test_a_long_line_is_thinned_and_keeps_its_last_day() -> None:
    points = [Point(date(2026, 1, 1), value) for value in range(180)]
    thin = charts.thinned(points)
    assert len(thin) == charts.POINTS
    assert thin[-1] is points[-1]
    assert charts.thinned([]) == ()


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nb"])
def test_the_sign_in_leads_to_no_other_host(address: str) -> None:
    assert safe_next(address) == "/"


def test_the_policy_names_the_store_and_nothing_unsafe() -> None:
    policy = content_policy("http://store.example")
    assert "connect-src 'self' http://store.example" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def moved(title: str, at: str, **more: Any) -> dict[str, Any]:
    return {**row(title, **more), "kind": "item", "item_kind": "task", "turn_since": at, "project_title": "P"}


def asked_request(title: str, at: str, **more: Any) -> dict[str, Any]:
    own = {"label": "A-1", "raised_by": TOM, "kind": "question", "question": "", "project_title": None}
    return {**row(title), **own, "turn_since": at, **more}


def talk(title: str, at: str, by: str) -> dict[str, Any]:
    last = {"author_id": by, "excerpt": "Yes."}
    shown = {"title": title, "subject_title": title, "audience": "shared", "unread": 1, "last_message": last}
    return {"id": title, "project_id": "p", "last_act_at": at, **shown}


def test_home_counts_what_the_catch_up_tells() -> None:
    """One list: items in any state, requests, files and conversations of others, without what was on screen since."""
    health = {"status": "on_track", "goal": "", "milestones": {"reached": 0, "all": 0, "next": None}}
    answers = {
        "projects": [{"id": "p", "title": "P", "customer_id": "b", **health}],
        "moved": [
            moved("done", "2026-11-18T09:00:00Z", turn="nobody"),
            moved("seen", "2026-11-18T09:00:00Z"),
            moved("before", "2026-11-10T09:00:00Z"),
        ],
        "requests": [
            asked_request("asked", "2026-11-18T10:00:00Z", project_id=None),
            asked_request("raised", "2026-11-18T10:00:00Z", project_id=None, raised_by=MAYA, **turns((10, "provider"))),
        ],
        "threads": [talk("theirs", "2026-11-18T11:00:00Z", NORA), talk("mine", "2026-11-18T12:00:00Z", MAYA)],
    }
    since = datetime(2026, 11, 12, tzinfo=UTC)
    looked = Looked(since, {"items/seen": datetime(2026, 11, 18, 9, 30, tzinfo=UTC)})
    told = catch_up.catch_up_page(scene(), answers, looked=looked, seen=Form("/catch-up", "k"), missing=())
    assert home.home_page(scene(), answers, (), looked).changes == told.changes == 3
    inside, outside = told.projects
    assert [line.title for line in inside.news] == ["theirs", "done"]
    assert [line.title for line in inside.seen] == ["seen"]
    assert (outside.title, [line.title for line in outside.news]) == ("Not in a project", ["asked"])
