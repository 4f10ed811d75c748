"""Shapes of the library's answers and bodies."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from atrium_files.library.model import LONGEST_NOTE, Audience, Reason, Status

Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE)]

VERSION_EXAMPLE: dict[str, Any] = {
    "number": 3,
    "status": "ready",
    "reason": None,
    "sha256": "9f2c4d0a7be15f6c3a8d21e0b4975cc86e1f03d2a9b7c5e4f6081d3a2b5ca41e",
    "size": 2516582,
    "media_type": "application/pdf",
    "uploaded_by": "0d6f4a52-6f0e-4a0c-9a5e-0c8f5d1f7a11",
    "uploaded_at": "2026-11-17T09:12:44Z",
    "note": "Priority 2 from 60 to 30 seconds",
    "restored_from": None,
    "revision": 2,
}
FILE_EXAMPLE: dict[str, Any] = {
    "id": "5f0c7c1e-2d8a-4c7f-8a42-0f6f5b9a3e10",
    "customer_id": "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    "project_id": "c56a4180-65aa-42ec-a945-5fd21dec0538",
    "name": "Alarm philosophy.pdf",
    "audience": "shared",
    "current_version": 3,
    "latest_number": 3,
    "locked_by": None,
    "locked_at": None,
    "created_by": "0d6f4a52-6f0e-4a0c-9a5e-0c8f5d1f7a11",
    "created_at": "2026-10-06T08:00:00Z",
    "changed_at": "2026-11-17T09:12:51Z",
    "revision": 11,
    "current": VERSION_EXAMPLE,
}
STACK_EXAMPLE: list[Any] = [{**VERSION_EXAMPLE, "current": True}]


class VersionView(BaseModel):
    """`sha256` and `size` are verified once the status is `ready`; before, they are as declared."""

    model_config = ConfigDict(json_schema_extra={"example": VERSION_EXAMPLE})

    number: int
    status: Status
    reason: Reason | None
    sha256: str | None
    size: int | None
    media_type: str
    uploaded_by: UUID
    uploaded_at: datetime
    note: str
    restored_from: int | None
    revision: int


class StackedVersion(VersionView):
    """`current`: the newest ready one of its file."""

    model_config = ConfigDict(json_schema_extra={"example": STACK_EXAMPLE[0]})

    current: bool


class FileSummary(BaseModel):
    """A file with its newest ready version as `current`, which is None before the first."""

    model_config = ConfigDict(json_schema_extra={"example": FILE_EXAMPLE})

    id: UUID
    customer_id: UUID
    project_id: UUID
    name: str
    audience: Audience
    current_version: int | None
    latest_number: int
    locked_by: UUID | None
    locked_at: datetime | None
    created_by: UUID
    created_at: datetime
    changed_at: datetime
    revision: int
    current: VersionView | None


class FileView(FileSummary):
    """A file with its whole stack, newest first."""

    model_config = ConfigDict(json_schema_extra={"example": {**FILE_EXAMPLE, "versions": STACK_EXAMPLE}})

    versions: list[StackedVersion]


class PageSize(BaseModel):
    """In points of 1/72 inch; of a picture in pixels."""

    width: float
    height: float


class LatestFile(FileSummary):
    """A file with the size of its current version's first page; None until that is drawn, or where it cannot be."""

    first_page: PageSize | None


class HomePart(BaseModel):
    files: list[LatestFile]


class NewFile(Body):
    model_config = ConfigDict(json_schema_extra={"example": {"name": "Alarm philosophy.pdf", "audience": "shared"}})

    name: Annotated[str, StringConstraints(max_length=1000)]
    audience: Audience


class VersionChange(Body):
    model_config = ConfigDict(json_schema_extra={"example": {"note": "With the remarks of 12 November"}})

    note: Note


class Restoration(Body):
    model_config = ConfigDict(json_schema_extra={"example": {"note": "Back to the signed state"}})

    note: Note = Field("", description="Why it is restored.")
