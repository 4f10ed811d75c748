"""The line of time of a project: its milestones, and the phases above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from atrium_gateway.pages.composing.scene import Json, day
from atrium_gateway.pages.presenting.project import Milestone, Phase, Stretch


@dataclass(frozen=True)
class Line:
    """The line of time that milestones stand on."""

    first: date
    last: date

    def place(self, at: date) -> float:
        """The share of its time until a day."""
        return min(max(0, (at - self.first).days), self.length) / self.length

    @property
    def length(self) -> int:
        return max(1, (self.last - self.first).days)


def line_of(rows: Sequence[Json], began: date | None, today: date) -> Line:
    """From the project's beginning, or the first milestone, to the last one; today is on it."""
    return whole_line([row for row in rows if row.get("kind") == "milestone"], began, today)


def whole_line(rows: Sequence[Json], began: date | None, today: date) -> Line:
    """With everything that has a date."""
    dated = [due for row in rows if (due := day(row.get("due")))]
    return Line(min([*dated, began or today, today]), max([*dated, today]))


def milestones(rows: Sequence[Json], line: Line) -> tuple[Milestone, ...]:
    """By date."""
    dated = sorted(
        ((due, row) for row in rows if row.get("kind") == "milestone" and (due := day(row.get("due"))) is not None),
        key=lambda pair: pair[0],
    )
    following = next((row["id"] for _, row in dated if row["turn"] != "nobody"), None)
    found: list[Milestone] = []
    for due, row in dated:
        state: Literal["reached", "next", "later"] = (
            "reached" if row["turn"] == "nobody" else "next" if row["id"] == following else "later"
        )
        found.append(Milestone(row["title"], due, state, line.place(due), f"/items/{row['id']}"))
    return tuple(found)


def stretches(held: Sequence[Phase], line: Line, today: date) -> tuple[Stretch, ...]:
    """The phases above the line: each begins where the one before it ends."""
    ends = sorted(((one.until, one.title) for one in held if one.title and one.until), key=lambda pair: pair[0])
    found: list[Stretch] = []
    start, now = 0.0, line.place(today)
    for until, title in ends:
        end = line.place(until)
        if end > start:
            found.append(Stretch(title, start, end, start <= now < end))
            start = end
    return tuple(found)
