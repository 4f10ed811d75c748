"""What the worker does with a version that is due, in one transaction each: abort, check, or clear up.

The row of the work list stays locked for as long; a worker that dies lets go of it, and the next one starts over.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from atrium_chassis.clock import acting_at
from atrium_chassis.database import Database, continue_as_system
from atrium_chassis.telemetry import log
from atrium_chassis.viewer import Viewer
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.checks.inspection import inspect_content
from atrium_files.checks.model import Declared, judge
from atrium_files.checks.tables import work
from atrium_files.library import model as library
from atrium_files.library.model import File, Reason, Version
from atrium_files.library.records import load_file, load_version, save_file, save_version, tell_settled
from atrium_files.previews.schedule import schedule_preview
from atrium_files.store.keys import INCOMING
from atrium_files.store.objects import Missing, ObjectStore
from atrium_files.transfers.tables import upload

LONGEST_PAUSE_SECONDS = 300
SERVICE = "files"


@dataclass(frozen=True)
class Due:
    customer_id: UUID
    file_id: UUID
    number: int
    attempts: int
    acting_at: datetime | None


class Interrupted(Exception):
    """The worker is stopping; what it was at stays due."""


async def work_off_one(database: Database, store: ObjectStore, stopping: Callable[[], bool]) -> bool:
    """Do what is due first; False when nothing is, or when the worker stops."""
    due: Due | None = None
    try:
        async with database.transaction(Viewer.system(None)) as connection:
            due = await _take(connection)
            if due is None:
                return False
            await continue_as_system(connection, SERVICE, due.customer_id)
            with acting_at(due.acting_at):
                await _settle(connection, store, due, stopping)
    except Interrupted:
        return False
    except Exception as error:  # whatever it was, the version stays due and the others go on
        if due is None:
            raise
        log.warning("check_failed", file=str(due.file_id), number=due.number, error=type(error).__name__)
        await _postpone(database, due)
    return True


async def _take(connection: AsyncConnection) -> Due | None:
    statement = (
        select(*(work.c[name] for name in Due.__dataclass_fields__))
        .where(work.c.due_at <= func.now())
        .order_by(work.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await connection.execute(statement)).mappings().one_or_none()
    return None if row is None else Due(**row)


async def _settle(connection: AsyncConnection, store: ObjectStore, due: Due, stopping: Callable[[], bool]) -> None:
    viewer = Viewer.system(due.customer_id)
    file = await load_file(connection, viewer, due.file_id)
    version = await load_version(connection, file, due.number)
    match version.status:
        case "uploading":
            await _reject(connection, viewer, version, "missing")
        case "checking":
            await _check(connection, store, viewer, file, version, stopping)
        case "ready" | "rejected":
            await _clear_up(connection, store, version)


async def _check(
    connection: AsyncConnection,
    store: ObjectStore,
    viewer: Viewer,
    file: File,
    version: Version,
    stopping: Callable[[], bool],
) -> None:
    def stop() -> None:
        if stopping():
            raise Interrupted

    try:
        if version.copy_from is not None and await asyncio.to_thread(store.size, version.object_key) is None:
            await asyncio.to_thread(store.copy, version.copy_from, version.object_key)
        inspected = await asyncio.to_thread(inspect_content, store.read(version.object_key), stop)
    except Missing:
        await _reject(connection, viewer, version, "missing")
        return
    verdict = judge(Declared(file.name, version.media_type, version.sha256, version.size), inspected)
    if verdict.reason is not None:
        await _reject(connection, viewer, version, verdict.reason)
        return
    ready = library.moved(version, "ready")
    ready = replace(ready, sha256=inspected.sha256, size=inspected.size, media_type=verdict.media_type)
    current = await load_file(connection, viewer, file.file_id, to_change=True)
    await _save(connection, library.with_ready_version(current, ready.number), ready)
    await schedule_preview(connection, current, ready)


async def _reject(connection: AsyncConnection, viewer: Viewer, version: Version, reason: Reason) -> None:
    file = await load_file(connection, viewer, version.file_id, to_change=True)
    await _save(connection, library.touched(file), library.moved(version, "rejected", reason))


async def _save(connection: AsyncConnection, file: File, settled: Version) -> None:
    """The version stays due, to be cleared up after."""
    await save_version(connection, settled)
    await tell_settled(connection, file, settled)
    await save_file(connection, file, settled.uploaded_by)


async def _clear_up(connection: AsyncConnection, store: ObjectStore, version: Version) -> None:
    """Remove what the store has and nobody needs; with that the version is off the list."""
    if version.status == "rejected":
        multipart_id = await _multipart_id(connection, version)
        if multipart_id is not None:
            await asyncio.to_thread(store.abort_upload, version.object_key, multipart_id)
        await asyncio.to_thread(store.remove, version.object_key)
    if version.copy_from is not None and version.copy_from.startswith(INCOMING):
        await asyncio.to_thread(store.remove, version.copy_from)
    await connection.execute(
        delete(work).where(
            work.c.customer_id == version.customer_id,
            work.c.file_id == version.file_id,
            work.c.number == version.number,
        )
    )


async def _multipart_id(connection: AsyncConnection, version: Version) -> str | None:
    statement = select(upload.c.multipart_id).where(
        upload.c.customer_id == version.customer_id,
        upload.c.file_id == version.file_id,
        upload.c.number == version.number,
    )
    return (await connection.execute(statement)).scalar_one_or_none()


async def _postpone(database: Database, due: Due) -> None:
    pause = timedelta(seconds=min(2**due.attempts, LONGEST_PAUSE_SECONDS))
    async with database.transaction(Viewer.system(due.customer_id)) as connection:
        await connection.execute(
            update(work)
            .where(work.c.customer_id == due.customer_id, work.c.file_id == due.file_id, work.c.number == due.number)
            .values(due_at=func.now() + pause, attempts=work.c.attempts + 1)
        )
