"""What readers see of files. The indexes that serve the lists are named in tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.paging import PageRequest, decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.viewer import Viewer
from sqlalchemy import RowMapping, Select, and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.records import customer_of_project, own
from atrium_files.library.tables import file, version
from atrium_files.previews.tables import preview_page

SORT = "-changed_at"
HOME_FILES = 20

_FILE_FIELDS = (
    "customer_id",
    "project_id",
    "name",
    "audience",
    "current_version",
    "latest_number",
    "locked_by",
    "locked_at",
    "created_by",
    "created_at",
    "changed_at",
    "revision",
)
_VERSION_FIELDS = (
    "number",
    "status",
    "reason",
    "sha256",
    "size",
    "media_type",
    "uploaded_by",
    "uploaded_at",
    "note",
    "restored_from",
    "revision",
)
_CURRENT = "current_of_"
_SUMMARY = (
    select(
        file.c.file_id.label("id"),
        *(file.c[name] for name in _FILE_FIELDS),
        *(version.c[name].label(f"{_CURRENT}{name}") for name in _VERSION_FIELDS),
    )
    .select_from(file)
    .outerjoin(
        version,
        and_(
            version.c.customer_id == file.c.customer_id,
            version.c.file_id == file.c.file_id,
            version.c.number == file.c.current_version,
        ),
    )
)


def _summary(row: RowMapping) -> dict[str, Any]:
    current = {name: row[f"{_CURRENT}{name}"] for name in _VERSION_FIELDS}
    return {name: row[name] for name in ("id", *_FILE_FIELDS)} | {
        "current": current if row["current_version"] is not None else None
    }


async def list_files(
    connection: AsyncConnection, viewer: Viewer, page: PageRequest, project_id: UUID | None = None
) -> dict[str, Any]:
    """The files that the viewer may see, those changed last first."""
    filters = str(project_id or "")
    statement = _SUMMARY.where(own(file, viewer)).order_by(file.c.changed_at.desc(), file.c.file_id.desc())
    if project_id is not None:
        statement = statement.where(file.c.project_id == project_id)
    after = decode_cursor(page.cursor, SORT, filters)
    if after is not None:
        statement = statement.where(tuple_(file.c.changed_at, file.c.file_id) < tuple_(*_position(after)))
    rows = (await connection.execute(statement.limit(page.limit + 1))).mappings().all()
    items = [_summary(row) for row in rows[: page.limit]]
    more = len(rows) > page.limit
    last = items[-1] if more else None
    cursor = encode_cursor([last["changed_at"].isoformat(), str(last["id"])], SORT, filters) if last else None
    return {"items": items, "next_cursor": cursor}


def _position(after: list[str]) -> tuple[datetime, UUID]:
    try:
        changed_at, file_id = after
        return datetime.fromisoformat(changed_at), UUID(file_id)
    except ValueError:
        raise Invalid([FieldError("?cursor", "wrong_cursor", "This cursor belongs to another list.")]) from None


async def list_project_files(
    connection: AsyncConnection, viewer: Viewer, page: PageRequest, project_id: UUID
) -> dict[str, Any]:
    """Raises NotFound for a project that is not there, or not the viewer's."""
    await customer_of_project(connection, viewer, project_id)
    return await list_files(connection, viewer, page, project_id)


async def read_file(connection: AsyncConnection, viewer: Viewer, file_id: UUID) -> dict[str, Any]:
    """A file with its stack. Raises NotFound."""
    statement: Select[Any] = _SUMMARY.where(file.c.file_id == file_id, own(file, viewer))
    row = (await connection.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFound
    versions = (
        await connection.execute(
            select(*(version.c[name] for name in _VERSION_FIELDS))
            .where(version.c.customer_id == row["customer_id"], version.c.file_id == file_id)
            .order_by(version.c.number.desc())
        )
    ).mappings()
    stack = [
        {name: found[name] for name in _VERSION_FIELDS} | {"current": found["number"] == row["current_version"]}
        for found in versions
    ]
    return {**_summary(row), "versions": stack}


async def read_version(connection: AsyncConnection, viewer: Viewer, file_id: UUID, number: int) -> dict[str, Any]:
    """Raises NotFound."""
    statement = select(*(version.c[name] for name in _VERSION_FIELDS)).where(
        version.c.file_id == file_id, version.c.number == number, own(version, viewer)
    )
    row = (await connection.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return {name: row[name] for name in _VERSION_FIELDS}


async def latest_files(connection: AsyncConnection, viewer: Viewer) -> dict[str, Any]:
    """The home page's part: the files that got something to read last, with the size of a first page that is drawn."""
    first = and_(
        preview_page.c.customer_id == file.c.customer_id,
        preview_page.c.file_id == file.c.file_id,
        preview_page.c.number == file.c.current_version,
        preview_page.c.page == 1,
    )
    statement = _SUMMARY.add_columns(preview_page.c.width, preview_page.c.height).outerjoin(preview_page, first)
    statement = statement.where(own(file, viewer), file.c.current_version.is_not(None))
    statement = statement.order_by(file.c.changed_at.desc(), file.c.file_id.desc()).limit(HOME_FILES)
    rows = (await connection.execute(statement)).mappings()
    return {"files": [_summary(row) | {"first_page": _first_page(row)} for row in rows]}


def _first_page(row: RowMapping) -> dict[str, float] | None:
    return None if row["width"] is None else {"width": row["width"], "height": row["height"]}
