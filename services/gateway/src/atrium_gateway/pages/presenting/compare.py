"""`/files/{id}/compare?from=&to=`: what changed between two versions. Template `portal/compare.html`, parts: head,
changes, sides."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from atrium_gateway.pages.presenting.files import FileVersion
from atrium_gateway.pages.presenting.item import Decision
from atrium_gateway.pages.presenting.shapes import Change, Sheet, Verb

#: `ready`: changes are marked. `away`: the service did not answer.
CompareState = Literal["ready", "same", "making", "no_text", "too_different", "none", "away"]
Mode = Literal["text", "overlay", "blink"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a line that is only here, in fractions of the page, written for attributes; `rule` is the height of
    the line through or under it."""

    x: str
    y: str
    width: str
    height: str
    right: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A change on one page of one side: where it is marked, and where its number stands in the margin. Without boxes
    something of the other side is missing here, at the caret."""

    change: int
    top: str
    is_right: bool = False
    boxes: tuple[Marked, ...] = ()
    caret: tuple[str, str] | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """A page with its changes."""

    sheet: Sheet
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of the text: `page` is where it is in the newer version, or was in the older. It is called by the
    words of its sentence or row that it `follows`, else by its kind."""

    number: int
    kind: Literal["replaced", "added", "removed"]
    follows: str
    page: int
    words: Change
    url: str
    looked: str
    is_chosen: bool = False
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two versions side by side. `decision` is the act on the newer one, where it is the reader's."""

    id: str
    name: str
    project_id: str
    project: str
    older: FileVersion
    newer: FileVersion
    state: CompareState
    mode: Mode = "text"
    changes: tuple[Difference, ...] = ()
    changed_pages: int = 0
    page_count: int = 0
    older_sheets: tuple[MarkedSheet, ...] = ()
    newer_sheets: tuple[MarkedSheet, ...] = ()
    verb: Verb | None = None
    due: date | None = None
    act_url: str = ""
    decision: Decision | None = None
    missing: frozenset[str] = frozenset()

    @property
    def chosen(self) -> Difference | None:
        return next((one for one in self.changes if one.is_chosen), None)

    @property
    def seen(self) -> int:
        return sum(one.is_seen for one in self.changes)

    @property
    def pairs(self) -> tuple[tuple[Sheet | None, Sheet | None], ...]:
        """The pages of both by their number, to lie upon each other."""
        count = max(len(self.older_sheets), len(self.newer_sheets))
        older = (*(one.sheet for one in self.older_sheets), *[None] * count)
        newer = (*(one.sheet for one in self.newer_sheets), *[None] * count)
        return tuple(zip(older[:count], newer[:count], strict=True))
