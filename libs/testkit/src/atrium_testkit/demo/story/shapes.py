"""The forms that the story is written in."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Line:
    """One item of a plan. `due` counts working days from today; people are keys such as `jan`."""

    title: str
    due: int | None = None
    shown: str = "shared"  # visibility
    kind: str = "task"
    reads: str = ""  # the customer's title, where it differs
    note: str = ""
    internal: str = ""
    workflow: str = "task"
    state: str | None = None
    owner: str = "jan"
    asked: tuple[str, ...] = ()
    third: str = ""
    hours: float | None = None
    file: str = ""
    key: str = ""


@dataclass(frozen=True)
class Phase:
    title: str
    due: int
    lines: tuple[Line, ...]
    shown: str = "shared"
    done: bool = False


@dataclass(frozen=True)
class Version:
    """`content` names a maker of documents in the story's module."""

    by: str
    note: str
    content: bytes


@dataclass(frozen=True)
class Document:
    key: str
    name: str
    media_type: str
    versions: tuple[Version, ...]
    audience: str = "shared"


@dataclass(frozen=True)
class Talk:
    """A thread: `about` is `project`, `item:<key>`, `file:<key>` or `request:<key>`."""

    about: str
    audience: str
    messages: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Ask:
    """A request and the steps that were taken on it."""

    key: str
    by: str
    title: str
    kind: str
    urgency: str
    text: str
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = ()


@dataclass(frozen=True)
class Project:
    title: str
    goal: str
    status: str
    status_text: str
    lead: str
    contacts: tuple[tuple[str, str], ...]
    touchpoint: tuple[int, str, int]  # working days from today, title, minutes
    span: tuple[int, int]
    phases: tuple[Phase, ...]
    documents: tuple[Document, ...]
    talks: tuple[Talk, ...]
    requests: tuple[Ask, ...]
    report: tuple[str, str]


@dataclass(frozen=True)
class House:
    """A customer with its people: key → (address, name, role)."""

    slug: str
    name: str
    language: str
    people: dict[str, tuple[str, str, str]]
    brand: dict[str, Any]
    projects: tuple[Project, ...]
    private: tuple[Talk, ...] = field(default=())
