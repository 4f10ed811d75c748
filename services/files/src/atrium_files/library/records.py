"""Loading and saving files and versions, with the events that tell of it. All within the caller's transaction."""

from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from atrium_chassis.clock import now
from atrium_chassis.events import record
from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Viewer
from atrium_contracts.files import FileChanged, VersionReady, VersionRejected
from sqlalchemy import ColumnElement, Select, Table, Update, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.model import File, Version, name_key
from atrium_files.library.tables import file, project, version

_FILE = [file.c[name] for name in File.__dataclass_fields__]
_VERSION = [version.c[name] for name in Version.__dataclass_fields__]


def own(table: Table, viewer: Viewer) -> ColumnElement[bool]:
    """What the policies say too, said to the planner."""
    return true() if viewer.customer is None else table.c.customer_id == viewer.customer


async def customer_of_project(connection: AsyncConnection, viewer: Viewer, project_id: UUID) -> tuple[UUID, bool]:
    """The project's customer, and whether the project is active. Raises NotFound."""
    statement = select(project.c.customer_id, project.c.active).where(
        project.c.project_id == project_id, own(project, viewer)
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row.customer_id, row.active


async def load_file(connection: AsyncConnection, viewer: Viewer, file_id: UUID, *, to_change: bool = False) -> File:
    """Raises NotFound. A file that is loaded to change is locked until the transaction ends."""
    statement = select(*_FILE).where(file.c.file_id == file_id, own(file, viewer))
    return File(**await _one(connection, statement.with_for_update() if to_change else statement))


async def load_version(connection: AsyncConnection, of: File, number: int) -> Version:
    """Raises NotFound."""
    return Version(**await _one(connection, _versions_of(of).where(version.c.number == number)))


async def load_versions(connection: AsyncConnection, of: File) -> list[Version]:
    rows = (await connection.execute(_versions_of(of))).mappings()
    return [Version(**row) for row in rows]


def _versions_of(of: File) -> Select[Any]:
    return select(*_VERSION).where(version.c.customer_id == of.customer_id, version.c.file_id == of.file_id)


async def _one(connection: AsyncConnection, statement: Select[Any]) -> dict[str, Any]:
    row = (await connection.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return cast(dict[str, Any], row)


async def add_file(connection: AsyncConnection, new: File, actor: UUID | None) -> None:
    values = asdict(new) | {"name_key": name_key(new.name), "created_by": actor}
    moment = now()
    await connection.execute(insert(file).values(**values, created_at=moment, changed_at=moment))
    await _tell_file(connection, new, actor)


async def save_file(connection: AsyncConnection, changed: File, actor: UUID | None) -> None:
    """Save what a change of the file or of its stack moved, and tell of it."""
    await connection.execute(
        update(file)
        .where(file.c.customer_id == changed.customer_id, file.c.file_id == changed.file_id)
        .values(
            current_version=changed.current_version,
            latest_number=changed.latest_number,
            locked_by=changed.locked_by,
            locked_at=changed.locked_at,
            revision=changed.revision,
            changed_at=now(),
        )
    )
    await _tell_file(connection, changed, actor)


async def add_version(connection: AsyncConnection, of: File, new: Version) -> None:
    await connection.execute(insert(version).values(**asdict(new), project_id=of.project_id, audience=of.audience))


async def save_version(connection: AsyncConnection, changed: Version) -> None:
    statement: Update = (
        update(version)
        .where(
            version.c.customer_id == changed.customer_id,
            version.c.file_id == changed.file_id,
            version.c.number == changed.number,
        )
        .values(
            status=changed.status,
            reason=changed.reason,
            sha256=changed.sha256,
            size=changed.size,
            media_type=changed.media_type,
            copy_from=changed.copy_from,
            uploaded_at=changed.uploaded_at,
            note=changed.note,
            revision=changed.revision,
        )
    )
    await connection.execute(statement)


async def _tell_file(connection: AsyncConnection, of: File, actor: UUID | None) -> None:
    data = FileChanged(
        file_id=of.file_id,
        project_id=of.project_id,
        name=of.name,
        audience=of.audience,
        current_version=of.current_version,
        locked_by=of.locked_by,
    )
    await record(
        connection,
        data,
        subject=f"files/{of.file_id}",
        customer=of.customer_id,
        audience=of.audience,
        revision=of.revision,
        key=of.file_id,
        actor=actor,
    )


async def tell_settled(connection: AsyncConnection, of: File, settled: Version) -> None:
    """Tell that a version has become ready, or was rejected."""
    data: VersionReady | VersionRejected
    if settled.status == "ready" and settled.sha256 is not None and settled.size is not None:
        data = VersionReady(
            file_id=of.file_id,
            project_id=of.project_id,
            name=of.name,
            number=settled.number,
            sha256=settled.sha256,
            size=settled.size,
            media_type=settled.media_type,
            uploaded_by=settled.uploaded_by,
            uploaded_at=settled.uploaded_at,
            note=settled.note,
            restored_from=settled.restored_from,
        )
    else:
        data = VersionRejected(
            file_id=of.file_id,
            project_id=of.project_id,
            name=of.name,
            number=settled.number,
            uploaded_by=settled.uploaded_by,
            reason=settled.reason or "missing",
        )
    await record(
        connection,
        data,
        subject=f"files/{of.file_id}/versions/{settled.number}",
        customer=of.customer_id,
        audience=of.audience,
        revision=settled.revision,
        key=of.file_id,
        actor=settled.uploaded_by,
    )
