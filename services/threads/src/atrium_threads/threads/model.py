"""The rules of conversations: what they are about, who may read them, who may open them."""

import re
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

Audience = Literal["internal", "shared", "private"]
Side = Literal["provider", "customer"]
SubjectKind = Literal["project", "item", "file_version", "request", "figure"]

TEXT_LENGTH: Final = 10_000
TITLE_LENGTH: Final = 200
EXCERPT_LENGTH: Final = 160

READING_SIDES: Final[dict[Audience, frozenset[Side]]] = {
    "internal": frozenset({"provider"}),
    "shared": frozenset({"provider", "customer"}),
    "private": frozenset({"customer"}),
}

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_NUMBER = r"[1-9][0-9]{0,8}"
_PATHS: Final[dict[SubjectKind, re.Pattern[str]]] = {
    "project": re.compile(rf"projects/{_UUID}"),
    "item": re.compile(rf"projects/{_UUID}/items/{_UUID}"),
    "file_version": re.compile(rf"files/{_UUID}/versions/{_NUMBER}"),
    "request": re.compile(rf"requests/{_UUID}"),
    "figure": re.compile(rf"reports/{_UUID}/figures/[A-Za-z0-9_.-]{{1,100}}"),
}
_POINT = re.compile(rf"page=({_NUMBER})&x=([0-9.]{{1,20}})&y=([0-9.]{{1,20}})")
_COLLECTIONS: Final = (re.compile(rf"files/{_UUID}"), re.compile(rf"reports/{_UUID}"))


class WrongSubject(ValueError):
    """The text does not follow the grammar of subjects."""


@dataclass(frozen=True)
class Point:
    """A spot on a page of a file version; `x` and `y` are fractions of the page's width and height."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Subject:
    """`path` names the thing in the grammar of event subjects, without the point."""

    kind: SubjectKind
    path: str
    point: Point | None = None


def parse_subject(text: str) -> Subject:
    """`projects/<id>`, `projects/<id>/items/<id>`, `files/<id>/versions/<n>[?page=&x=&y=]`, `requests/<id>`,
    `reports/<id>/figures/<key>`. Raises WrongSubject for anything else.
    """
    path, question, query = text.partition("?")
    kind = next((kind for kind, pattern in _PATHS.items() if pattern.fullmatch(path)), None)
    if kind is None:
        raise WrongSubject(text)
    point = _parse_point(query) if question else None
    if point is not None and kind != "file_version":
        raise WrongSubject(text)
    return Subject(kind, _normal(path, kind), point)


def _normal(path: str, kind: SubjectKind) -> str:
    """Ids are compared as text, so they are kept in lower case; a figure's key is not an id."""
    if kind != "figure":
        return path.lower()
    head, _, key = path.rpartition("/")
    return f"{head.lower()}/{key}"


def _parse_point(query: str) -> Point:
    match = _POINT.fullmatch(query)
    if match is None:
        raise WrongSubject(query)
    try:
        point = Point(int(match[1]), float(match[2]), float(match[3]))
    except ValueError:
        raise WrongSubject(query) from None
    if not (0 <= point.x <= 1 and 0 <= point.y <= 1):
        raise WrongSubject(query)
    return point


def parse_subject_filter(text: str) -> tuple[str, bool]:
    """A subject, or `files/<id>` or `reports/<id>` for all under it: the path, and whether all below it is meant.

    Raises WrongSubject.
    """
    if any(pattern.fullmatch(text) for pattern in _COLLECTIONS):
        return text.lower(), True
    return parse_subject(text).path, False


def effective_audience(audience: Audience, subject_audience: Audience) -> Audience | None:
    """The narrower of a thread's own audience and its subject's; None where nobody is left who may read."""
    sides = READING_SIDES[audience] & READING_SIDES[subject_audience]
    return next((name for name, readers in READING_SIDES.items() if readers == sides), None)


def may_open(side: Side, audience: Audience) -> bool:
    """Nobody opens what their own side could not read."""
    return side in READING_SIDES[audience]


def may_close(side: Side, person: UUID, opened_by: UUID) -> bool:
    """A point is closed by who opened it, or by the provider; whoever reads it may open it again."""
    return side == "provider" or person == opened_by


@dataclass(frozen=True)
class Person:
    """Somebody with a membership. `projects` None means all."""

    id: UUID
    side: Side
    projects: frozenset[UUID] | None


@dataclass(frozen=True)
class Circle:
    """Who may read a thread: an effective audience, a project, and for some internal threads only named staff."""

    audience: Audience
    project: UUID | None
    staff: frozenset[UUID] | None = None

    def admits(self, person: Person) -> bool:
        if person.side not in READING_SIDES[self.audience]:
            return False
        if person.projects is not None and self.project not in person.projects:
            return False
        return self.staff is None or person.id in self.staff


def excerpt(text: str) -> str:
    """The beginning of a message on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1].rstrip() + "…"
