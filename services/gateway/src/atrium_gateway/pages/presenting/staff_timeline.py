"""The provider's plan over time. Part `plan` of `staff/plan.html` at `?view=timeline`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from atrium_gateway.pages.presenting.project import Milestone, Stretch, along_line


@dataclass(frozen=True, slots=True)
class Mark:
    """A row on the line of time: where it is due, and of a phase where what lies in it begins to be."""

    place: float
    start: float | None = None

    @property
    def x(self) -> str:
        return along_line(self.place)

    @property
    def start_x(self) -> str:
        return along_line(self.place if self.start is None else self.start)


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month on the line."""

    name: str
    place: float

    @property
    def x(self) -> str:
        return along_line(self.place)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All rows on one line of time; `marks` by their ids, none for one without a date."""

    milestones: tuple[Milestone, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    today_place: float = 0.0
    months: tuple[Month, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def today_x(self) -> str:
        return along_line(self.today_place)

    @property
    def reached(self) -> int:
        return sum(one.state == "reached" for one in self.milestones)

    @property
    def next_milestone(self) -> Milestone | None:
        return next((one for one in self.milestones if one.state == "next"), None)
