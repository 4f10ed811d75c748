from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.viewer import Viewer
from sqlalchemy import ColumnElement, Row, Text, cast, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.model import Needle, TrailFilter
from atrium_gateway.audit.tables import audit_event, saved_filter
from atrium_gateway.people.tables import customer
from atrium_gateway.signin.model import own_house

Place = tuple[datetime, UUID]


async def list_events(
    connection: AsyncConnection, wanted: TrailFilter, after: Place | None, limit: int
) -> list[Row[Any]]:
    """Newest first. Served by audit_event_by_time, for all customers by audit_event_of_all_by_time; for one person by
    audit_event_by_person."""
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


async def last_acts(connection: AsyncConnection, besides: Collection[str]) -> list[Row[Any]]:
    """What the people of each customer did last, but for some acts. Served by audit_event_of_customers."""
    newest = (
        select(audit_event)
        .where(
            audit_event.c.customer_id == customer.c.customer_id,
            audit_event.c.actor_side == "customer",
            audit_event.c.action.not_in(besides),
        )
        .order_by(audit_event.c.at.desc(), audit_event.c.id.desc())
        .limit(1)
        .lateral()
    )
    return list((await connection.execute(select(newest).select_from(customer.join(newest, true())))).all())


async def saved_filters(connection: AsyncConnection, viewer: Viewer) -> dict[str, dict[str, str]]:
    """The viewer's own, by name; served by saved_filter's primary key."""
    query = (
        select(saved_filter.c.name, saved_filter.c.choices)
        .where(saved_filter.c.customer_id == own_house(viewer), saved_filter.c.person_id == viewer.person)
        .order_by(saved_filter.c.name)
    )
    return {row.name: row.choices for row in await connection.execute(query)}
