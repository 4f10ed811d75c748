"""What was found, as the page shows it."""

from dataclasses import dataclass
from datetime import datetime

from atrium_gateway.pages.presenting.shapes import Person
from atrium_gateway.pages.presenting.staff import CustomerRef


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `excerpt` is the place in its text where the words stand, written `by` someone in a message.

    `audience` is that of a file or conversation, for staff also an item's visibility; `customer` is for staff.
    """

    title: str
    url: str
    at: datetime
    context: str = ""
    excerpt: str = ""
    by: Person | None = None
    audience: str = ""
    turn: str = ""
    state: str = ""
    number: str = ""
    extension: str = ""
    version: int = 0
    customer: CustomerRef | None = None


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one kind, the newest act first; `next_cursor` where there are more."""

    kind: str
    hits: tuple[Hit, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search`, template `portal/search.html`. `kind` is the one that is shown alone; `missing` names kinds."""

    q: str = ""
    words: tuple[str, ...] = ()
    kind: str = ""
    groups: tuple[HitGroup, ...] = ()
    missing: tuple[str, ...] = ()
