"""Putting versions on the worker's list, in the transaction that gives it something to do."""

from datetime import timedelta

from atrium_chassis.clock import imported_at
from sqlalchemy import Insert, func, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.checks.tables import work
from atrium_files.library.model import File

CHANNEL = "atrium_work"
# Postgres sends equal notifications of one transaction once.
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', '')")


async def schedule_abort(connection: AsyncConnection, of: File, after: timedelta) -> None:
    """The file's latest version is due for abortion then, unless its check is scheduled before."""
    await connection.execute(_add(of).values(due_at=func.now() + after))


async def schedule_check(connection: AsyncConnection, of: File) -> None:
    """The file's latest version is due for its check now."""
    await connection.execute(_add(of).values(due_at=func.now()))
    await connection.execute(_NOTIFY)


async def bring_forward(connection: AsyncConnection, of: File, number: int) -> None:
    """What was due at the upload's deadline is due now; keeps the worker off it until the transaction ends."""
    await connection.execute(
        update(work)
        .where(work.c.customer_id == of.customer_id, work.c.file_id == of.file_id, work.c.number == number)
        .values(due_at=func.now(), attempts=0, acting_at=imported_at())
    )
    await connection.execute(_NOTIFY)


def _add(of: File) -> Insert:
    return insert(work).values(
        customer_id=of.customer_id,
        file_id=of.file_id,
        number=of.latest_number,
        project_id=of.project_id,
        audience=of.audience,
        attempts=0,
        acting_at=imported_at(),
    )
