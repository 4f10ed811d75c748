"""A project of the workspace: what stands above all its parts. Templates `staff/plan.html`, `staff/project.html`
(parts: files, talk, talks, requests, reports) and `staff/project-settings.html`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from atrium_gateway.pages.presenting.report import ReportsPage
from atrium_gateway.pages.presenting.shapes import Choice, FileLine, Form, Health, Person, Stale, TalkLine
from atrium_gateway.pages.presenting.staff import CustomerRef, StaffRequests
from atrium_gateway.pages.presenting.thread import Thread


@dataclass(frozen=True, slots=True)
class ProjectHead:
    """The head and its tabs. `counts` has how much each part holds, where that is known."""

    id: str
    title: str
    customer: CustomerRef
    health: Health
    next_due: date | None = None
    team: tuple[Person, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    view_as_url: str = ""

    @property
    def url(self) -> str:
        return f"/projects/{self.id}"


@dataclass(frozen=True, slots=True)
class ProjectPart:
    """`/projects/{id}/files`, `/threads`, `/requests`, `/reports`: `tab` says which."""

    head: ProjectHead
    tab: str
    requests: StaffRequests
    reports: ReportsPage
    files: tuple[FileLine, ...] = ()
    upload: Form | None = None
    talks: tuple[TalkLine, ...] = ()
    threads: tuple[Thread, ...] = ()
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """`/projects/{id}/settings`. `form` posts `title`, `goal`, `status`, `status_text`, `lead`, `starts_on`, `ends_on`,
    `touch_at`, `touch_title`, `touch_minutes` and, for each of `contacts`, `part_<person>`; `contact` names them.

    `late`: it came after somebody else's change.
    """

    head: ProjectHead
    form: Form
    states: tuple[Choice, ...] = ()
    leads: tuple[Choice, ...] = ()
    contacts: tuple[Person, ...] = ()
    chosen: frozenset[str] = frozenset()
    late: Stale | None = None
