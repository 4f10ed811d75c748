"""`/files` and `/files/{id}`. Templates `portal/files.html` (part: list), `portal/file.html` (parts: viewer, versions,
points, talk); staff use the same shapes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import Audience, FileLine, Form, Person, Turn, Verb
from atrium_gateway.pages.presenting.thread import Thread
from atrium_gateway.pages.presenting.viewing import NOTHING, NewPoint, Viewer

VersionStatus = Literal["current", "superseded", "draft", "approved", "uploading", "checking", "rejected"]


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one project."""

    project: str
    url: str
    files: tuple[FileLine, ...]
    upload: Form | None = None


@dataclass(frozen=True, slots=True)
class FilesPage:
    """All files this reader may see, by project."""

    groups: tuple[FileGroup, ...] = ()
    next_cursor: str = ""
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One version of the stack. `reason` says why it was rejected; `restore` is absent where it makes no sense.

    `compare_url` leads to what changed since `compared_with`; `open_url` shows the version itself.
    """

    number: int
    status: VersionStatus
    sha256: str = ""
    size: int = 0
    by: Person | None = None
    at: datetime | None = None
    note: str = ""
    reason: str = ""
    approved_by: Person | None = None
    approved_at: datetime | None = None
    superseded_by: int | None = None
    download_url: str = ""
    restore: Form | None = None
    open_url: str = ""
    compare_url: str = ""
    compared_with: int = 0
    asked: Verb | None = None
    """What the reader's side is asked to do with it."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file with its versions, one of which is open in the viewer. `point` is the thread of the chosen point."""

    id: str
    name: str
    extension: str
    project_id: str
    project: str
    media_type: str = ""
    versions: tuple[FileVersion, ...] = ()
    viewer: Viewer = NOTHING
    verb: Verb | None = None
    turn: Turn = "nobody"
    due: date | None = None
    act_url: str = ""
    locked_by: Person | None = None
    locked_until: datetime | None = None
    audience: Audience = "shared"
    upload: Form | None = None
    thread: Thread | None = None
    private_thread: Thread | None = None
    internal_thread: Thread | None = None
    point: Thread | None = None
    new_point: NewPoint | None = None
    missing: frozenset[str] = frozenset()

    @property
    def current(self) -> FileVersion | None:
        return next((version for version in self.versions if version.status in ("current", "approved")), None)

    @property
    def shown(self) -> FileVersion | None:
        """The version in view."""
        return next((version for version in self.versions if version.number == self.viewer.version), None)
