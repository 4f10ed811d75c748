"""Reading reports, and computing their figures from what their audience may see."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from atrium_chassis.database import Database
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.facts.model import COUNTED, Fact
from atrium_reports.facts.tables import customer, fact, project
from atrium_reports.figures.model import compute, shown_items
from atrium_reports.figures.tables import report
from atrium_reports.links.queries import require_valid_link

SUMMARY = (
    "id",
    "project_id",
    "customer_id",
    "title",
    "introduction",
    "figures",
    "created_by",
    "created_at",
    "revision",
)
LIVE = ("id", "project_id", "project_title", "customer_id", "title", "introduction", "revision", "figures_revision")
HOME = 20

Json = dict[str, Any]


def _reports(viewer: Viewer) -> Select[Any]:
    same = (project.c.customer_id == report.c.customer_id) & (project.c.id == report.c.project_id)
    query = select(report, project.c.title.label("project_title")).join(project, same)
    return query if viewer.customer is None else query.where(report.c.customer_id == viewer.customer)


def summary_of(row: Row[Any]) -> Json:
    return {**{name: getattr(row, name) for name in SUMMARY}, "project_title": row.project_title}


async def list_reports(
    connection: AsyncConnection,
    viewer: Viewer,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    *,
    project_id: UUID | None = None,
) -> list[Json]:
    """Newest first."""
    query = _reports(viewer).order_by(report.c.created_at.desc(), report.c.id.desc()).limit(limit)
    if project_id is not None:
        query = query.where(report.c.project_id == project_id)
    if after is not None:
        query = query.where(tuple_(report.c.created_at, report.c.id) < after)
    return [summary_of(row) for row in (await connection.execute(query)).all()]


async def one_report(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Row[Any]:
    """Raises NotFound."""
    row: Row[Any] | None = (await connection.execute(_reports(viewer).where(report.c.id == identifier))).one_or_none()
    if row is None:
        raise NotFound()
    return row


async def live_report(database: Database, viewer: Viewer, identifier: UUID, as_of: datetime | None) -> Json:
    """The report now, or as of an earlier moment. Raises NotFound, LinkEnded."""
    moment = _moment(as_of)
    async with database.transaction(viewer) as connection:
        row = await one_report(connection, viewer, identifier)
        if viewer.side is Side.LINK:
            await require_valid_link(connection, viewer.link)
        if viewer.side is Side.PROVIDER:
            # Staff see what the customer sees, by the customer's own rights.
            eyes = Viewer(Side.CUSTOMER, customer=row.customer_id, projects=frozenset({row.project_id}))
            await database.enter(connection, eyes)
        facts = await _shared_facts(connection, row)
        zone = await _zone_of(connection, row.customer_id)
    return {
        **{name: getattr(row, name) for name in LIVE},
        "as_of": moment,
        "counted_items": len(shown_items(facts, moment)),
        "figures": [asdict(figure) for figure in compute(facts, moment, row.figures, zone)],
    }


def _moment(as_of: datetime | None) -> datetime:
    now = datetime.now(UTC)
    if as_of is None:
        return now
    if as_of.tzinfo is None or as_of > now:
        raise Invalid([FieldError("?as_of", "not_past", "An earlier moment is needed, with its time zone.")])
    return as_of.astimezone(UTC)


async def _zone_of(connection: AsyncConnection, identifier: UUID) -> ZoneInfo:
    """Where the customer's days begin; UTC until that is known."""
    found = await connection.execute(select(customer.c.time_zone).where(customer.c.customer_id == identifier))
    return ZoneInfo(found.scalar_one_or_none() or "UTC")


async def _shared_facts(connection: AsyncConnection, row: Row[Any]) -> list[Fact]:
    """Of the report's own project; row-level security leaves out what is internal or withheld by now."""
    found = await connection.execute(
        select(fact.c.subject, fact.c.kind, fact.c.valid_from, fact.c.valid_to, fact.c.data).where(
            fact.c.customer_id == row.customer_id,
            fact.c.project_id == row.project_id,
            fact.c.kind.in_(COUNTED),
            fact.c.audience == "shared",
        )
    )
    return [Fact(*one) for one in found]


async def home(connection: AsyncConnection, viewer: Viewer) -> list[Json]:
    rows = await list_reports(connection, viewer, HOME)
    return [{name: row[name] for name in ("id", "title", "project_id", "customer_id")} for row in rows]
