"""How long each side has waited, in working days: a whole day from Monday to Friday counts as one.

Days and months are the customer's: a moment that is asked for carries their time zone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from atrium_reports.facts.model import Fact

SIDES = ("customer", "provider")
MONTHS = 6
SATURDAY = 5


@dataclass(frozen=True)
class Stretch:
    """A time in which one side, or nobody, had the turn of a subject."""

    subject: str
    turn: str | None
    begin: datetime
    end: datetime


def stretches(facts: Sequence[Fact], moment: datetime) -> list[Stretch]:
    """The turns of every item and request up to a moment. A turn began when it was given, not when it was published."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in {"item", "request"} and fact.valid_from != fact.valid_to:
            by_subject[fact.subject].append(fact)
    return [one for subject, own in by_subject.items() for one in _of_subject(subject, own, moment)]


def _of_subject(subject: str, facts: list[Fact], moment: datetime) -> Iterator[Stretch]:
    begins: list[tuple[datetime, str | None]] = []
    for fact in sorted(facts, key=lambda fact: fact.valid_from):
        turn, since = fact.data.get("turn"), fact.data.get("turn_since")
        begin = min(datetime.fromisoformat(since), fact.valid_from) if since else fact.valid_from
        if begins:
            begin = max(begin, begins[-1][0])
        if not begins or begins[-1][1] != turn:
            begins.append((begin, turn))
    for (begin, turn), (end, _) in pairwise([*begins, (moment, None)]):
        if begin < end:
            yield Stretch(subject, turn, begin, end)


def working_days(begin: datetime, end: datetime, zone: tzinfo | None) -> float:
    """Working days between two moments, parts of days included.

    Counted by the clock on the wall, so that a day is one day on those of 23 and 25 hours too.
    """
    begin, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (begin, end))
    total = timedelta()
    while begin < end:
        midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        if begin.weekday() < SATURDAY:
            total += min(midnight, end) - begin
        begin = midnight
    return total / timedelta(days=1)


def months_until(moment: datetime) -> list[str]:
    """The last months up to a moment, such as `2026-11`, oldest first."""
    number = moment.year * 12 + moment.month - 1
    return [f"{past // 12}-{past % 12 + 1:02}" for past in range(number - MONTHS + 1, number + 1)]


def _span(month: str, zone: tzinfo | None) -> tuple[datetime, datetime]:
    year, number = (int(part) for part in month.split("-"))
    return datetime(year, number, 1, tzinfo=zone), datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)


def mean_by_month(facts: Sequence[Fact], moment: datetime) -> tuple[list[str], dict[str, list[float]]]:
    """Months with any waiting in or before them, and per side the mean working days of those that waited."""
    waited: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    months = months_until(moment)
    spans = {month: _span(month, moment.tzinfo) for month in months}
    for one in stretches(facts, moment):
        if one.turn not in SIDES:
            continue
        for month, (first, last) in spans.items():
            days = working_days(max(one.begin, first), min(one.end, last), moment.tzinfo)
            if days > 0:
                waited[month, one.turn][one.subject] += days
    begun = min((month for month, _ in waited), default=months[-1])
    shown = [month for month in months if month >= begun]
    return shown, {side: [_mean(waited[month, side]) for month in shown] for side in SIDES}


def _mean(days: dict[str, float]) -> float:
    # Summed in a fixed order: a sum of floats depends on it.
    return round(sum(sorted(days.values())) / len(days), 1) if days else 0.0
