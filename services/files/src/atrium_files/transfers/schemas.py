"""Shapes of the transfers' answers and bodies."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from atrium_files.library.model import Status
from atrium_files.library.schemas import Note

# type/subtype of RFC 6838; parameters are no part of what a file is
MediaType = Annotated[
    str,
    StringConstraints(
        to_lower=True, max_length=255, pattern=r"^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*$"
    ),
]
Sha256 = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]
Base64Sha256 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}=$")]

_UPLOAD: dict[str, Any] = {
    "upload": "7e3c1d52-0c4e-4d39-9b0c-5a1f1b2c3d4e",
    "file": "5f0c7c1e-2d8a-4c7f-8a42-0f6f5b9a3e10",
    "number": 4,
    "status": "uploading",
    "size": 12582912,
    "part_size": 8388608,
    "parts": [
        {"number": 1, "size": 8388608, "etag": "4f08eef4096726bff1125e1b1b734644"},
        {
            "number": 2,
            "size": 4194304,
            "etag": None,
            "url": "https://files.example/atrium/content/…?partNumber=2&X-Amz-Signature=…",
            "headers": {},
        },
    ],
    "expires_at": "2026-11-17T09:27:44Z",
}


class NewUpload(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "size": 12582912,
                "sha256": "9f2c4d0a7be15f6c3a8d21e0b4975cc86e1f03d2a9b7c5e4f6081d3a2b5ca41e",
                "media_type": "application/pdf",
                "note": "Stations from 4 to 12",
            }
        }
    )

    size: int = Field(ge=0, description="Bytes.")
    sha256: Sha256 = Field(description="Of the whole content, hex.")
    media_type: MediaType = "application/octet-stream"
    note: Note = Field("", description="Why there is a new version.")
    part_size: int | None = Field(None, description="Bytes of all parts but the last; else the service chooses.")
    part_sha256: Annotated[list[Base64Sha256], Field(min_length=1, max_length=1000)] | None = Field(
        None, description="SHA-256 of each part (base64); the store then refuses other bytes."
    )


class NewFormUpload(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"media_type": "application/pdf", "note": "", "redirect": "https://portal.example/files/…"}
        }
    )

    media_type: MediaType = "application/octet-stream"
    note: Note = ""
    redirect: Annotated[str, StringConstraints(max_length=1000, pattern=r"^https?://[^\s]+$")] | None = Field(
        None, description="Where the store sends the browser afterwards."
    )


class PartView(BaseModel):
    """`etag` is set for a part that the store has; `url` and `headers` are there for one that is to be sent."""

    number: int
    size: int
    etag: str | None
    url: str | None = None
    headers: dict[str, str] | None = None


class UploadView(BaseModel):
    """Send each part by PUT with exactly its size and headers, in any order and in parallel; then complete."""

    model_config = ConfigDict(json_schema_extra={"example": _UPLOAD})

    upload: UUID
    file: UUID
    number: int
    status: Status
    size: int | None
    part_size: int | None
    parts: list[PartView]
    expires_at: datetime


class FormUploadView(BaseModel):
    """Send `fields` and then the file, named `file`, as multipart/form-data to `url`; then complete."""

    upload: UUID
    file: UUID
    url: str
    fields: dict[str, str]
    expires_at: datetime


class NamedPartView(Body):
    number: int = Field(ge=1, le=1000)
    etag: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r'^"?[\w-]+"?$')]


class Completion(Body):
    model_config = ConfigDict(
        json_schema_extra={"example": {"parts": [{"number": 1, "etag": "4f08eef4096726bff1125e1b1b734644"}]}}
    )

    parts: Annotated[list[NamedPartView], Field(max_length=1000)] = Field(
        [], description="What the store answered for each part; empty for a form."
    )
