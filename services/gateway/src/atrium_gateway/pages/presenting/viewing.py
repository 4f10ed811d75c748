"""A version as its pages show it: the page in view, the strip of all pages, the points on them. Parts of
`portal/file.html`: viewer, points; macros in `ui/viewer.html` and `ui/points.html`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import Audience, Choice, Form, Person, Sheet
from atrium_gateway.pages.presenting.thread import Thread

#: `away`: the service did not answer. `checking`, `rejected`: no version of this file could be opened yet, or ever.
PreviewState = Literal["ready", "making", "none", "failed", "away", "checking", "rejected"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, in fractions of it."""

    x: float
    y: float

    @property
    def left(self) -> str:
        """For an attribute of a drawing."""
        return f"{self.x:.2%}"

    @property
    def top(self) -> str:
        return f"{self.y:.2%}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Spot):
    """A thread about a spot of a page. `number` counts the file's points of one audience in the order in which they
    were opened."""

    id: str
    number: int
    page: int
    title: str
    url: str
    audience: Audience
    version: int
    by: Person | None = None
    at: datetime | None = None
    messages: int = 0
    unread: bool = False
    is_chosen: bool = False
    closed_by: Person | None = None
    closed_at: datetime | None = None
    original_url: str = ""
    """Where it was opened, if its spot has changed since."""
    settle: Form | None = None
    """Closes it, or opens it again; None where that is not the reader's."""

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class NewPoint(Spot):
    """Somebody is about to write about it: on the page in view, with other places to choose from, and the addresses of
    the same for each audience that there is to choose."""

    places: tuple[Choice, ...]
    thread: Thread
    audiences: tuple[tuple[Audience, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """One version, open at one page. Addresses are those of the page beside it; empty where there is none.

    `hidden` are what a form for another page sends along; `page_count` says how many pages there are, of which at most
    the first two hundred are shown.
    """

    state: PreviewState
    version: int = 0
    current: int = 0
    page: int = 1
    page_count: int = 0
    sheets: tuple[Sheet, ...] = ()
    points: tuple[Point, ...] = ()
    zoom: int = 100
    hidden: tuple[tuple[str, str], ...] = ()
    before_url: str = ""
    next_url: str = ""
    smaller_url: str = ""
    larger_url: str = ""
    add_url: str = ""
    current_url: str = ""

    @property
    def sheet(self) -> Sheet | None:
        return next((one for one in self.sheets if one.number == self.page), None)

    @property
    def is_old(self) -> bool:
        return 0 < self.version < self.current

    @property
    def here(self) -> tuple[Point, ...]:
        """The points on the page in view."""
        return tuple(one for one in self.points if one.page == self.page)

    @property
    def chosen(self) -> Point | None:
        return next((one for one in self.points if one.is_chosen), None)

    @property
    def open_here(self) -> int:
        return sum(not one.is_closed for one in self.here)

    @property
    def closed_here(self) -> int:
        return len(self.here) - self.open_here


NOTHING = Viewer("none")
