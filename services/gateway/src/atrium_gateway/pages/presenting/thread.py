"""A thread beside its subject and its composer; `/threads` and `/threads/{id}`. Templates `portal/threads.html`,
`portal/thread.html`; the macros of `ui/thread.html` serve every page that shows one."""

from dataclasses import dataclass
from datetime import datetime

from atrium_gateway.pages.presenting.shapes import Ask, Audience, Form, Person, TalkLine


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or a line of the system (no author). `text` is plain; links in it stay text."""

    id: str
    at: datetime
    text: str
    by: Person | None = None
    reference: str = ""
    reference_url: str = ""
    unread: bool = False
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with its audience. `readers` are all who read it, the reader included.

    `composer` posts `text` (and, for a thread not yet begun, `subject` and `audience`) to its action; None where the
    reader may not write. `id` is empty for a thread that begins with the first message.
    """

    id: str
    title: str
    audience: Audience
    readers: tuple[Person, ...]
    messages: tuple[Message, ...] = ()
    composer: Form | None = None
    about: str = ""
    about_url: str = ""
    subject: str = ""
    earlier_url: str = ""
    earlier: int = 0
    customer: str = ""
    """Short name of the customer, where it is not the house's own: in the workspace."""
    is_point: bool = False
    """About a spot of a page, beside the thread about the whole."""

    @property
    def anchor(self) -> str:
        """The same before and after the first message; a page shows one thread of an audience, and one of a point."""
        return "thread-point" if self.is_point else f"thread-{self.audience}"

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"threads/{self.id}",) if self.id else ("threads",)


@dataclass(frozen=True, slots=True)
class ThreadsPage:
    """The list of conversations and, where one is open, the thread, its private sibling and the act it is about.

    `filter` is "", "unread", "shared" or "private".
    """

    talks: tuple[TalkLine, ...] = ()
    filter: str = ""
    unread: int = 0
    thread: Thread | None = None
    private: Thread | None = None
    ask: Ask | None = None
    next_cursor: str = ""
    missing: frozenset[str] = frozenset()
