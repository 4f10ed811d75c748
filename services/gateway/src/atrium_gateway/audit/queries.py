from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Text, cast, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.model import Needle, TrailFilter
from atrium_gateway.audit.tables import audit_event

Place = tuple[datetime, UUID]


async def list_events(
    connection: AsyncConnection, wanted: TrailFilter, after: Place | None, limit: int
) -> list[Row[Any]]:
    """Newest first. Served by audit_event_by_time, for all customers by audit_event_of_all_by_time."""
    query = select(audit_event).order_by(audit_event.c.at.desc(), audit_event.c.id.desc()).limit(limit)
    if after is not None:
        query = query.where(tuple_(audit_event.c.at, audit_event.c.id) < tuple_(literal(after[0]), literal(after[1])))
    return list((await connection.execute(query.where(*_taken(wanted)))).all())


def _taken(wanted: TrailFilter) -> Iterator[ColumnElement[bool]]:
    equals = {
        "customer_id": wanted.house,
        "actor_id": wanted.person,
        "action": wanted.action,
        "audience": wanted.audience,
    }
    yield from (audit_event.c[name] == value for name, value in equals.items() if value)
    if wanted.since is not None:
        yield audit_event.c.at >= wanted.since
    if wanted.until is not None:
        yield audit_event.c.at < wanted.until
    if wanted.needle is not None:
        yield _names(wanted.needle)


def _names(needle: Needle) -> ColumnElement[bool]:
    """Whether an entry names it: by who acted or what was done, in its thing or its values, or as its trace."""
    columns = (audit_event.c.subject, cast(audit_event.c.before, Text), cast(audit_event.c.after, Text))
    return or_(
        audit_event.c.actor_id.in_(needle.people),
        audit_event.c.action.in_(needle.acts),
        audit_event.c.trace_id.startswith(needle.text.lower(), autoescape=True),
        *(column.icontains(needle.text, autoescape=True) for column in columns),
    )
