"""What readers of conversations get to see. Row-level security has the last word; queries state the customer too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import ColumnElement, Row, Select, and_, func, lateral, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.tables import mark
from atrium_threads.threads.model import Audience
from atrium_threads.threads.tables import message, subject, thread

ThreadRow = Row[Any]

HOME_THREADS = 20


@dataclass(frozen=True)
class Filters:
    """`subject` is a path, or with `below` the beginning of the paths that are meant."""

    subject: str | None = None
    below: bool = False
    project: UUID | None = None
    audience: Audience | None = None
    unread: bool = False


def _own(viewer: Viewer, column: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A customer's queries name the customer, so that its indexes serve them."""
    return column == viewer.customer if viewer.side is Side.CUSTOMER else true()


def _seen(viewer: Viewer) -> Select[Any]:
    """Threads with how much of each the viewer has seen; to who looks as somebody else, nothing is unread."""
    own_mark = and_(
        mark.c.customer_id == thread.c.customer_id,
        mark.c.thread_id == thread.c.id,
        mark.c.person_id == viewer.person,
    )
    unknown = thread.c.message_count if viewer.preview is not None else 0
    return (
        select(thread, func.coalesce(mark.c.seen_number, unknown).label("seen"))
        .select_from(thread.outerjoin(mark, own_mark))
        .where(_own(viewer, thread.c.customer_id))
    )


def _summaries(viewer: Viewer, chosen: Select[Any]) -> Select[Any]:
    """Chosen threads, with what they are about and their last message; both are looked up for the chosen alone."""
    one = chosen.subquery("one")
    last = lateral(
        select(message.c.author_id, message.c.text, message.c.posted_at)
        .where(message.c.customer_id == one.c.customer_id, message.c.thread_id == one.c.id)
        .order_by(message.c.number.desc())
        .limit(1)
    ).alias("last")
    title = subject.c.title if viewer.side is Side.CUSTOMER else func.coalesce(subject.c.staff_title, subject.c.title)
    about = lateral(
        select(title.label("title")).where(
            subject.c.customer_id == one.c.customer_id, subject.c.subject == one.c.subject
        )
    ).alias("about")
    return (
        select(
            one,
            (one.c.message_count - one.c.seen).label("unread"),
            about.c.title.label("subject_title"),
            last.c.author_id.label("last_author"),
            last.c.text.label("last_text"),
            last.c.posted_at.label("last_at"),
        )
        .select_from(one.join(about, true()).outerjoin(last, true()))
        .order_by(one.c.last_act_at.desc(), one.c.id.desc())
    )


def _matching(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filters.subject is not None and filters.below:
        # "0" follows "/": a range that an index on the path serves, unlike LIKE with a parameter.
        wanted.append(thread.c.subject.between(filters.subject + "/", filters.subject + "0"))
    elif filters.subject is not None:
        wanted.append(thread.c.subject == filters.subject)
    if filters.project is not None:
        wanted.append(thread.c.project_id == filters.project)
    if filters.audience is not None:
        wanted.append(thread.c.audience == filters.audience)
    if filters.unread:
        wanted.append(thread.c.message_count > func.coalesce(mark.c.seen_number, 0))
    return wanted


def listing(viewer: Viewer, filters: Filters, *, limit: int, after: tuple[datetime, UUID] | None = None) -> Select[Any]:
    """Threads by their last act, the latest first, from behind `after`."""
    chosen = _seen(viewer).where(*_matching(filters))
    if after is not None:
        chosen = chosen.where(tuple_(thread.c.last_act_at, thread.c.id) < tuple_(*after))
    return _summaries(viewer, chosen.order_by(thread.c.last_act_at.desc(), thread.c.id.desc()).limit(limit))


async def list_threads(
    connection: AsyncConnection,
    viewer: Viewer,
    filters: Filters,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> list[ThreadRow]:
    return list(await connection.execute(listing(viewer, filters, limit=limit, after=after)))


async def find_thread(connection: AsyncConnection, viewer: Viewer, thread_id: UUID) -> ThreadRow | None:
    found: ThreadRow | None = (
        await connection.execute(_summaries(viewer, _seen(viewer).where(thread.c.id == thread_id)))
    ).one_or_none()
    return found


async def count_unread_threads(connection: AsyncConnection, viewer: Viewer) -> int:
    """How many threads have something that the viewer has not seen."""
    unread = _seen(viewer).where(*_matching(Filters(unread=True))).subquery()
    return int((await connection.execute(select(func.count()).select_from(unread))).scalar_one())


async def list_messages(
    connection: AsyncConnection,
    viewer: Viewer,
    thread_id: UUID,
    *,
    limit: int,
    latest_first: bool = False,
    after: int | None = None,
) -> list[ThreadRow]:
    """Messages of a thread in their order, or from the latest back."""
    query = select(message).where(_own(viewer, message.c.customer_id), message.c.thread_id == thread_id)
    if after is not None:
        query = query.where(message.c.number < after if latest_first else message.c.number > after)
    order = message.c.number.desc() if latest_first else message.c.number
    return list(await connection.execute(query.order_by(order).limit(limit)))


async def is_seen(connection: AsyncConnection, viewer: Viewer, thread_id: UUID) -> bool:
    """Whether the viewer may see a thread of this id."""
    query = select(thread.c.id).where(_own(viewer, thread.c.customer_id), thread.c.id == thread_id)
    return (await connection.execute(query)).one_or_none() is not None
