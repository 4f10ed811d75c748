"""What people do in conversations: open one, write in one."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.viewer import Side as ViewerSide
from atrium_contracts.threads import MessagePosted, PointChanged, ThreadOpened
from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.commands import move_mark
from atrium_threads.reading.queries import readers_of
from atrium_threads.threads.model import Audience, Circle, Side, Subject, effective_audience, may_close, may_open
from atrium_threads.threads.tables import message, subject, thread
from atrium_threads.viewers import Writer

ThreadRow = Row[Any]


def circle_of(row: ThreadRow) -> Circle:
    return Circle(row.effective, row.project_id, None if row.staff_ids is None else frozenset(row.staff_ids))


async def open_thread(
    connection: AsyncConnection,
    by: Writer,
    about: Subject,
    *,
    audience: Audience,
    title: str,
    text: str | None,
    mentions: Sequence[UUID] = (),
    staff_ids: Sequence[UUID] | None = None,
) -> UUID:
    """Open a thread, with its first message where one is given; returns its id.

    Raises Forbidden for an audience the writer's side could not read, NotFound for a subject the viewer does not see,
    Invalid for people who would not read it.
    """
    if not may_open("provider" if by.side is ViewerSide.PROVIDER else "customer", audience):
        raise Forbidden("You cannot open a conversation for this audience.", "audience_not_allowed")
    seen: Select[Any] = select(subject.c.customer_id, subject.c.project_id, subject.c.audience)
    known: ThreadRow | None = (await connection.execute(seen.where(subject.c.subject == about.path))).one_or_none()
    effective = None if known is None else effective_audience(audience, known.audience)
    if known is None or effective is None:
        raise NotFound
    named = await _named_staff(connection, by, known, audience, staff_ids)
    moment = now()
    values = {
        "customer_id": known.customer_id,
        "id": uuid4(),
        "subject": about.path,
        "subject_audience": known.audience,
        "project_id": known.project_id,
        "audience": audience,
        "staff_ids": named,
        "title": title,
        "point": asdict(about.point) if about.point else None,
        "opened_by": by.person,
        "opened_at": moment,
        "last_act_at": moment,
        "message_count": 0,
        "revision": 1,
    }
    opened = (await connection.execute(insert(thread).values(values).returning(thread))).one()
    await announce_thread(connection, opened, effective, actor=by.person)
    if text is not None:
        await post_message(connection, by, opened.id, text=text, mentions=mentions)
    return UUID(str(opened.id))


async def _named_staff(
    connection: AsyncConnection, by: Writer, known: ThreadRow, audience: Audience, staff_ids: Sequence[UUID] | None
) -> list[UUID] | None:
    """Those an internal thread is limited to; whoever opens it is always among them."""
    if staff_ids is None:
        return None
    if audience != "internal":
        raise Invalid([FieldError("/staff_ids", "only_internal", "Only an internal conversation can be limited.")])
    circle = Circle(audience, known.project_id)
    await _check_readers(connection, known.customer_id, circle, staff_ids, "/staff_ids")
    return sorted({by.person, *staff_ids})


async def _check_readers(
    connection: AsyncConnection, customer: UUID, circle: Circle, people: Sequence[UUID], pointer: str
) -> None:
    if not people:
        return
    readers = set(await readers_of(connection, customer, circle))
    faults = [
        FieldError(f"{pointer}/{place}", "does_not_read", "This person does not read this conversation.")
        for place, person in enumerate(people)
        if person not in readers
    ]
    if faults:
        raise Invalid(faults)


async def announce_thread(
    connection: AsyncConnection, opened: ThreadRow, audience: Audience, *, actor: UUID | None, withdrawn: bool = False
) -> None:
    """Record the state of a thread for those who read it; `withdrawn` for those who no longer do."""
    await record(
        connection,
        ThreadOpened(
            thread_id=opened.id,
            project_id=opened.project_id,
            about=opened.subject,
            audience=opened.audience,
            title=opened.title,
            opened_by=opened.opened_by,
            opened_at=opened.opened_at,
            withdrawn=withdrawn,
            staff_ids=opened.staff_ids,
        ),
        subject=f"threads/{opened.id}",
        customer=opened.customer_id,
        audience=audience,
        revision=opened.revision,
        key=opened.id,
        actor=actor,
    )


async def post_message(
    connection: AsyncConnection, by: Writer, thread_id: UUID, *, text: str, mentions: Sequence[UUID] = ()
) -> ThreadRow:
    """Write a message; returns its row. The writer has then read up to it.

    Raises NotFound for a thread the viewer does not see, Invalid when somebody is mentioned who would not read it.
    """
    moment = now()
    # Takes the thread's lock, so that numbers have no gap and the audience cannot change before the commit.
    counted = (
        update(thread)
        .where(thread.c.id == thread_id)
        .values(message_count=thread.c.message_count + 1, revision=thread.c.revision + 1, last_act_at=moment)
        .returning(thread)
    )
    written_in = (await connection.execute(counted)).one_or_none()
    if written_in is None:
        raise NotFound
    await _check_readers(connection, written_in.customer_id, circle_of(written_in), mentions, "/mentions")
    values = {
        "customer_id": written_in.customer_id,
        "id": uuid4(),
        "thread_id": thread_id,
        "number": written_in.message_count,
        "thread_revision": written_in.revision,
        "author_id": by.person,
        "text": text,
        "mentions": list(mentions),
        "posted_at": moment,
    }
    posted: ThreadRow = (await connection.execute(insert(message).values(values).returning(message))).one()
    await move_mark(connection, written_in.customer_id, thread_id, by.person, posted.number)
    await _announce_message(connection, written_in, posted)
    return posted


async def settle_point(connection: AsyncConnection, by: Writer, thread_id: UUID, *, closed: bool) -> None:
    """Close a point, or open it again; nothing happens where it is so already.

    Raises NotFound for a thread the viewer does not see, Conflict for one that is no point, Forbidden.
    """
    query = select(thread).where(thread.c.id == thread_id).with_for_update()
    point = (await connection.execute(query)).one_or_none()
    if point is None:
        raise NotFound
    if point.point is None:
        raise Conflict("not_a_point", "Only a point on a page can be closed.")
    side: Side = "provider" if by.side is ViewerSide.PROVIDER else "customer"
    if closed and not may_close(side, by.person, point.opened_by):
        raise Forbidden("A point is closed by who opened it, or by the provider.")
    if (point.closed_at is not None) == closed:
        return
    changed = (
        update(thread)
        .where(thread.c.id == thread_id)
        .values(
            closed_by=by.person if closed else None,
            closed_at=now() if closed else None,
            revision=thread.c.revision + 1,
        )
        .returning(thread)
    )
    await _announce_point(connection, (await connection.execute(changed)).one(), by.person)


async def _announce_point(connection: AsyncConnection, point: ThreadRow, actor: UUID) -> None:
    await record(
        connection,
        PointChanged(
            thread_id=point.id,
            project_id=point.project_id,
            about=point.subject,
            closed=point.closed_at is not None,
            staff_ids=point.staff_ids,
        ),
        subject=f"threads/{point.id}",
        customer=point.customer_id,
        audience=point.effective,
        revision=point.revision,
        key=point.id,
        actor=actor,
    )


async def _announce_message(connection: AsyncConnection, written_in: ThreadRow, posted: ThreadRow) -> None:
    await record(
        connection,
        MessagePosted(
            thread_id=written_in.id,
            message_id=posted.id,
            project_id=written_in.project_id,
            about=written_in.subject,
            author_id=posted.author_id,
            text=posted.text,
            posted_at=posted.posted_at,
            mention_ids=list(posted.mentions),
            staff_ids=written_in.staff_ids,
        ),
        subject=f"threads/{written_in.id}/messages/{posted.id}",
        customer=written_in.customer_id,
        audience=written_in.effective,
        revision=1,
        key=written_in.id,
        actor=posted.author_id,
    )
