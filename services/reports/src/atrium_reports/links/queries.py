"""Reading links."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.figures.tables import report
from atrium_reports.links.model import state_of
from atrium_reports.links.tables import report_link

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
    """Newest first; served by report_link_by_report."""
    query = select(report_link).where(report_link.c.customer_id == customer, report_link.c.report_id == report_id)
    if after is not None:
        query = query.where(tuple_(report_link.c.created_at, report_link.c.id) < after)
    query = query.order_by(report_link.c.created_at.desc(), report_link.c.id.desc()).limit(limit)
    return [link_json(row) for row in (await connection.execute(query)).all()]


async def require_valid_link(connection: AsyncConnection, link: UUID | None) -> None:
    """Raises LinkEnded unless the link that a viewer came by holds; asked as that viewer, so at every read."""
    found = await connection.execute(
        select(report_link.c.expires_at, report_link.c.revoked_at).where(report_link.c.id == link)
    )
    row = found.one_or_none()
    if row is None or state_of(row.expires_at, row.revoked_at, datetime.now(UTC)) != "valid":
        raise LinkEnded()
