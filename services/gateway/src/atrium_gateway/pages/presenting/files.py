"""`/files` and `/files/{id}`. Templates `portal/files.html` (part: list), `portal/file.html` (parts: page, versions,
talk); staff use the same shapes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import Audience, FileLine, Form, Person, Turn, Verb
from atrium_gateway.pages.presenting.thread import Thread

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
    """One version of the stack. `reason` says why it was rejected; `restore` is absent where it makes no sense."""

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


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file with its versions. `preview_url` shows the current one's first page, where there is a preview."""

    id: str
    name: str
    extension: str
    project_id: str
    project: str
    media_type: str = ""
    versions: tuple[FileVersion, ...] = ()
    preview_url: str = ""
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
    missing: frozenset[str] = frozenset()

    @property
    def current(self) -> FileVersion | None:
        return next((version for version in self.versions if version.status in ("current", "approved")), None)
