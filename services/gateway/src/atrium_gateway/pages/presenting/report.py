"""`/reports`, `/reports/{id}` and `/r/{token}`. Templates `portal/reports.html`, `portal/report.html` (part: figures),
`entry/report-password.html`. The guest's page is `portal/report.html` in the shell `guest`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.shapes import Form, Turn, Verb
from atrium_gateway.pages.presenting.thread import Thread

PLOT_WIDTH = 620.0
PLOT_HEIGHT = 180.0


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list."""

    title: str
    url: str
    project: str
    links: int = 0


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The list of reports."""

    reports: tuple[ReportLine, ...] = ()
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number: `value` as it is printed, `of` its whole, `delta` what changed since the last visit."""

    title: str
    value: str
    of: str = ""
    unit: str = ""
    delta: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line: a day and a value; `plan` where a plan is known."""

    day: date
    value: float
    plan: float | None = None


@dataclass(frozen=True, slots=True)
class LineFigure:
    """A value over time. `finding` is the sentence that says what it shows."""

    key: str
    title: str
    finding: str
    points: tuple[Point, ...]
    unit: str = ""
    discuss_url: str = ""
    messages: int = 0
    changed: str = ""
    """Since when there is something new in it, in words."""
    visit: date | None = None
    """The day of the reader's last visit, to be marked."""

    @property
    def top(self) -> float:
        """The upper end of the scale: a round number that holds all values, and whose quarters are whole."""
        highest = max([point.value for point in self.points] + [point.plan or 0 for point in self.points] + [1])
        step = 10 ** (len(str(int(highest))) - 1)
        top = -(-highest // step) * step
        if top % 4:
            quarters = (step * part / 10 for part in (2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30))
            top = next(4 * quarter for quarter in quarters if quarter.is_integer() and 4 * quarter >= highest)
        return float(top)

    @property
    def visit_place(self) -> tuple[float, float] | None:
        """Where the line was at the last visit; None where that is not within it."""
        within = [index for index, point in enumerate(self.points) if self.visit and point.day <= self.visit]
        if not within or within[-1] == len(self.points) - 1:
            return None
        x, y = self._place(within[-1], self.points[within[-1]].value).split(",")
        return float(x), float(y)

    @property
    def grid(self) -> tuple[tuple[float, float], ...]:
        """Value and height of four grid lines, from zero up."""
        return tuple((self.top * part / 4, PLOT_HEIGHT * (1 - part / 4)) for part in range(5))

    def _place(self, index: int, value: float) -> str:
        last = max(1, len(self.points) - 1)
        return f"{index / last * PLOT_WIDTH:.1f},{PLOT_HEIGHT * (1 - value / self.top):.1f}"

    @property
    def line(self) -> str:
        """`x,y` pairs of the actual values."""
        return " ".join(self._place(index, point.value) for index, point in enumerate(self.points))

    @property
    def plan_line(self) -> str:
        return " ".join(
            self._place(index, point.plan) for index, point in enumerate(self.points) if point.plan is not None
        )

    @property
    def last_place(self) -> tuple[float, float]:
        x, y = self._place(len(self.points) - 1, self.points[-1].value).split(",")
        return float(x), float(y)

    @property
    def labels(self) -> tuple[tuple[float, date], ...]:
        """First, middle and last day with their place."""
        last = len(self.points) - 1
        picked = sorted({0, last // 2, last})
        return tuple((index / max(1, last) * PLOT_WIDTH, self.points[index].day) for index in picked)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar figure: the customer's value and the provider's."""

    label: str
    mine: float
    other: float = 0.0


@dataclass(frozen=True, slots=True)
class BarFigure:
    """Values side by side: working days per side, open items by turn."""

    key: str
    title: str
    finding: str
    bars: tuple[Bar, ...]
    unit: str = ""
    series: tuple[str, str] = ("", "")
    discuss_url: str = ""
    messages: int = 0
    changed: str = ""

    @property
    def top(self) -> float:
        return max([bar.mine for bar in self.bars] + [bar.other for bar in self.bars] + [0.001])

    def share(self, value: float) -> float:
        """Length of a bar in percent of the longest."""
        return round(value / self.top * 100, 1)


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """What waits for a decision, with its verb or who has it."""

    title: str
    turn: Turn
    url: str = ""
    verb: Verb | None = None
    due: date | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """From where a link was opened: all that is known of readers who say no name."""

    device: str
    network: str
    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportLink:
    """An address of the report for someone who has it.

    `address` and `password` are shown once, right after they were made. `extend`, `renew` (a new address) and `revoke`
    are the forms of one button each.
    """

    id: str
    title: str
    state: Literal["valid", "expired", "revoked"]
    ends_at: datetime | None = None
    has_password: bool = False
    openings: int = 0
    last_opened_at: datetime | None = None
    opened_from: tuple[Opening, ...] = ()
    revoked_at: datetime | None = None
    revoke: Form | None = None
    address: str = ""
    password: str = ""
    extend: Form | None = None
    renew: Form | None = None


MomentKind = Literal["start", "month", "visit", "chosen", "now"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A mark on the report's time axis; an empty address is the state of now. `words` stand under it."""

    words: str
    url: str
    kind: MomentKind = "month"
    current: bool = False


@dataclass(frozen=True, slots=True)
class Visited:
    """What changed since the reader's last visit: so many figures of all, with the moment in words and as it is sent.

    What one does on the page carries the moment on, so that it stays the same visit.
    """

    words: str
    changed: int
    of: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A live report, or one as of a moment. `links` and `new_link` only for those who may share.

    `new_link` posts `title`, `days`, `opens` (`link` or `password`) and `password`. `discussed` is the thread of the
    chosen figure.
    """

    id: str
    title: str
    project: str
    project_id: str
    summary: str = ""
    as_of: datetime | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    lines: tuple[LineFigure, ...] = ()
    bars: tuple[BarFigure, ...] = ()
    decisions: tuple[OpenDecision, ...] = ()
    approvals: tuple[Act, ...] = ()
    counted_items: int = 0
    exports: tuple[tuple[str, str], ...] = ()
    """Kind of file and address, in the order in which they are offered."""
    links: tuple[ReportLink, ...] = ()
    new_link: Form | None = None
    lifetimes: tuple[tuple[int, date], ...] = ()
    """For how many days a link may hold, and the last of them."""
    may_share: bool = False
    discussed: Thread | None = None
    discussed_title: str = ""
    discussed_key: str = ""
    axis: tuple[Moment, ...] = ()
    visited: Visited | None = None
    live_url: str = ""
    missing: frozenset[str] = frozenset()


GateState = Literal["password", "wrong", "too_many", "ended"]


@dataclass(frozen=True, slots=True)
class GuestGate:
    """A report link with a password, or one that has ended. Form posts `password` to `/r/{token}`."""

    form: Form
    state: GateState = "password"
    title: str = ""
    ended_at: datetime | None = None
