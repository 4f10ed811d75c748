"""How far somebody has read."""

from uuid import UUID

from atrium_chassis.clock import now
from atrium_chassis.problems import NotFound
from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.tables import mark
from atrium_threads.threads.tables import message, thread


async def mark_seen(
    connection: AsyncConnection,
    person: UUID,
    thread_id: UUID,
    *,
    message_id: UUID | None = None,
    revision: int | None = None,
) -> int:
    """Mark a thread as read up to a message, or up to what it held at a revision; returns how many stay unread.

    A mark only moves forward. Raises NotFound for a thread or message that the viewer does not see.
    """
    read = (await connection.execute(select(thread).where(thread.c.id == thread_id))).one_or_none()
    if read is None:
        raise NotFound
    number = await _number_of(connection, read, message_id, revision)
    seen = await move_mark(connection, read.customer_id, thread_id, person, number)
    return int(read.message_count) - seen


async def move_mark(connection: AsyncConnection, customer: UUID, thread_id: UUID, person: UUID, number: int) -> int:
    """Returns the number of the last message that the person has seen."""
    row = insert(mark).values(
        customer_id=customer, thread_id=thread_id, person_id=person, seen_number=number, seen_at=now()
    )
    forward = row.on_conflict_do_update(
        index_elements=[mark.c.customer_id, mark.c.thread_id, mark.c.person_id],
        set_={
            "seen_number": func.greatest(mark.c.seen_number, row.excluded.seen_number),
            "seen_at": row.excluded.seen_at,
        },
    ).returning(mark.c.seen_number)
    return int((await connection.execute(forward)).scalar_one())


async def _number_of(
    connection: AsyncConnection, read: Row[tuple[object, ...]], message_id: UUID | None, revision: int | None
) -> int:
    number = select(func.max(message.c.number)).where(
        message.c.customer_id == read.customer_id, message.c.thread_id == read.id
    )
    if message_id is not None:
        number = number.where(message.c.id == message_id)
    elif revision is not None:
        number = number.where(message.c.thread_revision <= revision)
    found = (await connection.execute(number)).scalar()
    if found is None and message_id is not None:
        raise NotFound
    return found or 0
