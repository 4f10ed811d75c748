"""The trail, for staff and for a customer's owners; the database leaves out what is not theirs."""

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from atrium_chassis.csv_export import CsvResponse, csv_file
from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import ALL_BUT_READERS
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import Row

from atrium_gateway import examples
from atrium_gateway.audit.commands import Audience
from atrium_gateway.audit.exporting import trail_lines
from atrium_gateway.audit.model import LONGEST_NEEDLE, TrailFilter, require_trail
from atrium_gateway.audit.queries import list_events
from atrium_gateway.audit.words import needle_of
from atrium_gateway.openapi import described, described_file
from atrium_gateway.pages.translation import translations
from atrium_gateway.signin.identity import CurrentSession
from atrium_gateway.signin.model import PROVIDER

router = APIRouter(prefix="/api/v1")


class AuditEventView(BaseModel):
    id: UUID
    at: datetime
    customer_id: UUID | None
    actor_id: UUID | None
    actor_side: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    network: str
    trace_id: str
    imported: bool


async def _wanted(
    request: Request,
    session: CurrentSession,
    customer: UUID | None = None,
    person: Annotated[UUID | None, Query(description="Who acted.")] = None,
    action: Annotated[str, Query(max_length=60, pattern="^[a-z_]*$")] = "",
    audience: Annotated[Audience | None, Query(description="Whom the entry is for.")] = None,
    since: AwareDatetime | None = None,
    until: Annotated[AwareDatetime | None, Query(description="The first moment that is not taken.")] = None,
    q: Annotated[
        str, Query(max_length=LONGEST_NEEDLE, description="A person, an act, a thing or the beginning of a trace.")
    ] = "",
) -> TrailFilter:
    viewer = session.viewer
    require_trail(viewer)
    needle = needle_of(q, await request.app.state.directory.of(viewer.customer), translations(viewer.language))
    return TrailFilter(customer or viewer.customer, person, action, audience or "", since, until, needle)


Wanted = Annotated[TrailFilter, Depends(_wanted)]


@router.get(
    "/audit",
    operation_id="list_audit_events",
    response_model=Page[AuditEventView],
    **described("both", ALL_BUT_READERS, 403, example=examples.page(examples.AUDIT_EVENT)),
)
async def get_audit(
    session: CurrentSession,
    database: CurrentDatabase,
    page: PageParameters,
    wanted: Wanted,
) -> dict[str, Any]:
    """Newest first."""
    rows, next_cursor = await trail_page(database, session.viewer, wanted, page.cursor, page.limit)
    items = [{**row._mapping, "customer_id": None if row.customer_id == PROVIDER else row.customer_id} for row in rows]
    return {"items": items, "next_cursor": next_cursor}


async def trail_page(
    database: Database, viewer: Viewer, wanted: TrailFilter, cursor: str | None, limit: int
) -> tuple[list[Row[Any]], str | None]:
    """Some entries of a filter, and the cursor of the next ones. Raises Invalid for a cursor of another filter."""
    binding = urlencode(wanted.address)
    values = decode_cursor(cursor, "at", binding)
    after = (datetime.fromisoformat(values[0]), UUID(values[1])) if values else None
    async with database.transaction(viewer) as connection:
        rows = await list_events(connection, wanted, after, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    return rows, encode_cursor([rows[-1].at.isoformat(), str(rows[-1].id)], "at", binding) if more else None


@router.get(
    "/audit/export.csv", operation_id="export_audit_events", **described_file("text/csv", "both", ALL_BUT_READERS, 403)
)
async def export_audit(
    request: Request, session: CurrentSession, database: CurrentDatabase, wanted: Wanted
) -> CsvResponse:
    """Every entry of the filter, newest first, with the names of people and customers."""
    people = await request.app.state.directory.of(session.viewer.customer)
    lines = trail_lines(database, session.viewer, wanted, people)
    return csv_file(lines, f"audit-{datetime.now(UTC):%Y-%m-%d}.csv")
