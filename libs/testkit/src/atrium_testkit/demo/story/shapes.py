"""The forms that the story is written in."""

from dataclasses import dataclass, field
from typing import Any

from atrium_testkit.demo.calendar import When


@dataclass(frozen=True)
class Step:
    """A step of an item's workflow."""

    when: When
    by: str
    transition: str
    says: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One item of a plan. `due`, `until`, `since` and `born` count working days from today; people are keys such as `jan`.

    It is planned on the day `born`, by default its phase's, and goes to `state` by the workflow's own steps, the last
    of them on the day `since`, by default when it was due. `steps` tell instead what went another way.
    """

    title: str
    due: int | None = None
    shown: str = "shared"  # visibility
    kind: str = "task"
    reads: str = ""  # the customer's title, where it differs
    note: str = ""
    internal: str = ""
    workflow: str = "task"
    state: str | None = None
    since: int | None = None
    born: int | None = None
    says: str = ""  # with the last step
    steps: tuple[Step, ...] = ()
    owner: str = "jan"
    asked: tuple[str, ...] = ()
    third: str = ""
    hours: float | None = None
    file: str = ""
    key: str = ""
    until: int | None = None


@dataclass(frozen=True)
class Phase:
    title: str
    due: int
    lines: tuple[Line, ...]
    born: int
    shown: str = "shared"
    done: int | None = None


@dataclass(frozen=True)
class Version:
    """`content` names a maker of documents in the story's module."""

    when: When
    by: str
    note: str
    content: bytes


@dataclass(frozen=True)
class Approval:
    """A decision on the version that was newest then."""

    when: When
    by: str
    item: str
    comment: str = ""


@dataclass(frozen=True)
class Document:
    key: str
    name: str
    media_type: str
    versions: tuple[Version, ...]
    audience: str = "shared"
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True)
class Message:
    when: When
    by: str
    text: str


@dataclass(frozen=True)
class Talk:
    """A thread: `about` is `project`, `item:<key>`, `file:<key>`, `request:<key>` or `figure:<key>`.

    `point`: where on which page of the file, as `page=…&x=…&y=…`; `closed`: when, and by whom.
    """

    about: str
    audience: str
    messages: tuple[Message, ...]
    title: str = ""
    point: str = ""
    closed: tuple[When, str] | None = None


@dataclass(frozen=True)
class Ask:
    """A request and the steps that were taken on it: when, by whom, which, and what is sent along."""

    key: str
    when: When
    by: str
    title: str
    kind: str
    urgency: str
    text: str
    steps: tuple[tuple[When, str, str, dict[str, Any]], ...] = ()


@dataclass(frozen=True)
class Status:
    when: When
    status: str
    text: str


@dataclass(frozen=True)
class Project:
    title: str
    goal: str
    statuses: tuple[Status, ...]
    lead: str
    contacts: tuple[tuple[str, str], ...]
    touchpoint: tuple[int, str, int]  # working days from today, title, minutes
    span: tuple[int, int]
    phases: tuple[Phase, ...]
    documents: tuple[Document, ...]
    talks: tuple[Talk, ...]
    requests: tuple[Ask, ...]
    report: tuple[When, str, str]


@dataclass(frozen=True)
class House:
    """A customer with its people: key → (address, name, role)."""

    slug: str
    name: str
    language: str
    time_zone: str
    people: dict[str, tuple[str, str, str]]
    brand: dict[str, Any]
    projects: tuple[Project, ...]
    private: tuple[Talk, ...] = field(default=())
