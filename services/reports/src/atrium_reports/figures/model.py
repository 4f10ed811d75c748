"""Figures: pure functions over the facts that were known at a moment. The order of the facts does not matter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal

from atrium_reports.facts.model import Fact, known_at
from atrium_reports.figures.waiting import SIDES, mean_by_month

OPEN_TURNS = ("customer", "provider", "third_party")
#: A line looks back so many days; more could not be told apart on a page.
DAYS = 180
APPROVALS = 10

Row = dict[str, Any]


@dataclass(frozen=True)
class Series:
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Figure:
    """One number, chart or list. `labels` name what the values of each series belong to."""

    key: str
    kind: Literal["number", "bars", "series", "list"]
    value: float | None = None
    of: int | None = None
    unit: str | None = None
    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    rows: tuple[Row, ...] = ()


def _held(facts: Sequence[Fact], kind: str, moment: datetime) -> list[Fact]:
    held = (fact for fact in facts if fact.kind == kind and fact.holds_at(moment))
    return sorted(held, key=lambda fact: fact.subject)


def _is_counted(fact: Fact) -> bool:
    """Shared with the customer, and not a phase, which only holds others."""
    return fact.kind == "item" and fact.data.get("form") == "shared" and fact.data.get("kind") != "phase"


def shown_items(facts: Sequence[Fact], moment: datetime) -> list[Fact]:
    """Items shared with the customer at a moment."""
    return [fact for fact in _held(facts, "item", moment) if _is_counted(fact)]


def _item_id(fact: Fact) -> str:
    return fact.subject.rpartition("/")[2]


def _by_due(row: Row) -> tuple[str, str]:
    return (row["due"] or "9999", row["item_id"])


def milestones(facts: Sequence[Fact], moment: datetime) -> Figure:
    """How many milestones are reached, of how many."""
    rows = [
        {
            "item_id": _item_id(fact),
            "title": fact.data["title"],
            "due": fact.data["due"],
            "reached": bool(fact.data["done"]),
        }
        for fact in shown_items(facts, moment)
        if fact.data["kind"] == "milestone"
    ]
    reached = sum(row["reached"] for row in rows)
    return Figure("milestones", "number", value=reached, of=len(rows), rows=tuple(sorted(rows, key=_by_due)))


def open_by_turn(facts: Sequence[Fact], moment: datetime) -> Figure:
    """Open items by whose turn it is."""
    turns = [fact.data["turn"] for fact in shown_items(facts, moment) if not fact.data["done"]]
    values = tuple(turns.count(turn) for turn in OPEN_TURNS)
    return Figure("open_by_turn", "bars", labels=OPEN_TURNS, series=(Series("open", values),))


def waiting_time(facts: Sequence[Fact], moment: datetime) -> Figure:
    """Working days that an item or request waited on each side in a month, the mean of those that did."""
    months, means = mean_by_month(facts, moment)
    series = tuple(Series(side, tuple(means[side])) for side in SIDES)
    return Figure("waiting_time", "bars", unit="working_days", labels=tuple(months), series=series)


def open_decisions(facts: Sequence[Fact], moment: datetime) -> Figure:
    """Open decisions of the plan, and whatever else the customer is asked to act on."""
    rows = [
        {"item_id": _item_id(fact), **{name: fact.data[name] for name in ("title", "verb", "due", "turn")}}
        for fact in shown_items(facts, moment)
        if not fact.data["done"]
        and (fact.data["kind"] == "decision" or (fact.data["turn"] == "customer" and fact.data["verb"]))
    ]
    return Figure("open_decisions", "list", value=len(rows), rows=tuple(sorted(rows, key=_by_due)))


def recent_approvals(facts: Sequence[Fact], moment: datetime) -> Figure:
    """The latest decisions with the versions they were made on; a superseded one says so."""
    titles = {_item_id(fact): fact.data["title"] for fact in shown_items(facts, moment)}
    rows = [
        {
            "item_id": fact.data["item_id"],
            "title": titles[fact.data["item_id"]],
            **{name: fact.data[name] for name in ("decision", "decided_at", "person_id", "superseded", "versions")},
        }
        for fact in _held(facts, "approval", moment)
        if "decision" in fact.data and fact.data["item_id"] in titles
    ]
    rows.sort(key=lambda row: (datetime.fromisoformat(row["decided_at"]), row["item_id"]), reverse=True)
    return Figure("recent_approvals", "list", value=len(rows), rows=tuple(rows[:APPROVALS]))


def progress(facts: Sequence[Fact], moment: datetime) -> Figure:
    """At the end of each day: how many items were done, and how many there were."""
    done: dict[date, int] = {}
    total: dict[date, int] = {}
    for fact in facts:
        if not _is_counted(fact):
            continue
        for at, step in ((fact.valid_from, 1), (fact.valid_to, -1)):
            if at is not None:
                day = at.astimezone(moment.tzinfo).date()
                total[day] = total.get(day, 0) + step
                done[day] = done.get(day, 0) + (step if fact.data["done"] else 0)
    days = _days(min(total, default=moment.date()), moment.date())
    series = (Series("done", _sums(done, days)), Series("total", _sums(total, days)))
    return Figure(
        "progress",
        "series",
        value=series[0].values[-1],
        of=int(series[1].values[-1]),
        labels=tuple(day.isoformat() for day in days),
        series=series,
    )


def _days(first: date, last: date) -> list[date]:
    first = max(first, last - timedelta(days=DAYS - 1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _sums(steps: dict[date, int], days: list[date]) -> tuple[float, ...]:
    """Running sums, with what happened before the first day in them."""
    sums = [sum(step for day, step in steps.items() if day <= days[0])]
    for day in days[1:]:
        sums.append(sums[-1] + steps.get(day, 0))
    return tuple(sums)


def requests(facts: Sequence[Fact], moment: datetime) -> Figure:
    """Requests that are open, and those answered."""
    turns = [fact.data["turn"] for fact in _held(facts, "request", moment)]
    answered = turns.count("nobody")
    values = (len(turns) - answered, answered)
    series = (Series("requests", values),)
    return Figure("requests", "number", value=values[0], of=len(turns), labels=("open", "answered"), series=series)


FIGURES: dict[str, Callable[[Sequence[Fact], datetime], Figure]] = {
    "milestones": milestones,
    "open_decisions": open_decisions,
    "requests": requests,
    "progress": progress,
    "waiting_time": waiting_time,
    "open_by_turn": open_by_turn,
    "recent_approvals": recent_approvals,
}


def compute(facts: Sequence[Fact], moment: datetime, keys: Sequence[str], zone: tzinfo = UTC) -> list[Figure]:
    """Figures as of a moment; whatever was learnt later is left out before any is computed. Days are the zone's."""
    moment = moment.astimezone(zone)
    known = known_at(facts, moment)
    return [FIGURES[key](known, moment) for key in keys]
