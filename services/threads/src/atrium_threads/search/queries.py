"""Finding conversations by their titles, by what they are about, and by what was written in them.

Served by thread_by_act for customers and thread_by_latest for staff; messages by message_by_number, thread by thread.
Who may read a thread is the database's to say, and its messages are read by the same people.
"""

from typing import Any

from atrium_chassis.search import SearchRequest, folded
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import ColumnElement, FromClause, Row, func, lateral, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.threads.tables import message, subject, thread

KIND = "threads"
THREAD = ("id", "customer_id", "project_id", "subject", "title", "audience")


async def find_threads(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[dict[str, Any]]:
    """Each word stands in a heading or in one message, the newest of which is shown."""
    about = _about(viewer)
    heading = (folded(thread), about.c.folded)
    said = _said(search, heading)
    query = (
        select(
            *(thread.c[name] for name in THREAD),
            thread.c.effective,
            thread.c.last_act_at,
            about.c.title.label("subject_title"),
            said.c.text,
            said.c.author_id,
        )
        .select_from(thread.join(about, true()).outerjoin(said, true()))
        .where(or_(said.c.author_id.is_not(None), search.found_in(*heading)))
        .where(thread.c.customer_id == viewer.customer if viewer.customer is not None else true())
    )
    rows = await connection.execute(search.newest_first(query, thread.c.last_act_at, thread.c.id, KIND))
    return [_hit(row, search) for row in rows]


def _about(viewer: Viewer) -> FromClause:
    """What a thread's subject is called on the viewer's side. The limit keeps the planner from beginning here."""
    is_customer = viewer.side is Side.CUSTOMER
    title = subject.c.title if is_customer else func.coalesce(subject.c.staff_title, subject.c.title)
    return lateral(
        select(title.label("title"), folded(subject, "folded" if is_customer else "staff_folded").label("folded"))
        .where(subject.c.customer_id == thread.c.customer_id, subject.c.subject == thread.c.subject)
        .limit(1)
    ).alias("about")


def _said(search: SearchRequest, heading: tuple[ColumnElement[str], ...]) -> FromClause:
    return lateral(
        select(message.c.text, message.c.author_id)
        .where(
            message.c.customer_id == thread.c.customer_id,
            message.c.thread_id == thread.c.id,
            search.found_in(*heading, folded(message)),
        )
        .order_by(message.c.number.desc())
        .limit(1)
    ).alias("said")


def _hit(row: Row[Any], search: SearchRequest) -> dict[str, Any]:
    """A message is named where the words stand in it; a heading alone tells what it is about."""
    excerpt = search.excerpt(row.text)
    return {
        **{name: getattr(row, name) for name in THREAD},
        "effective_audience": row.effective,
        "subject_title": row.subject_title,
        "excerpt": excerpt,
        "author_id": row.author_id if excerpt else None,
        "at": row.last_act_at,
    }
