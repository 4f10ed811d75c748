"""The plan of a project over time, as staff see it: every row where it is due."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from atrium_gateway.dates import short_month
from atrium_gateway.pages.composing.scene import Json, Scene, day
from atrium_gateway.pages.composing.timeline import Line, milestones, stretches, whole_line
from atrium_gateway.pages.presenting.planning import StaffPlanRow
from atrium_gateway.pages.presenting.project import Phase
from atrium_gateway.pages.presenting.staff_timeline import Mark, Month, Timeline

#: More names of months than these run into each other.
MONTHS = 6


def timeline(scene: Scene, plan: Json, shown: Sequence[StaffPlanRow]) -> Timeline:
    """`plan` is the answer of `GET /projects/{project}/plan`, `shown` its rows as the tree has them."""
    line = whole_line(plan["items"], day(plan["project"].get("starts_on")), scene.today)
    return Timeline(
        milestones(plan["items"], line),
        stretches([phase(row, shown) for row in shown if row.kind == "phase"], line, scene.today),
        line.place(scene.today),
        months(scene, line),
        {row.id: found for row in shown if (found := mark(row, shown, line))},
    )


def dates_below(row: StaffPlanRow, shown: Sequence[StaffPlanRow]) -> list[date]:
    return [one.due for one in shown if one.parent == row.id and one.due]


def phase(row: StaffPlanRow, shown: Sequence[StaffPlanRow]) -> Phase:
    return Phase(row.title, until=row.due or max(dates_below(row, shown), default=None))


def mark(row: StaffPlanRow, shown: Sequence[StaffPlanRow], line: Line) -> Mark | None:
    """A phase goes from the first date within it to its own, or to the last."""
    if row.kind != "phase":
        return Mark(line.place(row.due)) if row.due else None
    below = dates_below(row, shown)
    until = row.due or max(below, default=None)
    return Mark(line.place(until), line.place(min([*below, until]))) if until else None


def months(scene: Scene, line: Line) -> tuple[Month, ...]:
    found = list(firsts(line))
    step = -(-len(found) // MONTHS) or 1
    return tuple(Month(short_month(scene.language, one), line.place(one)) for one in found[::step])


def firsts(line: Line) -> Iterator[date]:
    """The first days of months."""
    one = line.first.replace(day=1)
    while one <= line.last:
        if one >= line.first:
            yield one
        one = (one + timedelta(days=31)).replace(day=1)
