"""`/requests` and `/requests/{id}`. Templates `portal/requests.html` (part: list), `portal/request.html` (parts: state,
talk)."""

from dataclasses import dataclass
from datetime import date, datetime

from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.shapes import Choice, Clock, FileLine, Form, Person, RequestLine, Tone, Turn, Verb
from atrium_gateway.pages.presenting.thread import Thread


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """Requests by turn. `filter` is "", "customer", "provider", "third_party" or "nobody"; `counts` by the same keys.

    `q` is what was looked for; lists and counts are of what was found, `asked` and `answer_hours` of all.
    `form` posts `title`, `kind`, `text`, `project`, `urgency`; None where the reader may not raise one. `readers` will
    read what is sent.
    """

    mine: tuple[RequestLine, ...] = ()
    provider: tuple[RequestLine, ...] = ()
    third_party: tuple[RequestLine, ...] = ()
    done: tuple[RequestLine, ...] = ()
    filter: str = ""
    q: str = ""
    counts: dict[str, int] | None = None
    asked: int = 0
    """Questions to the reader's side."""
    answer_hours: float | None = None
    """Working hours until the provider answers, on average; None where nothing was answered yet."""
    promised_days: tuple[int, int] = (0, 0)
    """Working days within which an answer is promised: the most and the least urgent."""
    form: Form | None = None
    kinds: tuple[Choice, ...] = ()
    projects: tuple[Choice, ...] = ()
    urgencies: tuple[Choice, ...] = ()
    readers: tuple[Person, ...] = ()
    upload: Form | None = None
    """Of files that go with a new one; None where there is no project to keep them."""
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RequestAct:
    """A button of a request (answer, accept, reopen): posts `transition`."""

    key: str
    label: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request. `item_url` leads to what it became. `triage` (staff only) posts `title`, `due` to make an item."""

    id: str
    number: str
    title: str
    text: str
    turn: Turn
    state: str = ""
    tone: Tone = ""
    kind: str = ""
    project: str = ""
    project_id: str = ""
    by: Person | None = None
    at: datetime | None = None
    moved_at: datetime | None = None
    assigned: Person | None = None
    verb: Verb | None = None
    due: date | None = None
    clock: Clock | None = None
    third_party: str = ""
    question: str = ""
    form: Form | None = None
    acts: tuple[RequestAct, ...] = ()
    item_url: str = ""
    item_title: str = ""
    history: tuple[Act, ...] = ()
    thread: Thread | None = None
    private_thread: Thread | None = None
    internal_thread: Thread | None = None
    triage: Form | None = None
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    missing: frozenset[str] = frozenset()
