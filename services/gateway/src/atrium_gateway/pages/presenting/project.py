"""`/projects` and `/projects/{id}` for a customer. Templates `portal/projects.html`, `portal/project.html`, whose parts
are: turn, milestones, plan, risks, changes, files, talks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import (
    Ask,
    Change,
    FileLine,
    Form,
    Health,
    Person,
    ProjectLine,
    StatusUpdate,
    TalkLine,
    Turn,
    Verb,
)

LINE_MARGIN = 0.04
#: So near to an end of the line, words begin or finish at the edge of the drawing.
EDGE = 0.08


#: Letters that have room above the whole line.
LETTERS = 84


def along_line(place: float) -> str:
    """A share of the line's time as a position in its drawing, with room for the names at both ends."""
    return f"{(LINE_MARGIN + place * (1 - 2 * LINE_MARGIN)) * 100:.2f}%"


@dataclass(frozen=True, slots=True)
class ProjectsPage:
    """The list of a customer's projects."""

    projects: tuple[ProjectLine, ...] = ()
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone on the line: `place` is its share of the line's time, 0 to 1."""

    title: str
    due: date
    state: Literal["reached", "next", "later"]
    place: float
    url: str = ""
    moved_from: date | None = None

    @property
    def x(self) -> str:
        return along_line(self.place)

    @property
    def words_x(self) -> str:
        return {"first": "0", "last": "100%", "": self.x}[self.edge]

    @property
    def edge(self) -> Literal["first", "last", ""]:
        """At which end of the line its words would leave the card, were they centred under their sign."""
        if self.place < EDGE:
            return "first"
        return "last" if self.place > 1 - EDGE else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase above the line of milestones, from one share of the line's time to another."""

    title: str
    start: float
    end: float
    current: bool = False

    @property
    def x(self) -> str:
        return along_line(self.start)

    @property
    def width(self) -> str:
        return f"{(self.end - self.start) * (1 - 2 * LINE_MARGIN) * 100:.2f}%"

    @property
    def words(self) -> str:
        """As much of the title as has room; a mere letter or two says nothing."""
        room = int((self.end - self.start) * LETTERS)
        if len(self.title) <= room:
            return self.title
        return f"{self.title[: room - 1].rstrip()}…" if room > 4 else ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A shared item in the plan. `mine` when this reader's side has the turn."""

    title: str
    url: str
    turn: Turn
    state: str = ""
    verb: Verb | None = None
    context: str = ""
    person: Person | None = None
    due: date | None = None
    mine: bool = False
    at: datetime | None = None
    third_party: str = ""
    until: date | None = None

    @property
    def done(self) -> bool:
        return self.turn == "nobody"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Its existence and its date, nothing else."""

    due: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with its rows; a finished one is folded. Rows without a phase have an empty title."""

    title: str
    rows: tuple[PlanRow, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    until: date | None = None
    done: int = 0
    total: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A risk, an issue or a decision, with its own sign."""

    kind: Literal["risk", "issue", "decision"]
    title: str
    url: str
    text: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """`id` names the subjects that refresh its parts. `filter` is "", "customer", "provider" or "nobody"; `counts` has
    the number of items for each, the placeholders included in ""."""

    id: str
    title: str
    health: Health
    goal: str = ""
    contacts: tuple[Person, ...] = ()
    next_at: datetime | None = None
    next_title: str = ""
    next_milestone: Milestone | None = None
    milestones: tuple[Milestone, ...] = ()
    today_place: float = 0.0
    stretches: tuple[Stretch, ...] = ()
    reached: int = 0
    first_ask: Ask | None = None
    asks: int = 0
    phases: tuple[Phase, ...] = ()
    filter: str = ""
    counts: dict[str, int] | None = None
    remarks: tuple[Remark, ...] = ()
    update: StatusUpdate | None = None
    changes: tuple[Change, ...] = ()
    changes_since: datetime | None = None
    people: tuple[Person, ...] = ()
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    talks: tuple[TalkLine, ...] = ()
    report_url: str = ""
    missing: frozenset[str] = frozenset()

    @property
    def today_x(self) -> str:
        return along_line(self.today_place)
