from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.tables import audit_event


async def list_events(
    connection: AsyncConnection,
    house: UUID | None,
    filters: dict[str, Any],
    since: datetime | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Row[Any]]:
    """Newest first. Served by audit_event_by_time, for all customers by audit_event_of_all_by_time."""
    query = select(audit_event).order_by(audit_event.c.at.desc(), audit_event.c.id.desc()).limit(limit)
    if house is not None:
        query = query.where(audit_event.c.customer_id == house)
    for name, value in filters.items():
        query = query.where(audit_event.c[name] == value)
    if since is not None:
        query = query.where(audit_event.c.at >= since)
    if after is not None:
        query = query.where(tuple_(audit_event.c.at, audit_event.c.id) < tuple_(literal(after[0]), literal(after[1])))
    return list((await connection.execute(query)).all())
