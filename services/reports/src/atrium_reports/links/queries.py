"""Reading links."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.figures.tables import report
from atrium_reports.links.model import state_of
from atrium_reports.links.tables import report_link, report_link_opening

#: Of the places a link was opened from: the ones seen last.
MOST_PLACES = 10

FIELDS = tuple(str(column.name) for column in report_link.columns if column.name != "customer_id")

Json = dict[str, Any]


class LinkEnded(Problem):
    """For whoever holds the right token or did so: the link was good once."""

    def __init__(self) -> None:
        super().__init__(410, "link_ended", "Link ended", "This link has ended. Ask whoever gave it to you.")


def link_json(row: Row[Any]) -> Json:
    state = state_of(row.expires_at, row.revoked_at, datetime.now(UTC))
    return {**{name: getattr(row, name) for name in FIELDS}, "state": state}


async def customer_of_report(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> UUID:
    """Whose report it is. Raises NotFound."""
    query = select(report.c.customer_id).where(report.c.id == identifier)
    if viewer.customer is not None:
        query = query.where(report.c.customer_id == viewer.customer)
    customer: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    if customer is None:
        raise NotFound()
    return customer


async def list_links(
    connection: AsyncConnection, customer: UUID, report_id: UUID, limit: int, after: tuple[datetime, UUID] | None
) -> list[Json]:
    """Newest first, with where each was opened; served by report_link_by_report."""
    query = select(report_link).where(report_link.c.customer_id == customer, report_link.c.report_id == report_id)
    if after is not None:
        query = query.where(tuple_(report_link.c.created_at, report_link.c.id) < after)
    query = query.order_by(report_link.c.created_at.desc(), report_link.c.id.desc()).limit(limit)
    rows = (await connection.execute(query)).all()
    places = await _opened_from(connection, customer, [row.id for row in rows])
    return [{**link_json(row), "opened_from": places.get(row.id, [])} for row in rows]


async def _opened_from(connection: AsyncConnection, customer: UUID, links: list[UUID]) -> dict[UUID, list[Json]]:
    """By link, the last place first; served by the primary key."""
    of = report_link_opening.c
    place = func.row_number().over(partition_by=of.link_id, order_by=of.last_opened_at.desc()).label("place")
    known = select(report_link_opening, place).where(of.customer_id == customer, of.link_id.in_(links)).subquery()
    query = select(known).where(known.c.place <= MOST_PLACES).order_by(known.c.last_opened_at.desc())
    found: dict[UUID, list[Json]] = {}
    for row in (await connection.execute(query)).all():
        place_json = {name: getattr(row, name) for name in ("network", "device", "openings", "last_opened_at")}
        found.setdefault(row.link_id, []).append(place_json)
    return found


async def require_valid_link(connection: AsyncConnection, link: UUID | None) -> None:
    """Raises LinkEnded unless the link that a viewer came by holds; asked as that viewer, so at every read."""
    found = await connection.execute(
        select(report_link.c.expires_at, report_link.c.revoked_at).where(report_link.c.id == link)
    )
    row = found.one_or_none()
    if row is None or state_of(row.expires_at, row.revoked_at, datetime.now(UTC)) != "valid":
        raise LinkEnded()
