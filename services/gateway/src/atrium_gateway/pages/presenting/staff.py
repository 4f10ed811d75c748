"""The provider's workspace. Templates `staff/home.html` (parts: needs, waiting, talks, turns, feed),
`staff/customers.html` (list), `staff/plan.html` (plan), `staff/preview.html`, `staff/item.html` (facts, talk, history),
`staff/brand.html`, `staff/workflows.html`, `staff/workflow.html`, `staff/audit.html` (list), `staff/projects.html`."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.item import Act, Decided, Transition, Waits
from atrium_gateway.pages.presenting.others import Invitation, Member
from atrium_gateway.pages.presenting.project import PlanRow
from atrium_gateway.pages.presenting.shapes import (
    Choice,
    Clock,
    FileLine,
    Form,
    Health,
    Person,
    TalkLine,
    Turn,
    Verb,
    Visibility,
)
from atrium_gateway.pages.presenting.thread import Thread


@dataclass(frozen=True, slots=True)
class CustomerRef:
    """A customer as a row names it; the slug chooses its colour (class `customer-<slug>` of /theme.css)."""

    slug: str
    name: str
    url: str = ""
    mark_url: str = ""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What needs us: its clock, whose it is, the button that acts."""

    title: str
    url: str
    customer: CustomerRef
    context: str = ""
    clock: Clock | None = None
    owner: Person | None = None
    due: date | None = None
    verb: Verb | None = None


@dataclass(frozen=True, slots=True)
class AwaitRow:
    """What a customer has: since when, who, which verb; `remind` posts to the item's reminder."""

    title: str
    url: str
    customer: CustomerRef
    context: str = ""
    clock: Clock | None = None
    since: datetime | None = None
    who: Person | None = None
    due: date | None = None
    verb: Verb | None = None
    remind: Form | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TurnShare:
    """Open items of a customer by turn."""

    customer: CustomerRef
    ours: int = 0
    theirs: int = 0
    third: int = 0
    oldest: Clock | None = None

    @property
    def total(self) -> int:
        return self.ours + self.theirs + self.third

    def percent(self, part: int) -> float:
        return round(part / self.total * 100, 1) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class FeedLine:
    """An act of the last hours. `words` is a sentence without the name."""

    at: datetime
    customer: CustomerRef
    words: str
    by: Person | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class StaffHome:
    """`/` of the workspace: what needs us, over all customers."""

    needs: tuple[NeedRow, ...] = ()
    waiting: tuple[AwaitRow, ...] = ()
    talks: tuple[TalkLine, ...] = ()
    shares: tuple[TurnShare, ...] = ()
    feed: tuple[FeedLine, ...] = ()
    late: int = 0
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in the list."""

    ref: CustomerRef
    host: str
    health: Health
    reason: str = ""
    share: TurnShare | None = None
    next_title: str = ""
    next_due: date | None = None
    last_by: Person | None = None
    last_words: str = ""
    last_at: datetime | None = None
    lead: Person | None = None


@dataclass(frozen=True, slots=True)
class CustomersPage:
    """`/customers`. `new` posts `name`, `slug`, `language`."""

    customers: tuple[CustomerRow, ...] = ()
    new: Form | None = None
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`/customers/{id}`, template `staff/customer.html`: projects and people of a customer."""

    ref: CustomerRef
    host: str
    projects: tuple["ProjectRow", ...] = ()
    people: tuple[Member, ...] = ()
    staff: tuple[Member, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    invite: Form | None = None
    roles: tuple[Choice, ...] = ()
    new_project: Form | None = None
    brand_url: str = ""
    view_as_url: str = ""
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the staff's list."""

    title: str
    url: str
    customer: CustomerRef
    health: Health
    next_title: str = ""
    next_due: date | None = None
    ours: int = 0
    theirs: int = 0


@dataclass(frozen=True, slots=True)
class StaffProjects:
    """`/projects` of the workspace."""

    projects: tuple[ProjectRow, ...] = ()
    missing: frozenset[str] = frozenset()


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

    @property
    def done(self) -> bool:
        return self.turn == "nobody"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`/projects/{id}` of the workspace.

    `publish` is the form around the table: it posts `items` (several) and `visibility` (one of the bar's buttons) to
    the preview. `new_item` posts `title`, `kind`, `parent`, `due`, `workflow`.
    """

    id: str
    title: str
    customer: CustomerRef
    health: Health
    rows: tuple[StaffPlanRow, ...] = ()
    workflow: str = ""
    next_title: str = ""
    next_due: date | None = None
    team: tuple[Person, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    publish: Form | None = None
    new_item: Form | None = None
    kinds: tuple[Choice, ...] = ()
    parents: tuple[Choice, ...] = ()
    workflows: tuple[Choice, ...] = ()
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    talks: tuple[TalkLine, ...] = ()
    threads: tuple[Thread, ...] = ()
    report_url: str = ""
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """An item as the customer will read it; `fresh` marks what becomes visible."""

    row: PlanRow | None
    placeholder_due: date | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Gains:
    """A person and what becomes visible to them."""

    person: Person
    words: str = ""
    notice: str = ""


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
class PreviewPage:
    """`/projects/{id}/preview`: the publication, rolled back, read by the customer's own route.

    `confirm` posts the same `items`, `visibility` and the previewed revisions; `problem` when something moved.
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


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A pair of colours the pages use. `entered` differs from `used` where lightness was repaired."""

    use: str
    entered: str
    used: str
    entered_ratio: float
    used_ratio: float
    needed: float


@dataclass(frozen=True, slots=True)
class BrandPage:
    """`/customers/{id}/brand`. `form` posts `product_name`, `accent`, `header`, `font_heading`, `font_text`,
    `sender_name`, `support_address`, `logo` (file) and `words_<word>_<form>_<language>`."""

    customer: CustomerRef
    form: Form
    fonts: tuple[Choice, ...]
    headers: tuple[Choice, ...]
    pairs: tuple[ContrastPair, ...] = ()
    logo_url: str = ""
    logo_dark_url: str = ""
    host: str = ""
    people: int = 0
    preview_url: str = ""


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """A workflow in the list."""

    id: str
    name: str
    url: str
    version: int
    states: int
    running: int = 0


@dataclass(frozen=True, slots=True)
class WorkflowsPage:
    """`/workflows`."""

    workflows: tuple[WorkflowRow, ...] = ()
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkflowState:
    """A row of the table of states."""

    key: str
    label_en: str
    label_de: str
    turn: Turn
    verb: str = ""
    running: int = 0


@dataclass(frozen=True, slots=True)
class WorkflowTransition:
    """A row of the table of transitions. `roles` and `needs` as the form writes them, separated by commas."""

    key: str
    label_en: str
    label_de: str
    source: str
    target: str
    roles: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class WorkflowPage:
    """`/workflows/{id}`: a table form, saved as a new version; running items keep theirs.

    Rows post `state_key`, `state_en`, `state_de`, `state_turn`, `state_verb` and `transition_key`, `transition_en`,
    `transition_de`, `transition_from`, `transition_to`, `transition_roles`, `transition_needs`, once per row; rows with
    an empty key are ignored.
    """

    id: str
    name: str
    version: int
    form: Form
    states: tuple[WorkflowState, ...] = ()
    transitions: tuple[WorkflowTransition, ...] = ()
    verbs: tuple[Choice, ...] = ()
    rollback: Form | None = None
    running: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry of the trail."""

    at: datetime
    words: str
    by: Person | None = None
    customer: CustomerRef | None = None
    audience: str = ""
    way: str = ""
    network: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    trace_id: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`/audit`, newest first, by day."""

    lines: tuple[AuditLine, ...] = ()
    next_cursor: str = ""
    customers: tuple[Choice, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
