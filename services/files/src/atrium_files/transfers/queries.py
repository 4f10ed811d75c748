"""What an uploader and a downloader need to know."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Viewer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library import model as library
from atrium_files.library.records import load_file, load_version, own
from atrium_files.store.objects import Missing, ObjectStore, StoredPart
from atrium_files.store.signing import Signer
from atrium_files.transfers.model import disposition, plan_parts, served_type
from atrium_files.transfers.tables import upload


@dataclass(frozen=True)
class Upload:
    """`multipart_id`, `size` and `part_size` are None for an upload by form."""

    upload_id: UUID
    file_id: UUID
    number: int
    object_key: str
    multipart_id: str | None
    size: int | None
    part_size: int | None
    part_sha256: list[str] | None


_UPLOAD = [upload.c[name] for name in Upload.__dataclass_fields__]


async def load_upload(connection: AsyncConnection, viewer: Viewer, upload_id: UUID) -> Upload:
    """An upload is its uploader's alone. Raises NotFound."""
    statement = select(*_UPLOAD).where(
        upload.c.upload_id == upload_id, upload.c.person_id == viewer.person, own(upload, viewer)
    )
    row = (await connection.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return Upload(**row)


async def read_upload(
    connection: AsyncConnection, store: ObjectStore, signer: Signer, viewer: Viewer, upload_id: UUID, seconds: int
) -> dict[str, Any]:
    """Which parts are there, and fresh addresses for those that are not. Raises NotFound."""
    found = await load_upload(connection, viewer, upload_id)
    file = await load_file(connection, viewer, found.file_id)
    version = await load_version(connection, file, found.number)
    stored: dict[int, StoredPart] = {}
    if version.status == "uploading" and found.multipart_id is not None:
        stored = await _stored(store, found.object_key, found.multipart_id)
    is_open = version.status == "uploading" and found.multipart_id is not None
    return {
        "upload": found.upload_id,
        "file": found.file_id,
        "number": found.number,
        "status": version.status,
        "size": found.size,
        "part_size": found.part_size,
        "parts": _parts(found, stored, signer, seconds) if is_open else [],
        "expires_at": datetime.now(UTC) + timedelta(seconds=seconds),
    }


async def _stored(store: ObjectStore, key: str, multipart_id: str) -> dict[int, StoredPart]:
    try:
        return {part.number: part for part in await asyncio.to_thread(store.stored_parts, key, multipart_id)}
    except Missing:
        return {}


def _parts(found: Upload, stored: dict[int, StoredPart], signer: Signer, seconds: int) -> list[dict[str, Any]]:
    """A part that is there with its planned size needs no address; any other gets one."""
    parts: list[dict[str, Any]] = []
    for planned in plan_parts(found.size or 0, found.part_size or 1):
        there = stored.get(planned.number)
        if there is not None and there.size == planned.size:
            parts.append({"number": planned.number, "size": planned.size, "etag": there.etag})
            continue
        signed = signer.part(
            found.object_key,
            found.multipart_id or "",
            planned.number,
            size=planned.size,
            checksum=found.part_sha256[planned.number - 1] if found.part_sha256 else None,
            seconds=seconds,
        )
        parts.append(
            {
                "number": planned.number,
                "size": planned.size,
                "etag": None,
                "url": signed.url,
                "headers": signed.headers,
            }
        )
    return parts


async def download_address(
    connection: AsyncConnection, signer: Signer, viewer: Viewer, file_id: UUID, number: int, seconds: int
) -> str:
    """Where the content of a ready version is, for some seconds. Raises NotFound or NotNow."""
    file = await load_file(connection, viewer, file_id)
    version = await load_version(connection, file, number)
    library.check_downloadable(version)
    return signer.download(version.object_key, disposition(file.name), served_type(version.media_type), seconds)
