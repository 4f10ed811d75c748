"""`/items/{id}` for a customer: do the one act. Template `portal/item.html`, parts: decision, where, history, files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import (
    Change,
    Clock,
    Crumb,
    FileLine,
    Form,
    Person,
    Sheet,
    Turn,
    Verb,
    Waiting,
    Waits,
)
from atrium_gateway.pages.presenting.thread import Thread


@dataclass(frozen=True, slots=True)
class BoundVersion:
    """Exactly what is decided on. Sent along with the decision as `file`, `version`, `sha256`."""

    file_id: str
    name: str
    url: str
    extension: str
    number: int
    sha256: str
    size: int = 0
    by: Person | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A button of the workflow: posts `transition=<key>`; `primary` is the filled one. A comment may be required."""

    key: str
    label: str
    primary: bool = False
    needs_comment: bool = False
    decision: Literal["", "approved", "changes_requested"] = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a colleague, or the reader, has already decided on a version."""

    by: Person
    at: datetime
    version: int
    decision: Literal["approved", "changes_requested"] = "approved"
    comment: str = ""
    superseded_by: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The act panel. `transitions` is empty where the reader cannot act: then the panel says whose turn it is.

    `form` posts `transition`, `comment` and the bound version; `problem` is what a refusal said (409, 412), with the
    comment kept in the form's values.
    """

    form: Form
    transitions: tuple[Transition, ...] = ()
    question: str = ""
    consequence: str = ""
    versions: tuple[BoundVersion, ...] = ()
    decided: tuple[Decided, ...] = ()
    still: tuple[Person, ...] = ()
    problem: str = ""
    read: int = 0
    """The version that a refused decision was about."""
    colleagues: tuple[Person, ...] = ()
    """Whom the reader may ask instead; posts `person` to the item's delegation."""

    @property
    def newer(self) -> BoundVersion | None:
        """What came while the reader decided on another version."""
        return next((one for one in self.versions if self.read and one.number != self.read), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A state of the workflow on the way from first to last."""

    label: str
    state: Literal["done", "now", "later"]
    by: Person | None = None
    at: datetime | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the history: who did what, when, to which version. `words` is a sentence in the reader's language."""

    at: datetime
    words: str
    by: Person | None = None
    detail: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything a customer may know of a shared item."""

    id: str
    title: str
    project_id: str
    project: str
    turn: Turn
    state: str
    verb: Verb | None = None
    kind: str = "task"
    due: date | None = None
    asked_by: Person | None = None
    asked_at: datetime | None = None
    person: Person | None = None
    note: str = ""
    third_party: str = ""
    workflow: str = ""
    decision: Decision | None = None
    changes: tuple[Change, ...] = ()
    compare_url: str = ""
    compared_with: int = 0
    """The version whose differences to the bound one matter to the reader: the one they signed, else the one before."""
    first_page: Sheet | None = None
    """Of the bound version, once it is drawn."""
    steps: tuple[Step, ...] = ()
    clock: Clock | None = None
    waits: Waits | None = None
    history: tuple[Act, ...] = ()
    thread: Thread | None = None
    private_thread: Thread | None = None
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    follows: tuple[Waiting, ...] = ()
    missing: frozenset[str] = frozenset()

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.project, f"/projects/{self.project_id}"), Crumb(self.title))
