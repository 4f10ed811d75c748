"""What the worker does with a preview that is due.

An attempt is counted before it begins, so that content which takes the whole worker down is given up too. Then the row
of the list stays locked until the preview is drawn: a worker that dies lets go of it, and the next one starts over.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.events import record
from atrium_chassis.telemetry import log
from atrium_chassis.viewer import Viewer
from atrium_contracts.files import PreviewSettled
from sqlalchemy import ColumnElement, Row, Table, and_, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.model import File, Version
from atrium_files.library.records import load_file, load_version
from atrium_files.library.tables import version as versions
from atrium_files.previews.drawer import CannotBeDrawn, Died, Drawer, Drawn, Interrupted
from atrium_files.previews.model import MOST_ATTEMPTS, MOST_BYTES, kind_of, packed
from atrium_files.previews.tables import drawing, preview, preview_page
from atrium_files.store.keys import picture_key, thumbnail_key
from atrium_files.store.objects import Missing, ObjectStore

PAUSE = timedelta(seconds=10)


@dataclass(frozen=True)
class Due:
    customer_id: UUID
    file_id: UUID
    number: int
    attempts: int


async def draw_one(database: Database, store: ObjectStore, drawer: Drawer, stopping: asyncio.Event) -> bool:
    """Draw what is due first; False when nothing is, or when the worker stops."""
    due = await _claim(database)
    if due is None:
        return False
    try:
        async with database.transaction(Viewer.system(due.customer_id)) as connection:
            if await _hold(connection, due):
                await _settle(connection, store, drawer, due, stopping)
    except Interrupted:
        await _give_back(database, due, timedelta(0))
        return False
    except Died as error:
        log.warning("drawing_died", file=str(due.file_id), number=due.number, code=str(error))
    except Exception as error:  # not the content's fault: the store is away
        log.warning("preview_failed", file=str(due.file_id), number=due.number, error=type(error).__name__)
        await _give_back(database, due, PAUSE)
    return True


async def _claim(database: Database) -> Due | None:
    """What is due first, with this attempt counted; it is due again after a pause that grows."""
    first = (
        select(drawing.c.customer_id, drawing.c.file_id, drawing.c.number)
        .where(drawing.c.due_at <= func.now())
        .order_by(drawing.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("first")
    )
    counted = (
        update(drawing)
        .where(*(drawing.c[name] == first.c[name] for name in ("customer_id", "file_id", "number")))
        .values(
            attempts=drawing.c.attempts + 1,
            due_at=func.now() + timedelta(seconds=1) * func.power(2, drawing.c.attempts),
        )
        .returning(*(drawing.c[name] for name in Due.__dataclass_fields__))
    )
    async with database.transaction(Viewer.system(None)) as connection:
        row = (await connection.execute(counted)).mappings().one_or_none()
    return None if row is None else Due(**row)


async def _hold(connection: AsyncConnection, due: Due) -> bool:
    """Whether this attempt is still ours: nobody has counted another since."""
    statement = select(drawing.c.attempts).where(_of(drawing, due)).with_for_update(skip_locked=True)
    return (await connection.execute(statement)).scalar_one_or_none() == due.attempts


async def _give_back(database: Database, due: Due, pause: timedelta) -> None:
    """As if this attempt had not been made."""
    async with database.transaction(Viewer.system(due.customer_id)) as connection:
        await connection.execute(
            update(drawing)
            .where(_of(drawing, due), drawing.c.attempts == due.attempts)
            .values(attempts=due.attempts - 1, due_at=func.now() + pause)
        )


async def _settle(
    connection: AsyncConnection, store: ObjectStore, drawer: Drawer, due: Due, stopping: asyncio.Event
) -> None:
    file = await load_file(connection, Viewer.system(due.customer_id), due.file_id)
    version = await load_version(connection, file, due.number)
    twin = await _twin(connection, version)
    if twin is not None:
        await _copy(connection, file, due, twin)
        return
    prefix = (await connection.execute(select(preview.c.object_prefix).where(_of(preview, due)))).scalar_one()
    try:
        if due.attempts > MOST_ATTEMPTS:
            raise CannotBeDrawn
        drawn = await _draw(store, drawer, version, prefix, stopping)
    except (CannotBeDrawn, Missing):
        await asyncio.to_thread(_remove, store, prefix)
        await _finish(connection, file, due, "failed")
        return
    await connection.execute(insert(preview_page), _rows(file, due, drawn))
    await _finish(connection, file, due, "ready", page_count=drawn.page_count)


async def _draw(store: ObjectStore, drawer: Drawer, version: Version, prefix: str, stopping: asyncio.Event) -> Drawn:
    kind = kind_of(version.media_type)
    if kind is None or (version.size or 0) > MOST_BYTES:
        raise CannotBeDrawn
    with tempfile.TemporaryDirectory(prefix="atrium-preview-") as made:
        directory, content = Path(made), Path(made) / "content"
        await asyncio.to_thread(_fetch, store, version.object_key, content)
        drawn = await drawer.draw(kind, content, directory, stopping)
        await asyncio.to_thread(_store, store, prefix, directory, len(drawn.pages))
    return drawn


def _fetch(store: ObjectStore, key: str, content: Path) -> None:
    with content.open("wb") as written:
        for chunk in store.read(key):
            written.write(chunk)


def _store(store: ObjectStore, prefix: str, directory: Path, pages: int) -> None:
    for page in range(1, pages + 1):
        store.put(picture_key(prefix, page), directory / f"{page}.webp")
        store.put(thumbnail_key(prefix, page), directory / f"{page}.small.webp")


def _remove(store: ObjectStore, prefix: str) -> None:
    """What an attempt that did not end well has stored."""
    for key in list(store.older_objects(f"{prefix}/", datetime.now(UTC) + timedelta(days=1))):
        store.remove(key)


def _rows(file: File, due: Due, drawn: Drawn) -> list[dict[str, Any]]:
    return [
        {
            "customer_id": due.customer_id,
            "file_id": due.file_id,
            "number": due.number,
            "page": number,
            "project_id": file.project_id,
            "audience": file.audience,
            "width": page.width,
            "height": page.height,
            "words": packed(page.words),
        }
        for number, page in enumerate(drawn.pages, start=1)
    ]


async def _twin(connection: AsyncConnection, version: Version) -> Row[Any] | None:
    """A preview of the same content, at the same customer."""
    same = and_(*(preview.c[name] == versions.c[name] for name in ("customer_id", "file_id", "number")))
    statement = (
        select(preview)
        .join(versions, same)
        .where(
            versions.c.customer_id == version.customer_id,
            versions.c.sha256 == version.sha256,
            versions.c.media_type == version.media_type,
            preview.c.state == "ready",
        )
        .limit(1)
    )
    return (await connection.execute(statement)).one_or_none()


async def _copy(connection: AsyncConnection, file: File, due: Due, twin: Row[Any]) -> None:
    names = ("page", "width", "height", "words")
    pages = select(
        *(literal(value) for value in (due.customer_id, due.file_id, due.number, file.project_id, file.audience)),
        *(preview_page.c[name] for name in names),
    ).where(
        preview_page.c.customer_id == twin.customer_id,
        preview_page.c.file_id == twin.file_id,
        preview_page.c.number == twin.number,
    )
    columns = ["customer_id", "file_id", "number", "project_id", "audience", *names]
    await connection.execute(insert(preview_page).from_select(columns, pages))
    await _finish(connection, file, due, "ready", page_count=twin.page_count, object_prefix=twin.object_prefix)


async def _finish(
    connection: AsyncConnection, file: File, due: Due, state: Literal["ready", "failed"], **more: Any
) -> None:
    """Off the list, and told to open pages."""
    await connection.execute(update(preview).where(_of(preview, due)).values(state=state, **more))
    await connection.execute(delete(drawing).where(_of(drawing, due)))
    await record(
        connection,
        PreviewSettled(file_id=due.file_id, project_id=file.project_id, number=due.number, state=state),
        subject=f"files/{due.file_id}/versions/{due.number}/preview",
        customer=due.customer_id,
        audience=file.audience,
        revision=1,
        key=due.file_id,
        actor=None,
    )


def _of(table: Table, due: Due) -> ColumnElement[bool]:
    return and_(table.c.customer_id == due.customer_id, table.c.file_id == due.file_id, table.c.number == due.number)
