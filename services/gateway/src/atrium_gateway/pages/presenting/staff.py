"""The provider's workspace: home, customers, projects, audit. Templates `staff/home.html` (parts: needs, waiting,
talks, turns, feed), `staff/customers.html` (list), `staff/customer.html` (list), `staff/projects.html` (list),
`staff/audit.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.others import PeoplePage
from atrium_gateway.pages.presenting.shapes import (
    Clock,
    Form,
    Health,
    Person,
    RequestLine,
    TalkLine,
    Turn,
    Verb,
)


@dataclass(frozen=True, slots=True)
class CustomerRef:
    """A customer as a row names it; the slug chooses its colour (class `customer-<slug>` of /theme.css)."""

    slug: str
    name: str
    url: str = ""
    mark_url: str = ""

    @property
    def short(self) -> str:
        return self.name.split(" ", 1)[0]


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
    assign: Form | None = None


@dataclass(frozen=True, slots=True)
class AwaitRow:
    """What a customer has: since when, who, which verb. `remind` mails them; until it leaves, `undo` takes it back."""

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
    undo: Form | None = None
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


#: What a filter offers: values, and what they are called.
Options = tuple[tuple[str, str], ...]
#: Whose things the workspace's home shows: everyone's, the reader's own, those that nobody has.
Whose = Literal["", "mine", "nobody"]


@dataclass(frozen=True, slots=True)
class HomeSums:
    """Over all things, whoever's are shown: what needs us by whose it is, what of it is late, what customers have."""

    needs: Mapping[Whose, int] = field(default_factory=dict)
    late: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class StaffHome:
    """`/` of the workspace: what needs us, over all customers; `?whose=` narrows it.

    The forms of its rows post `whose` too; to assign something posts `owner`, one of `staff` or empty. `refused` says
    why the last act did nothing.
    """

    needs: tuple[NeedRow, ...] = ()
    waiting: tuple[AwaitRow, ...] = ()
    talks: tuple[TalkLine, ...] = ()
    shares: tuple[TurnShare, ...] = ()
    feed: tuple[FeedLine, ...] = ()
    whose: Whose = ""
    sums: HomeSums = HomeSums()
    staff: tuple[Person, ...] = ()
    manages: bool = False
    refused: str = ""
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """Who of a customer was here last, and what they did, as a sentence without the name."""

    at: datetime | None = None
    words: str = ""
    by: Person | None = None


NEVER = Seen()


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
    seen: Seen = NEVER
    lead: Person | None = None


@dataclass(frozen=True, slots=True)
class CustomersFilter:
    """Which customers are shown, and in which order, by the address; empty for all. `lead` is a person's id."""

    q: str = ""
    health: str = ""
    lead: str = ""
    sort: str = ""

    def takes(self, row: CustomerRow) -> bool:
        return (
            self.q.casefold() in f"{row.ref.name} {row.host}".casefold()
            and self.health in ("", row.health.key)
            and self.lead in ("", row.lead.id if row.lead else "")
        )

    @property
    def narrows(self) -> bool:
        return bool(self.q or self.health or self.lead)


@dataclass(frozen=True, slots=True)
class CustomersPage:
    """`/customers`: those that the filter takes, of `total`. `new` posts `name`, `slug`, `language`."""

    customers: tuple[CustomerRow, ...] = ()
    new: Form | None = None
    filter: CustomersFilter = CustomersFilter()
    leads: Options = ()
    total: int = 0
    open: int = 0
    missing: frozenset[str] = frozenset()


NOBODY = PeoplePage()


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`/customers/{id}` and `/customers/{id}/people`, template `staff/customer.html`: a customer's `projects`, or its
    `people`, by the tab.
    """

    ref: CustomerRef
    host: str
    tab: str = "projects"
    projects: tuple["ProjectRow", ...] = ()
    who: PeoplePage = NOBODY
    new_project: Form | None = None
    brand_url: str = ""
    view_as_url: str = ""
    audit_url: str = ""
    missing: frozenset[str] = frozenset()

    @property
    def people_url(self) -> str:
        return f"{self.ref.url}/people"


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
    url: str = ""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """What somebody keeps by a name of their own; `remove` posts its `name`."""

    name: str
    url: str
    remove: Form
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AuditPage:
    """`/audit`, newest first, by day. `values` are what narrows it, `export_url` leads to all that they take.

    `save` keeps what narrows it now, posted along with a `name`; None where nothing does, or it is kept already.
    """

    lines: tuple[AuditLine, ...] = ()
    next_cursor: str = ""
    customers: Options = ()
    people: Options = ()
    acts: Options = ()
    values: Mapping[str, str] = field(default_factory=dict)
    export_url: str = ""
    saved: tuple[SavedFilter, ...] = ()
    save: Form | None = None

    @property
    def narrowed(self) -> bool:
        return any(self.values.values())


@dataclass(frozen=True, slots=True)
class RequestOf:
    """A request with the customer who asks."""

    line: RequestLine
    customer: CustomerRef


@dataclass(frozen=True, slots=True)
class StaffRequests:
    """`/requests` of the workspace, template `staff/requests.html` (list): by turn, ours first."""

    groups: tuple[tuple[Turn, tuple[RequestOf, ...]], ...] = ()
    open: int = 0
    missing: frozenset[str] = frozenset()
