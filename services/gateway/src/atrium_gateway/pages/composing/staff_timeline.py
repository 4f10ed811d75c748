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
    spans = dict(spans_of(shown))
    phases = [Phase(row.title, until=spans[row.id][1] if row.id in spans else None) for row in shown if is_phase(row)]
    return Timeline(
        milestones(plan["items"], line),
        stretches(phases, line, scene.today),
        line.place(scene.today),
        months(scene, line),
        {row.id: mark(row, spans[row.id], line) for row in shown if row.id in spans},
    )


def is_phase(row: StaffPlanRow) -> bool:
    return row.kind == "phase"


def spans_of(shown: Sequence[StaffPlanRow]) -> Iterator[tuple[str, tuple[date, date]]]:
    """First and last day of rows, by id; a phase goes from the first date within it to its own, or to the last."""
    below: dict[str, list[date]] = {}
    for row in shown:
        if row.due:
            below.setdefault(row.parent, []).append(row.due)
    for row in shown:
        within = below.get(row.id, []) if is_phase(row) else []
        if until := row.due or max(within, default=None):
            yield row.id, (min([*within, until]), until)


def mark(row: StaffPlanRow, span: tuple[date, date], line: Line) -> Mark:
    return Mark(line.place(span[1]), line.place(span[0]) if is_phase(row) else None)


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
