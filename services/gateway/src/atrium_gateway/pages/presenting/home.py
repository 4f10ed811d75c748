"""`/` for a customer: what do you need from me. Template `portal/home.html`, parts: turn, waiting, talks, requests,
projects, files."""

from dataclasses import dataclass
from datetime import datetime

from atrium_gateway.pages.presenting.shapes import (
    Ask,
    FileLine,
    ProjectLine,
    RequestLine,
    StatusUpdate,
    TalkLine,
    Waiting,
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """`mine` begins with the most urgent act, the page's hero. `missing` names services that gave no answer."""

    mine: tuple[Ask, ...] = ()
    colleagues: tuple[Ask, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    talks: tuple[TalkLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    update: StatusUpdate | None = None
    changes: int = 0
    changes_since: datetime | None = None
    newcomer: bool = False
    missing: frozenset[str] = frozenset()
