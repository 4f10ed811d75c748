"""Events of the files service. A file's audience is fixed at creation; private files go to the private topic."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from atrium_contracts.envelope import Audience, EventData, Source

ANY: frozenset[Audience] = frozenset({"internal", "shared", "private"})


class FilesEvent(EventData):
    SOURCE: ClassVar[Source] = "files"
    AUDIENCES: ClassVar[frozenset[Audience]] = ANY


class FileChanged(FilesEvent):
    """Subject `files/<id>`."""

    NAME: ClassVar[str] = "file_changed"
    file_id: UUID
    project_id: UUID
    name: str
    audience: Audience
    current_version: int | None  # the newest ready one
    locked_by: UUID | None = None
    deleted: bool = False


class VersionReady(FilesEvent):
    """Subject `files/<id>/versions/<n>`. The worker has verified hash, size and type."""

    NAME: ClassVar[str] = "version_ready"
    file_id: UUID
    project_id: UUID
    name: str
    number: int
    sha256: str
    size: int  # bytes
    media_type: str
    uploaded_by: UUID
    uploaded_at: datetime
    note: str
    restored_from: int | None = None


class VersionRejected(FilesEvent):
    """Subject `files/<id>/versions/<n>`."""

    NAME: ClassVar[str] = "version_rejected"
    file_id: UUID
    project_id: UUID
    name: str
    number: int
    uploaded_by: UUID
    reason: Literal["hash_mismatch", "size_mismatch", "type_forbidden", "type_mismatch", "infected", "missing"]


class PreviewSettled(FilesEvent):
    """Subject `files/<id>/versions/<n>/preview`. Pictures of the pages can be had now, or never will."""

    NAME: ClassVar[str] = "preview_settled"
    file_id: UUID
    project_id: UUID
    number: int
    state: Literal["ready", "failed"]
