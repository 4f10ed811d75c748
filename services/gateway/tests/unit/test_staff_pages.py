"""What the workspace shows, composed from the services' answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from atrium_chassis.problems import FieldError, Invalid
from atrium_gateway.notifications.reminders import Reminder
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.staff_audit import changes, page_of, told
from atrium_gateway.pages.composing.staff_customers import by_oldest, chosen, customer_row, leads_of, seen_last
from atrium_gateway.pages.composing.staff_home import awaited, need, pressing, staff_home
from atrium_gateway.pages.composing.staff_item import beside_theirs, change_of, shared_thread, typed_values
from atrium_gateway.pages.composing.staff_plan import checks, gains, in_order, staff_rows
from atrium_gateway.pages.composing.staff_project import settings_change, settings_page, typed_settings
from atrium_gateway.pages.composing.staff_studio import (
    definition_of,
    states_of,
    transitions_of,
    workflow_errors,
)
from atrium_gateway.pages.composing.staff_timeline import timeline
from atrium_gateway.pages.desk import Desk
from atrium_gateway.pages.presenting.planning import PlanFilter
from atrium_gateway.pages.presenting.shapes import Clock, Form, Health, Person
from atrium_gateway.pages.presenting.staff import (
    NEVER,
    CustomerRef,
    CustomerRow,
    CustomersFilter,
    Seen,
    TurnShare,
    Whose,
)
from atrium_gateway.pages.presenting.staff_project import ProjectHead
from atrium_gateway.pages.presenting.thread import Thread
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MAYA = Person("00000000-0000-4000-8000-000000000001", "Maya Singh", "customer")
NORA = Person("00000000-0000-4000-8000-000000000002", "Nora Lind", "provider")
BLUEPEAK = CustomerRef("bluepeak", "Bluepeak Energy", "/customers/b")
PEOPLE = {person.id: person for person in (MAYA, NORA)}


@pytest.fixture
def scene() -> Scene:
    return Scene(
        reader=NORA.id,
        side="provider",
        role="admin",
        language="en",
        now=NOW,
        time_zone="UTC",
        person=lambda one: PEOPLE.get(str(one)),
        words=translations("en"),
    )


def row(identifier: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "customer_id": "b",
        "project_id": "p",
        "parent_id": None,
        "kind": "task",
        "title": f"Title {identifier}",
        "customer_title": None,
        "turn": "provider",
        "visibility": "internal",
        "form": "shared",
        "revision": 1,
        "due": None,
        **changed,
    }


def test_the_longest_wait_against_its_agreement_comes_first(scene: Scene) -> None:
    calm = row("calm", kind="item", turn_since="2026-11-20T09:00:00+00:00", agreed_days=5)
    late = row("late", kind="item", turn_since="2026-11-16T09:00:00+00:00", agreed_days=2)
    free = row("free", kind="item", turn_since="2026-11-02T09:00:00+00:00", agreed_days=None, due="2026-11-21")
    view = staff_home(
        scene,
        [free, calm, late],
        [free, calm, late],
        [],
        [("b", BLUEPEAK)],
        lambda _: BLUEPEAK,
        talks=[],
        feed=[],
        missing=(),
    )
    assert [one.title for one in view.needs] == ["Title late", "Title calm", "Title free"]
    assert view.sums.late == 1
    assert view.shares[0].ours == 3


@pytest.mark.parametrize(
    ("whose", "needs", "waiting"),
    [
        ("", {"mine", "asked", "jans", "nobodys"}, {"asked for", "answered for", "theirs"}),
        ("mine", {"mine", "asked"}, {"asked for", "answered for"}),
        ("nobody", {"nobodys"}, set()),
    ],
)
def test_the_home_is_everyones_ones_own_or_what_nobody_has(
    scene: Scene, whose: Whose, needs: set[str], waiting: set[str]
) -> None:
    ours = [
        row("1", title="mine", owner_id=NORA.id),
        row("2", title="asked", asked_ids=[NORA.id]),
        row("3", title="jans", owner_id="jan", asked_by=NORA.id),
        row("4", title="nobodys", owner_id=None, asked_ids=[]),
    ]
    theirs = [
        row("5", title="asked for", turn="customer", asked_by=NORA.id, asked_ids=[MAYA.id]),
        row("6", title="answered for", turn="third_party", owner_id=NORA.id),
        row("7", title="theirs", turn="customer", owner_id=MAYA.id, asked_ids=[MAYA.id]),
    ]
    view = staff_home(
        scene, ours, ours, theirs, [("b", BLUEPEAK)], lambda _: BLUEPEAK, talks=[], feed=[], missing=(), whose=whose
    )
    assert {one.title for one in view.needs} == needs
    assert {one.title for one in view.waiting} == waiting
    assert view.sums.needs == {"": 4, "mine": 2, "nobody": 1}
    assert (view.sums.waiting, view.shares[0].total) == (3, 7)


@pytest.mark.parametrize(
    ("hours", "waits", "shown"),
    [
        (None, False, ("remind", "")),
        (0, True, ("undo", "reminded")),
        (1, False, ("", "reminded")),
        (30, False, ("remind", "reminded")),
        (200, False, ("remind", "")),
    ],
)
def test_one_is_reminded_once_a_day_and_told_of_this_waiting_only(
    scene: Scene, hours: int | None, waits: bool, shown: tuple[str, str]
) -> None:
    since = (NOW - timedelta(days=3)).isoformat()
    asked = row("1", turn="customer", asked_ids=[MAYA.id], visibility="shared", turn_since=since)
    known = {} if hours is None else {("b", MAYA.id): Reminder(NOW - timedelta(hours=hours), waits)}
    line = awaited(scene, asked, lambda _: BLUEPEAK, known)
    act = "undo" if line.undo else "remind" if line.remind else ""
    assert (act, "reminded" if line.reminded_at else "") == shown


@pytest.mark.parametrize("changed", [{"turn": "third_party"}, {"visibility": "internal"}, {"asked_ids": [NORA.id]}])
def test_nobody_is_reminded_of_what_is_not_theirs(scene: Scene, changed: dict[str, Any]) -> None:
    asked = row("1", turn="customer", asked_ids=[MAYA.id], visibility="shared", turn_since=None) | changed
    assert awaited(scene, asked, lambda _: BLUEPEAK, {}).remind is None


def test_what_is_planned_for_later_does_not_press() -> None:
    rows = [
        row("far", due="2999-01-01"),
        row("asked", verb="review"),
        row("late", due="2020-01-01"),
        row("some", due=None),
    ]
    desk = Desk(home={"your_turn": {"mine": [{**one, "kind": "item"} for one in rows], "colleagues": []}})
    assert [one["id"] for one in desk.pressing] == ["asked", "late"]
    assert desk.counts == {"home": 2, "requests": 0}


def test_a_need_leads_to_what_it_is(scene: Scene) -> None:
    request = need(scene, row("r", kind="request", verb="answer"), lambda _: BLUEPEAK)
    assert request.url == "/requests/r"
    assert request.context == "Request"
    assert pressing(request)[0] == 0


def test_a_customer_is_as_well_as_its_worst_project(scene: Scene) -> None:
    steps = {"reached": 0, "all": 1, "next": {"title": "Go live", "due": "2026-12-01"}}
    projects = [
        {"status": "on_track", "status_text": "", "lead_id": NORA.id, "milestones": {**steps, "next": None}},
        {"status": "needs_attention", "status_text": "Firmware is late", "milestones": steps},
    ]
    found = customer_row(scene, BLUEPEAK, "bluepeak.example", projects, [], [])
    assert found.health.key == "attention"
    assert (found.reason, found.next_title, found.lead) == ("Firmware is late", "Go live", NORA)
    assert by_oldest(found)[0] == 0


def customer(name: str, health: str = "on_track", waited: float = 0.0, **more: Any) -> CustomerRow:
    ref = CustomerRef(name.lower(), name)
    return CustomerRow(ref, f"{name}.example", Health(health), share=TurnShare(ref, oldest=Clock(waited)), **more)


CUSTOMERS = (
    customer("Bluepeak", "attention", 3, next_due=date(2026, 12, 4), lead=NORA, seen=Seen(NOW - timedelta(days=2))),
    customer("Altora", waited=9, seen=Seen(NOW)),
    customer("Cerulean", lead=NORA, next_due=date(2026, 12, 1)),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (CustomersFilter(), "Altora Bluepeak Cerulean"),
        (CustomersFilter(sort="name"), "Altora Bluepeak Cerulean"),
        (CustomersFilter(sort="milestone"), "Cerulean Bluepeak Altora"),
        (CustomersFilter(sort="seen"), "Altora Bluepeak Cerulean"),
        (CustomersFilter(sort="none of these"), "Altora Bluepeak Cerulean"),
        (CustomersFilter(q="PEAK"), "Bluepeak"),
        (CustomersFilter(q="lean.example"), "Cerulean"),
        (CustomersFilter(health="on_track"), "Altora Cerulean"),
        (CustomersFilter(lead=NORA.id), "Bluepeak Cerulean"),
        (CustomersFilter(lead=NORA.id, health="on_track"), "Cerulean"),
        (CustomersFilter(lead="nobody"), ""),
    ],
)
def test_customers_are_those_of_the_filter_in_its_order(wanted: CustomersFilter, names: str) -> None:
    assert " ".join(one.ref.name for one in chosen(CUSTOMERS, wanted)) == names


def test_a_filter_offers_those_who_lead() -> None:
    assert leads_of(CUSTOMERS) == ((NORA.id, NORA.name),)


def test_who_was_seen_last_did_something_or_was_here_on_a_later_visit(scene: Scene) -> None:
    act = SimpleNamespace(at=NOW, action="version_ready", after={"name": "Plan.pdf"}, actor_id=MAYA.id)

    def here(later: timedelta) -> Any:
        return SimpleNamespace(last_seen_at=NOW + later, person_id=MAYA.id)

    uploaded = Seen(NOW, "uploaded a version: Plan.pdf", MAYA)
    assert seen_last(scene, act, None) == uploaded
    assert seen_last(scene, act, here(timedelta(minutes=50))) == uploaded
    assert seen_last(scene, act, here(timedelta(hours=2))).words == "was here"
    assert seen_last(scene, None, here(timedelta())) == Seen(NOW, "was here", MAYA)
    assert seen_last(scene, None, None) == NEVER


def test_the_plan_is_a_tree(scene: Scene) -> None:
    rows = [row("phase", kind="phase"), row("free"), row("in", parent_id="phase", turn="nobody")]
    assert [(one["id"], depth) for one, depth in in_order(rows)] == [("phase", 0), ("in", 1), ("free", 0)]
    shown = staff_rows(scene, rows, [{"subject": "projects/p/items/in", "message_count": 3}])
    assert (shown[0].done_count, shown[0].child_count) == (1, 1)
    assert shown[1].messages == 3


def test_a_row_goes_one_level_up_to_right_below_what_held_it(scene: Scene) -> None:
    rows = [row("phase", kind="phase"), row("task", parent_id="phase"), row("step", parent_id="task"), row("next")]
    shown = {one.id: one.out for one in staff_rows(scene, rows, [])}
    assert shown == {"phase": None, "task": ("", "next"), "step": ("phase", ""), "next": None}


def test_rows_stand_on_the_line_of_time_where_they_are_due(scene: Scene) -> None:
    rows = [
        row("phase", kind="phase", title="Build", due="2026-12-01"),
        row("in", parent_id="phase", due="2026-11-21"),
        row("live", kind="milestone", due="2027-01-10"),
        row("undated", due=None),
    ]
    plan = {"project": {"starts_on": "2026-10-02"}, "items": rows}
    found = timeline(scene, plan, staff_rows(scene, rows, []))
    assert {name: (mark.start, mark.place) for name, mark in found.marks.items()} == {
        "phase": (0.5, 0.6), "in": (None, 0.5), "live": (None, 1.0),
    }  # fmt: skip
    assert [(one.title, one.state, one.place) for one in found.milestones] == [("Title live", "next", 1.0)]
    assert [(one.title, one.end) for one in found.stretches] == [("Build", 0.6)]
    assert [one.name for one in found.months] == ["Nov", "Dec", "Jan"]


def test_months_leave_room_for_their_names(scene: Scene) -> None:
    rows = [row("late", due="2028-10-31")]
    plan = {"project": {"starts_on": "2026-11-01"}, "items": rows}
    found = timeline(scene, plan, staff_rows(scene, rows, []))
    assert [one.name for one in found.months] == ["Nov", "Mar", "Jul", "Nov", "Mar", "Jul"]


def test_an_internal_name_blocks_a_publication(scene: Scene) -> None:
    visible = [row("a", title="Ask Helvetia first")]
    found = checks(scene, visible, [row("a", customer_title="Ask Helvetia first")], ["Helvetia"])
    assert [one.state for one in found] == ["block", "ok"]
    fine = checks(scene, visible, [row("a", customer_date="2026-12-02", due="2026-12-01")], ["Aurora"])
    assert [one.state for one in fine] == ["ok", "warn", "warn"]


def test_people_see_what_they_are_asked(scene: Scene) -> None:
    asked = row("a", turn="customer", asked_ids=[MAYA.id], verb="confirm")
    assert [one.words for one in gains(scene, [asked], [MAYA.id], [], None)] == ["is asked to act: Confirm"]
    assert gains(scene, [], [MAYA.id], [], None)[0].words == "nothing to do"


def test_a_mail_goes_to_who_is_newly_asked_by_name(scene: Scene) -> None:
    named, free = row("a", turn="customer", asked_ids=[MAYA.id], verb="confirm"), row("b", turn="customer", verb="sync")
    assert [one.notice for one in gains(scene, [named], [MAYA.id], [], None)] == ["e-mail in a minute"]
    assert [one.notice for one in gains(scene, [named], [MAYA.id], ["a"], None)] == [""]
    unnamed = gains(scene, [free], [MAYA.id], [], None)[0]
    assert (unnamed.words, unnamed.notice) == ("is asked to act: Sync", "")


def test_nothing_is_begun_with_a_customer_who_cannot_see_the_item() -> None:
    new, begun = Thread("", "", "shared", ()), Thread("t", "", "shared", ())
    assert shared_thread(row("a"), {"shared": new}) is None
    assert shared_thread(row("a"), {"shared": begun}) is begun
    assert shared_thread(row("a", visibility="shared"), {"shared": new}) is new


def test_emptied_fields_are_none() -> None:
    typed = {"title": "New", "due": "", "customer_until": "", "owner": "", "customer_note": "", "unknown": "x"}
    emptied = {"due": None, "customer_until": None, "owner_id": None, "customer_note": ""}
    assert change_of(typed) == {"title": "New", **emptied}


def test_a_form_that_came_late_shows_what_is_there_now(scene: Scene) -> None:
    item = row("a", title="Theirs", due="2026-11-24", revision=4)
    typed = Form("/items/a", "key", 3, {**typed_values(item), "title": "Mine", "due": "2026-11-27"})
    acts = [
        {"actor_id": MAYA.id, "at": "2026-11-19T09:40:00+00:00"},
        {"actor_id": None, "at": "2026-11-01T08:00:00+00:00"},
    ]
    again, late = beside_theirs(scene, typed, item, acts)
    assert (again.revision, again.value("title")) == (4, "Mine")
    assert late is not None
    assert [(one.before, one.after) for one in late.lines] == [
        ("Mine", "Theirs"),
        ("27 November 2026", "24 November 2026"),
    ]
    assert late.by == MAYA
    assert beside_theirs(scene, replace(typed, revision=4), item, acts)[1] is None


DEFINITION = {
    "states": [
        {"key": "open", "name": {"en": "Open"}, "turn": "provider", "verb": None, "agreed_days": 3},
        {"key": "done", "name": {"en": "Done", "de": "Erledigt"}, "turn": "nobody", "verb": None, "agreed_days": None},
    ],
    "transitions": [
        {
            "key": "finish",
            "name": {"en": "Finish"},
            "from": "open",
            "to": "done",
            "sides": ["provider"],
            "roles": ["admin"],
            "requires": ["comment"],
            "decision": None,
        }
    ],
}


def test_a_workflow_survives_its_form() -> None:
    lists: dict[str, list[str]] = {}
    for state in states_of(DEFINITION):
        names = ("key", "en", "de", "turn", "verb", "days")
        values = (state.key, state.label_en, state.label_de, state.turn, state.verb, state.days)
        for name, value in zip(names, values, strict=True):
            lists.setdefault(f"state_{name}", []).append(value)
    for step in transitions_of(DEFINITION):
        names = ("key", "en", "de", "from", "to", "sides", "roles", "needs", "decision")
        given = (step.key, step.label_en, step.label_de, step.source, step.target)
        for name, value in zip(names, (*given, step.sides, step.roles, step.needs, step.decision), strict=True):
            lists.setdefault(f"transition_{name}", []).extend([value, ""])
    assert definition_of(lists) == DEFINITION


def test_a_workflow_that_cannot_work_names_the_row(scene: Scene) -> None:
    problem = Invalid([FieldError("/definition/transitions/2/to", "wrong_workflow", "")])
    assert workflow_errors(scene, problem)[0].text == "Transitions, row 3: there is no such state to lead to"
    nobody = Invalid([FieldError("/definition/states", "wrong_workflow", "")])
    assert "nobody’s turn" in workflow_errors(scene, nobody)[0].text


def test_the_trail_in_words(scene: Scene) -> None:
    assert told(scene, "version_ready", {"name": "Plan.pdf"}) == "uploaded a version: Plan.pdf"
    assert told(scene, "new_act", None) == "new act"
    assert page_of("projects/p/items/i") == "/items/i"
    assert page_of("sessions/s") == ""
    assert changes({"role": "member", "same": 1}, {"role": "owner", "same": 1}) == (("role", "member", "owner"),)


def test_a_filter_keeps_rows_with_the_phases_they_are_in(scene: Scene) -> None:
    rows = [
        row("design", kind="phase"),
        row("ours", parent_id="design", owner_id=NORA.id),
        row("theirs", parent_id="design", turn="customer", asked_ids=[MAYA.id], visibility="shared"),
        row("test", kind="phase"),
        row("later", parent_id="test"),
    ]
    shown = staff_rows(scene, rows, [])

    def left(**by: str) -> list[str]:
        return [one.id for one in PlanFilter(**by).of(shown)]

    assert left() == ["design", "ours", "theirs", "test", "later"]
    assert left(turn="customer") == ["design", "theirs"]
    assert left(owner=NORA.id) == ["design", "ours"]
    assert left(visibility="internal", turn="provider") == ["design", "ours", "test", "later"]
    assert left(visibility="placeholder") == []


SETTINGS = {
    "title": "Control room migration",
    "goal": "All twelve stations",
    "status": "on_track",
    "status_text": "",
    "starts_on": "2026-08-03",
    "ends_on": None,
    "lead_id": NORA.id,
    "contacts": [{"person_id": NORA.id, "part": "Lead"}],
    "next_touchpoint": {"at": "2026-11-24T08:00:00+00:00", "title": "Status call", "minutes": 30},
    "revision": 4,
}


def test_settings_saved_as_they_were_read_change_nothing(scene: Scene) -> None:
    zurich = replace(scene, time_zone="Europe/Zurich")
    typed = typed_settings(zurich, SETTINGS)
    assert typed["touch_at"] == "2026-11-24T09:00"
    saved = settings_change(zurich, typed, [NORA.id])
    touch = saved.pop("next_touchpoint")
    assert (datetime.fromisoformat(touch["at"]), touch["minutes"]) == (datetime(2026, 11, 24, 8, tzinfo=UTC), "30")
    assert saved == {name: SETTINGS[name] for name in saved}


def test_an_emptied_call_day_or_lead_is_none_and_who_is_not_ticked_is_no_contact(scene: Scene) -> None:
    typed = {**typed_settings(scene, SETTINGS), "touch_at": "", "starts_on": "", "lead": ""}
    saved = settings_change(scene, typed, [])
    assert [saved[name] for name in ("next_touchpoint", "starts_on", "lead_id", "contacts")] == [None, None, None, []]


def test_settings_that_someone_was_faster_with_stand_beside_what_was_typed(scene: Scene) -> None:
    head = ProjectHead("p", "Control room migration", BLUEPEAK, Health("on_track"))
    edit = Form("/projects/p/settings", "k", 3, {**typed_settings(scene, SETTINGS), "status": "at_risk"})
    view = settings_page(scene, SETTINGS, head, edit, [NORA.id], [NORA, MAYA])
    assert view.late is not None
    assert [(one.title, one.before, one.after) for one in view.late.lines] == [("State", "At risk", "On track")]
    assert (view.form.revision, view.contacts) == (4, (NORA,))
    assert settings_page(scene, SETTINGS, head, replace(edit, revision=4), [], []).late is None
