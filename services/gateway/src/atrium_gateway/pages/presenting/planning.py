"""The provider's plan. Templates `staff/plan.html` (part: plan), `staff/preview.html` and `staff/item.html`
(parts: facts, talk, history)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from atrium_gateway.pages.presenting.item import Act, Decided, Transition
from atrium_gateway.pages.presenting.project import PlanRow
from atrium_gateway.pages.presenting.shapes import (
    Choice,
    Clock,
    FileLine,
    Form,
    Person,
    Stale,
    Turn,
    Verb,
    Visibility,
    Waits,
)
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.presenting.staff_project import ProjectHead
from atrium_gateway.pages.presenting.staff_timeline import Timeline
from atrium_gateway.pages.presenting.thread import Thread


@dataclass(frozen=True, slots=True)
class StaffPlanRow:
    """A row of the one plan. `reads` is what the customer reads: empty for the same title.

    `kind` `phase` and `milestone` are drawn as such; `depth` is the level in the tree.
    """

    id: str
    title: str
    url: str
    turn: Turn
    visibility: Visibility
    kind: str = "task"
    depth: int = 0
    reads: str = ""
    verb: Verb | None = None
    owner: Person | None = None
    due: date | None = None
    customer_due: date | None = None
    messages: int = 0
    notes: int = 0
    done_count: int = 0
    child_count: int = 0
    third_party: str = ""
    revision: int = 0
    hours: float = 0.0
    owner_id: str = ""
    """Whose it is of ours; `owner` is whom it is with."""
    parent: str = ""
    after: tuple[str, ...] = ()
    """What follows it in its place, at most two."""
    above: str = ""
    """What stands before it in its place."""
    out: tuple[str, str] | None = None
    """One level up, right below what holds it now: what it then lies in, and what follows it."""

    @property
    def done(self) -> bool:
        return self.turn == "nobody"


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which rows are shown, by the address; empty for all. `owner` is a person's id."""

    turn: str = ""
    owner: str = ""
    visibility: str = ""

    def takes(self, row: StaffPlanRow) -> bool:
        return (
            self.turn in ("", row.turn)
            and self.visibility in ("", row.visibility)
            and self.owner in ("", row.owner.id if row.owner else "")
        )

    def of(self, rows: tuple[StaffPlanRow, ...]) -> tuple[StaffPlanRow, ...]:
        """From the last row up: a row stays where it is taken, or where something below it stays."""
        if self == PlanFilter():
            return rows
        kept, inside = [], 0
        for row in reversed(rows):
            if row.depth < inside or (row.kind != "phase" and self.takes(row)):
                kept.append(row)
                inside = row.depth
        return tuple(reversed(kept))


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`/projects/{id}` of the workspace.

    `publish` is the form around the table: it posts `items` (several) and `visibility` (one of the bar's buttons) to
    the preview. `new_item` posts `title`, `kind`, `parent`, `due`, `workflow`.
    """

    head: ProjectHead
    rows: tuple[StaffPlanRow, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    publish: Form | None = None
    new_item: Form | None = None
    kinds: tuple[Choice, ...] = ()
    parents: tuple[Choice, ...] = ()
    workflows: tuple[Choice, ...] = ()
    missing: frozenset[str] = frozenset()
    filter: PlanFilter = PlanFilter()
    owners: tuple[Person, ...] = ()
    readers: tuple[Person, ...] = ()
    """Who of the customer reads what is shared."""
    problem: str = ""
    """Why what was asked of a row was not done."""
    timeline: Timeline | None = None
    """Where the plan is seen over time."""
    staff: tuple[Choice, ...] = ()
    """Who may own a row."""
    late: Stale | None = None
    """A cell was saved after somebody else's change; `again` saves it all the same."""
    again: Form | None = None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """An item as the customer will read it; `fresh` marks what becomes visible."""

    row: PlanRow | None
    placeholder_due: date | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Gains:
    """A person and what becomes visible to them; `url` shows the preview with their eyes."""

    person: Person
    words: str = ""
    notice: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A field that stays internal, with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked before showing: fine, a warning, or what blocks."""

    words: str
    state: Literal["ok", "warn", "block"] = "ok"


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose pages the preview shows, and which of them. `query` names the publication in addresses."""

    person: Person
    address: str
    query: Mapping[str, str | tuple[str, ...]]
    showing: str = "project"

    def tab(self, showing: str) -> str:
        """The preview with another page."""
        return f"{self.address}?{urlencode({**self.query, 'as': self.person.id, 'show': showing}, doseq=True)}"

    def of(self, person: Person) -> str:
        """The preview with the eyes of another person."""
        return f"{self.address}?{urlencode({**self.query, 'as': person.id, 'show': self.showing}, doseq=True)}"

    @property
    def frame(self) -> str:
        """The page itself; a project's begins at its plan."""
        query = urlencode({**self.query, "as": self.person.id}, doseq=True)
        return f"{self.address}/{self.showing}?{query}{'#plan-head' if self.showing == 'project' else ''}"


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`/projects/{id}/preview`: the publication, rolled back, read by the customer's own route.

    `titles` has each item with our title and the customer's; `again` posts `customer_title_<id>` to preview anew.
    `confirm` posts the same `items`, `visibility` and the previewed revisions, and `by_mail` where that is ticked;
    `problem` when something moved.
    """

    project_id: str
    project: str
    customer: CustomerRef
    visibility: Visibility
    items: int
    rows: tuple[PreviewRow, ...] = ()
    gains: tuple[Gains, ...] = ()
    kept: tuple[KeptBack, ...] = ()
    checks: tuple[Check, ...] = ()
    confirm: Form | None = None
    item_ids: tuple[str, ...] = ()
    revisions: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    again: Form | None = None
    titles: tuple[tuple[str, str, str], ...] = ()
    by_mail: bool = True
    eyes: Eyes | None = None
    """Whose pages are shown; None where nothing could be previewed, or nobody would read it."""

    @property
    def told(self) -> tuple[str, ...]:
        """Names of those who get a mail about what they are asked to do."""
        return tuple(one.person.name for one in self.gains if one.notice)

    @property
    def mailed(self) -> bool:
        """Whether the person whose pages are shown gets a mail."""
        return any(one.notice for one in self.gains if self.eyes and one.person.id == self.eyes.person.id)

    @property
    def blocked(self) -> bool:
        return any(check.state == "block" for check in self.checks)


@dataclass(frozen=True, slots=True)
class StaffItemPage:
    """An item with its shared and its internal conversation side by side.

    `edit` posts `title`, `customer_title`, `customer_note`, `due`, `customer_due`, `owner`; `move` posts `transition`,
    `comment`, and `asked` (a person) where the next turn is the customer's.
    """

    id: str
    title: str
    project_id: str
    project: str
    customer: CustomerRef
    turn: Turn
    state: str
    visibility: Visibility
    reads: str = ""
    kind: str = "task"
    verb: Verb | None = None
    clock: Clock | None = None
    waits: Waits | None = None
    due: date | None = None
    customer_due: date | None = None
    person: Person | None = None
    owner: Person | None = None
    note: str = ""
    third_party: str = ""
    shared: Thread | None = None
    internal: Thread | None = None
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    decided: tuple[Decided, ...] = ()
    history: tuple[Act, ...] = ()
    publish: Form | None = None
    edit: Form | None = None
    move: Form | None = None
    transitions: tuple[Transition, ...] = ()
    people: tuple[Choice, ...] = ()
    staff: tuple[Choice, ...] = ()
    missing: frozenset[str] = frozenset()
    late: Stale | None = None
    """`edit` came after somebody else's change."""
