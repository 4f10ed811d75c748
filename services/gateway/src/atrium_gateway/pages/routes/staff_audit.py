"""`/audit`, for staff and for a customer's owners; the database leaves out what is not theirs."""

from datetime import date, datetime, time
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.paging import decode_cursor, encode_cursor
from atrium_chassis.problems import Forbidden
from atrium_chassis.viewer import Side
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.audit.queries import list_events
from atrium_gateway.pages.composing.staff_audit import audit_line, matching
from atrium_gateway.pages.presenting.shapes import Choice
from atrium_gateway.pages.presenting.staff import AuditPage
from atrium_gateway.pages.visit import CurrentVisit, Visit

router = APIRouter(include_in_schema=False)

LIMIT = 100


@router.get("/audit")
async def show_audit(
    visit: CurrentVisit, database: CurrentDatabase, q: str = "", customer: str = "", since: str = "", cursor: str = ""
) -> Response:
    """Newest first. Owners see the same page for their own side."""
    if visit.viewer.side is Side.CUSTOMER and visit.viewer.role != "owner":
        raise Forbidden
    house = UUID(customer) if customer in visit.desk.customers else visit.viewer.customer
    binding = f"page {house} {since}"
    values = decode_cursor(cursor, "at", binding) if cursor else None
    after = (datetime.fromisoformat(values[0]), UUID(values[1])) if values else None
    async with database.transaction(visit.viewer) as connection:
        rows = await list_events(connection, house, {}, _morning(visit, since), after, LIMIT + 1)
    shown = rows[:LIMIT]
    lines = tuple(audit_line(visit.scene, row, visit.desk.customers) for row in shown)
    following = ""
    if len(rows) > LIMIT:
        following = quote(encode_cursor([shown[-1].at.isoformat(), str(shown[-1].id)], "at", binding), safe="")
    view = AuditPage(
        lines=matching(lines, q) if q else lines,
        next_cursor=following,
        customers=tuple(Choice(key, ref.name) for key, ref in visit.desk.customers.items()),
        values={"q": q, "customer": customer, "since": since},
    )
    return visit.show("staff/audit.html", view, "audit")


def _morning(visit: Visit, since: str) -> datetime | None:
    """The beginning of a day for this reader; what is no date filters nothing."""
    try:
        return datetime.combine(date.fromisoformat(since), time(), ZoneInfo(visit.viewer.time_zone))
    except ValueError:
        return None
