"""What people do with files: make one, check it out and in, annotate and restore a version."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.database import Database
from atrium_chassis.idempotency import once
from atrium_chassis.problems import Conflict, Forbidden
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Viewer
from sqlalchemy.exc import IntegrityError

from atrium_files.access import writer
from atrium_files.checks.schedule import schedule_check
from atrium_files.library import model
from atrium_files.library.model import Audience, File, NotNow, Version
from atrium_files.library.records import (
    add_file,
    add_version,
    customer_of_project,
    load_file,
    load_version,
    load_versions,
    save_file,
    save_version,
)
from atrium_files.store.keys import content_key


async def create_file(
    database: Database, viewer: Viewer, project_id: UUID, *, name: str, audience: Audience, key: str | None
) -> UUID:
    """A file without versions. Raises NotFound, Conflict or RuleBroken."""
    person = writer(viewer)
    cleaned = model.clean_name(name)
    body = {"project": str(project_id), "name": cleaned, "audience": audience}
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            customer, active = await customer_of_project(connection, viewer, project_id)
            model.check_audience(audience, viewer.side)
            if not active:
                raise NotNow("project_closed", "This project is closed; it takes no new files.")
            new = File(customer, uuid4(), project_id, cleaned, audience, 1, None, 0, None, None)
            try:
                async with connection.begin_nested():
                    await add_file(connection, new, person)
            except IntegrityError as error:
                raise Conflict("name_taken", "There is a file of this name already: add a version to it.") from error
            return {"file": str(new.file_id)}

        answer = await once(connection, viewer, operation="create_file", key=key, body=body, act=act)
    return UUID(answer["file"])


async def lock_file(database: Database, viewer: Viewer, file_id: UUID, expected: int | None) -> None:
    """Check the file out, so that others cannot add versions meanwhile."""
    person = writer(viewer)
    async with database.transaction(viewer) as connection:
        file = await load_file(connection, viewer, file_id, to_change=True)
        require_revision(file.revision, expected)
        locked = model.lock(file, person, now())
        if locked != file:
            await save_file(connection, locked, person)


async def unlock_file(database: Database, viewer: Viewer, file_id: UUID, expected: int | None) -> None:
    person = writer(viewer)
    async with database.transaction(viewer) as connection:
        file = await load_file(connection, viewer, file_id, to_change=True)
        require_revision(file.revision, expected)
        unlocked = model.unlock(file, person, viewer.role)
        if unlocked != file:
            await save_file(connection, unlocked, person)


async def annotate_version(
    database: Database, viewer: Viewer, file_id: UUID, number: int, *, note: str, expected: int | None
) -> None:
    """Change the note of a version: by who uploaded it, or by who may break a lock."""
    person = writer(viewer)
    async with database.transaction(viewer) as connection:
        file = await load_file(connection, viewer, file_id, to_change=True)
        version = await load_version(connection, file, number)
        require_revision(version.revision, expected)
        if version.uploaded_by != person and viewer.role not in model.LOCK_BREAKERS:
            raise Forbidden("The note of a version is its uploader's.")
        if version.note != note:
            await save_version(connection, replace(version, note=note, revision=version.revision + 1))
            await save_file(connection, model.touched(file), person)


async def restore_version(
    database: Database, viewer: Viewer, file_id: UUID, number: int, *, note: str, key: str | None
) -> int:
    """A new version with the content of an older one; the worker copies and checks it like any other."""
    person = writer(viewer)
    body = {"file": str(file_id), "number": number, "note": note}
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            file = await load_file(connection, viewer, file_id, to_change=True)
            await load_version(connection, file, number)
            model.check_lock(file, person)
            old = model.check_restorable(await load_versions(connection, file), number)
            file = model.with_new_version(file)
            await add_version(connection, file, _copy_of(old, file, person, note))
            await schedule_check(connection, file)
            await save_file(connection, file, person)
            return {"number": file.latest_number}

        answer = await once(connection, viewer, operation="restore_version", key=key, body=body, act=act)
    return int(answer["number"])


def _copy_of(old: Version, file: File, person: UUID, note: str) -> Version:
    return replace(
        old,
        number=file.latest_number,
        status="checking",
        object_key=content_key(file.customer_id),
        copy_from=old.object_key,
        uploaded_by=person,
        uploaded_at=now(),
        note=note,
        restored_from=old.number,
        revision=1,
    )
