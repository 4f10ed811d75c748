"""Figures of made-up facts: by hand, and whatever hypothesis thinks of."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from atrium_reports.facts.model import Fact, known_at
from atrium_reports.figures.model import FIGURES, Figure, compute
from atrium_reports.figures.shapes import FigureKey
from atrium_reports.figures.waiting import stretches, working_days
from hypothesis import given
from hypothesis import strategies as st

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def item_data(**more: Any) -> dict[str, Any]:
    plain = {
        "form": "shared",
        "kind": "task",
        "title": "Cut-over",
        "state": "open",
        "turn": "provider",
        "verb": None,
        "turn_since": None,
        "due": None,
        "done": False,
    }
    return {**plain, **more}


def item(name: str, begin: datetime, end: datetime | None = None, **more: Any) -> Fact:
    return Fact(f"projects/p/items/{name}", "item", begin, end, item_data(**more))


def figure(key: str, facts: list[Fact], moment: datetime) -> Figure:
    return compute(facts, moment, [key])[0]


def test_every_figure_can_be_asked_for() -> None:
    assert set(get_args(FigureKey)) == set(FIGURES)


def test_milestones_reached_of_all_shared_ones() -> None:
    facts = [
        item("a", MONDAY, kind="milestone", done=True, turn="nobody", title="Go-live"),
        item("b", MONDAY, kind="milestone", due="2026-12-01"),
        item("c", MONDAY, kind="task", done=True, turn="nobody"),
        Fact("projects/p/items/d", "item", MONDAY, None, item_data(form="placeholder", kind=None)),
    ]
    found = figure("milestones", facts, MONDAY)
    assert (found.value, found.of) == (1, 2)
    assert [row["reached"] for row in found.rows] == [False, True]


def test_open_items_by_turn() -> None:
    facts = [
        item("a", MONDAY, turn="customer"),
        item("b", MONDAY, turn="customer"),
        item("c", MONDAY, turn="third_party"),
        item("d", MONDAY, turn="nobody", done=True),
        item("e", MONDAY, kind="phase"),
    ]
    assert figure("open_by_turn", facts, MONDAY).series[0].values == (2, 0, 1)


def test_open_decisions_are_those_of_the_plan_and_what_the_customer_is_asked() -> None:
    facts = [
        item("a", MONDAY, turn="customer", verb="sign_off", title="Labels", due="2026-11-20"),
        item("b", MONDAY, turn="provider", kind="decision", title="Roles", due="2026-11-10"),
        item("c", MONDAY, turn="provider", verb="review", title="Ours to do"),
        item("d", MONDAY, turn="nobody", kind="decision", done=True, title="Decided"),
    ]
    assert [row["title"] for row in figure("open_decisions", facts, MONDAY).rows] == ["Roles", "Labels"]


def test_progress_grows_by_the_day_and_falls_when_something_is_opened_again() -> None:
    facts = [
        item("a", MONDAY, MONDAY + DAY),
        item("a", MONDAY + DAY, MONDAY + 3 * DAY, done=True, turn="nobody"),
        item("a", MONDAY + 3 * DAY),
        item("b", MONDAY + DAY),
    ]
    found = figure("progress", facts, MONDAY + 3 * DAY)
    done, total = found.series
    assert found.labels == ("2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05")
    assert (done.values, total.values) == ((0, 1, 1, 0), (1, 2, 2, 2))


def test_a_weekend_is_no_waiting() -> None:
    friday_noon = MONDAY + timedelta(days=4, hours=12)
    assert working_days(friday_noon, friday_noon + 3 * DAY, UTC) == 1.0


@pytest.mark.parametrize(
    ("zone", "begin", "end", "days"),
    [
        # Friday 22:30 to Monday 00:30 in London is already Saturday 07:30 to Monday 09:30 in Tokyo.
        ("Europe/London", "2026-11-06T22:30:00Z", "2026-11-09T00:30:00Z", 2 / 24),
        ("Asia/Tokyo", "2026-11-06T22:30:00Z", "2026-11-09T00:30:00Z", 9.5 / 24),
        # Monday to Monday over both changes of the clock: five days, not five and an hour.
        ("Europe/Zurich", "2026-10-19T10:00:00+02:00", "2026-10-26T10:00:00+01:00", 5),
        ("Europe/Zurich", "2026-03-23T10:00:00+01:00", "2026-03-30T10:00:00+02:00", 5),
        # In Cairo the clock changes on a Friday at midnight: that day is one day too.
        ("Africa/Cairo", "2026-04-23T12:00:00+02:00", "2026-04-26T12:00:00+03:00", 1.5),
    ],
)
def test_working_days_are_those_of_the_customers_own_clock(zone: str, begin: str, end: str, days: float) -> None:
    moments = (datetime.fromisoformat(one) for one in (begin, end))
    assert working_days(*moments, ZoneInfo(zone)) == pytest.approx(days)


def test_a_day_and_a_month_begin_at_the_customers_midnight() -> None:
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    facts = [item("a", late, turn="customer", turn_since=late.isoformat())]
    for zone, day, month in (("UTC", "2026-10-31", "2026-10"), ("Europe/Zurich", "2026-11-01", "2026-11")):
        found = compute(facts, late + timedelta(minutes=10), ["progress", "waiting_time"], ZoneInfo(zone))
        assert [one.labels[-1] for one in found] == [day, month]


def test_waiting_counts_the_turns_of_both_sides_from_when_they_were_given() -> None:
    facts = [
        item("a", MONDAY + DAY, MONDAY + 2 * DAY, turn="customer", turn_since=MONDAY.isoformat()),
        # Only the title changes: the same turn goes on.
        item("a", MONDAY + 2 * DAY, MONDAY + 3 * DAY, turn="customer", turn_since=MONDAY.isoformat(), title="Other"),
        item("a", MONDAY + 3 * DAY, turn="provider", turn_since=(MONDAY + 3 * DAY).isoformat()),
        item("b", MONDAY + 3 * DAY, turn="customer", turn_since=(MONDAY + 3 * DAY).isoformat()),
    ]
    found = figure("waiting_time", facts, MONDAY + 4 * DAY)
    assert found.labels == ("2026-11",)
    # The customer had a for three days and b for one; the provider had a for one.
    assert {series.name: series.values for series in found.series} == {"customer": (2.0,), "provider": (1.0,)}
    assert len(stretches(facts, MONDAY + 4 * DAY)) == 3


def test_an_approval_keeps_its_title_and_says_when_it_is_superseded() -> None:
    data = {
        "item_id": "a",
        "decision": "approved",
        "decided_at": MONDAY.isoformat(),
        "person_id": "anna",
        "versions": [{"number": 2}],
        "superseded": False,
    }
    facts = [
        item("a", MONDAY, title="Labels"),
        Fact("projects/p/items/a/approvals/x", "approval", MONDAY, MONDAY + DAY, data),
        Fact("projects/p/items/a/approvals/x", "approval", MONDAY + DAY, None, {**data, "superseded": True}),
        # Superseded before anything was known of the decision itself.
        Fact("projects/p/items/a/approvals/y", "approval", MONDAY, None, {"item_id": "a", "superseded": True}),
    ]
    [before], [after] = (figure("recent_approvals", facts, moment).rows for moment in (MONDAY, MONDAY + DAY))
    assert (before["title"], before["superseded"], after["superseded"]) == ("Labels", False, True)


def test_requests_open_and_answered() -> None:
    facts = [
        Fact(f"requests/{number}", "request", MONDAY, None, {"turn": turn, "turn_since": None})
        for number, turn in enumerate(["provider", "customer", "nobody"])
    ]
    found = figure("requests", facts, MONDAY)
    assert (found.value, found.of, found.series[0].values) == (2, 3, (2, 1))


MOMENTS = st.integers(0, 60 * 24).map(lambda hours: MONDAY - 20 * DAY + timedelta(hours=hours))
TURNS = st.sampled_from(["customer", "provider", "third_party", "nobody"])


@st.composite
def history(draw: st.DrawFn) -> list[Fact]:
    """Facts of some items and requests, each subject's one after another without a gap."""
    facts = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["item", "request"]))
        begins = sorted(draw(st.lists(MOMENTS, min_size=1, max_size=5)))
        for begin, end in zip(begins, [*begins[1:], None], strict=True):
            turn = draw(TURNS)
            form = draw(st.sampled_from(["shared", "shared", "placeholder"])) if kind == "item" else "shared"
            data = item_data(
                form=form,
                turn=turn if form == "shared" else None,
                done=turn == "nobody" and form == "shared",
                kind=draw(st.sampled_from(["task", "milestone", "decision", "phase"])) if form == "shared" else None,
                turn_since=begin.isoformat() if draw(st.booleans()) else None,
            )
            path = f"projects/p/items/{number}" if kind == "item" else f"requests/{number}"
            facts.append(Fact(path, kind, begin, end, data))
    return facts


def all_figures(facts: list[Fact], moment: datetime) -> list[dict[str, Any]]:
    return [asdict(one) for one in compute(facts, moment, list(FIGURES))]


@given(history(), MOMENTS, st.randoms())
def test_the_order_of_facts_does_not_matter(facts: list[Fact], moment: datetime, chance: Any) -> None:
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert all_figures(shuffled, moment) == all_figures(facts, moment)


@given(history(), MOMENTS)
def test_a_moment_never_sees_what_came_later(facts: list[Fact], moment: datetime) -> None:
    """Facts as they were stored back then: later ones not there, and those that end later still open."""
    then = [
        Fact(
            one.subject,
            one.kind,
            one.valid_from,
            one.valid_to if one.valid_to and one.valid_to <= moment else None,
            one.data,
        )
        for one in facts
        if one.valid_from <= moment
    ]
    assert all_figures(then, moment) == all_figures(facts, moment)


@given(history(), MOMENTS)
def test_no_side_waits_longer_than_time_went_by(facts: list[Fact], moment: datetime) -> None:
    by_subject: dict[str, timedelta] = {}
    known = known_at(facts, moment)
    for one in stretches(known, moment):
        by_subject[one.subject] = by_subject.get(one.subject, timedelta()) + (one.end - one.begin)
    for subject, waited in by_subject.items():
        assert waited <= moment - min(fact.valid_from for fact in known if fact.subject == subject)
