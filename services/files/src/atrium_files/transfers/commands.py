"""Uploads: begun, completed. The store's part happens inside the transaction, so that a failure there undoes the rest;
what it then holds without a row is removed by the worker."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.database import Database
from atrium_chassis.idempotency import once
from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Viewer
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.access import writer
from atrium_files.checks.schedule import bring_forward, schedule_abort
from atrium_files.library import model as library
from atrium_files.library.model import File, NotNow, RuleBroken, Version
from atrium_files.library.records import add_version, load_file, load_version, save_file, save_version
from atrium_files.store.keys import content_key, incoming_key
from atrium_files.store.objects import Missing, NamedPart, ObjectStore, WrongParts
from atrium_files.transfers.model import check_checksums, check_parts_named, check_size, part_size_for, plan_parts
from atrium_files.transfers.queries import Upload, load_upload
from atrium_files.transfers.tables import upload as uploads


@dataclass(frozen=True)
class Limits:
    bytes: int
    deadline: timedelta


@dataclass(frozen=True)
class Intended:
    """What an uploader declares. `size` and `sha256` are None for a form, whose browser cannot tell them."""

    media_type: str
    note: str
    size: int | None = None
    sha256: str | None = None
    part_size: int | None = None
    part_sha256: list[str] | None = None

    def body(self, file_id: UUID) -> dict[str, Any]:
        return {"file": str(file_id), **self.__dict__}


async def start_upload(
    database: Database,
    store: ObjectStore,
    limits: Limits,
    viewer: Viewer,
    file_id: UUID,
    intended: Intended,
    key: str | None,
) -> UUID:
    """Reserve the file's next version for an upload in parts. Raises NotFound, Forbidden or RuleBroken."""
    size = intended.size or 0
    check_size(size, limits.bytes)
    part_size = part_size_for(size, intended.part_size)
    check_checksums(plan_parts(size, part_size), intended.part_sha256)

    async def begin(file: File) -> dict[str, Any]:
        object_key = content_key(file.customer_id)
        multipart_id = await asyncio.to_thread(
            store.start_upload, object_key, with_checksums=intended.part_sha256 is not None
        )
        return {
            "object_key": object_key,
            "multipart_id": multipart_id,
            "size": size,
            "part_size": part_size,
            "part_sha256": intended.part_sha256,
        }

    return await _start(database, limits, viewer, file_id, intended, key, begin)


async def start_form_upload(
    database: Database, limits: Limits, viewer: Viewer, file_id: UUID, intended: Intended, key: str | None
) -> UUID:
    """Reserve the file's next version for a form, which sends to a place of its own: it could be sent twice."""

    async def begin(file: File) -> dict[str, Any]:
        return {"object_key": incoming_key(file.customer_id)}

    return await _start(database, limits, viewer, file_id, intended, key, begin)


async def _start(
    database: Database,
    limits: Limits,
    viewer: Viewer,
    file_id: UUID,
    intended: Intended,
    key: str | None,
    begin: Callable[[File], Awaitable[dict[str, Any]]],
) -> UUID:
    person = writer(viewer)
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            file = await load_file(connection, viewer, file_id, to_change=True)
            library.check_lock(file, person)
            file = library.with_new_version(file)
            place = await begin(file)
            upload_id = uuid4()
            await add_version(connection, file, _reserved(file, person, intended, place))
            await _add_upload(connection, upload_id, file, person, place)
            await schedule_abort(connection, file, limits.deadline)
            await save_file(connection, file, person)
            return {"upload": str(upload_id)}

        body = intended.body(file_id)
        answer = await once(connection, viewer, operation="start_upload", key=key, body=body, act=act)
    return UUID(answer["upload"])


def _reserved(file: File, person: UUID, intended: Intended, place: dict[str, Any]) -> Version:
    in_parts = "multipart_id" in place
    return Version(
        customer_id=file.customer_id,
        file_id=file.file_id,
        number=file.latest_number,
        status="uploading",
        reason=None,
        sha256=intended.sha256,
        size=intended.size,
        media_type=intended.media_type,
        object_key=place["object_key"] if in_parts else content_key(file.customer_id),
        copy_from=None if in_parts else place["object_key"],
        uploaded_by=person,
        uploaded_at=now(),
        note=intended.note,
        restored_from=None,
        revision=1,
    )


async def _add_upload(
    connection: AsyncConnection, upload_id: UUID, file: File, person: UUID, place: dict[str, Any]
) -> None:
    await connection.execute(
        insert(uploads).values(
            customer_id=file.customer_id,
            upload_id=upload_id,
            file_id=file.file_id,
            number=file.latest_number,
            project_id=file.project_id,
            audience=file.audience,
            person_id=person,
            started_at=datetime.now(UTC),
            **place,
        )
    )


async def complete_upload(
    database: Database,
    store: ObjectStore,
    viewer: Viewer,
    upload_id: UUID,
    parts: list[tuple[int, str]],
    key: str | None,
) -> tuple[UUID, int]:
    """Put the parts together and hand the version to its check; the file and the version's number.

    Completing twice is fine. Raises NotFound, NotNow when it was aborted, or RuleBroken for parts that do not fit.
    """
    person = writer(viewer)
    body = {"upload": str(upload_id), "parts": parts}
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            upload = await load_upload(connection, viewer, upload_id)
            await _complete(connection, store, viewer, person, upload, parts)
            return {"file": str(upload.file_id), "number": upload.number}

        answer = await once(connection, viewer, operation="complete_upload", key=key, body=body, act=act)
    return UUID(answer["file"]), int(answer["number"])


async def _complete(
    connection: AsyncConnection,
    store: ObjectStore,
    viewer: Viewer,
    person: UUID,
    upload: Upload,
    parts: list[tuple[int, str]],
) -> None:
    file = await load_file(connection, viewer, upload.file_id)
    if await _is_completed(connection, file, upload):
        return
    # The worker takes its list's row before the file's; so does this.
    await bring_forward(connection, file, upload.number)
    file = await load_file(connection, viewer, upload.file_id, to_change=True)
    if await _is_completed(connection, file, upload):
        return
    library.check_lock(file, person)
    await _assemble(store, upload, parts)
    version = library.moved(await load_version(connection, file, upload.number), "checking")
    await save_version(connection, replace(version, uploaded_at=now()))
    await save_file(connection, library.touched(file), person)


async def _is_completed(connection: AsyncConnection, file: File, upload: Upload) -> bool:
    """Whether the version is past its upload already. Raises NotNow when the upload was aborted."""
    version = await load_version(connection, file, upload.number)
    if version.reason == "missing":
        raise NotNow("upload_aborted", "This upload was not completed in time. Start a new one.")
    return version.status != "uploading"


async def _assemble(store: ObjectStore, upload: Upload, parts: list[tuple[int, str]]) -> None:
    if upload.multipart_id is None or upload.part_size is None or upload.size is None:
        if await asyncio.to_thread(store.size, upload.object_key) is None:
            raise NotNow("nothing_received", "The form has not been sent yet.")
        return
    check_parts_named(plan_parts(upload.size, upload.part_size), [number for number, _ in parts])
    sums = upload.part_sha256 or []
    named = [NamedPart(number, etag.strip('"'), sums[number - 1] if sums else None) for number, etag in sorted(parts)]
    try:
        await asyncio.to_thread(store.complete_upload, upload.object_key, upload.multipart_id, named)
    except WrongParts:
        raise RuleBroken("wrong_parts", "The store has other parts than these. Send them again.", "/parts") from None
    except Missing:
        raise NotFound from None
