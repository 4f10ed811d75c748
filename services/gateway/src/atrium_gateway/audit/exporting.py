"""The trail as CSV: every entry of a filter, read and sent a batch at a time."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.csv_export import BYTE_ORDER_MARK, Cell, csv_line
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row

from atrium_gateway.audit.model import TrailFilter
from atrium_gateway.audit.queries import Place, list_events
from atrium_gateway.people.queries import Named, names_of_customers
from atrium_gateway.signin.model import PROVIDER

#: No transaction is open while a slow reader takes what was read.
BATCH = 500
HEAD = (
    "at",
    "actor",
    "actor_id",
    "actor_side",
    "action",
    "subject",
    "customer",
    "customer_id",
    "audience",
    "before",
    "after",
    "network",
    "trace_id",
    "imported",
)


async def trail_lines(
    database: Database, viewer: Viewer, wanted: TrailFilter, people: Mapping[UUID, Named]
) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + csv_line(HEAD)
    after: Place | None = None
    while True:
        async with database.transaction(viewer) as connection:
            rows = await list_events(connection, wanted, after, BATCH)
            customers = await names_of_customers(connection, {row.customer_id for row in rows} - {PROVIDER})
        yield "".join(csv_line(_cells(row, people, customers)) for row in rows)
        if len(rows) < BATCH:
            return
        after = (rows[-1].at, rows[-1].id)


def _cells(row: Row[Any], people: Mapping[UUID, Named], customers: Mapping[UUID, str]) -> tuple[Cell, ...]:
    return (
        row.at.isoformat(),
        people[row.actor_id].name if row.actor_id in people else "",
        _id(row.actor_id),
        row.actor_side,
        row.action,
        row.subject,
        customers.get(row.customer_id, ""),
        _id(row.customer_id if row.customer_id in customers else None),
        row.audience,
        _values(row.before),
        _values(row.after),
        row.network,
        row.trace_id,
        "imported" if row.imported else "",
    )


def _id(identifier: UUID | None) -> str:
    return str(identifier) if identifier else ""


def _values(values: Mapping[str, Any] | None) -> str:
    return json.dumps(values).decode() if values else ""
