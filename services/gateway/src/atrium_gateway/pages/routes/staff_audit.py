"""`/audit`, for staff and for a customer's owners; the database leaves out what is not theirs."""

from urllib.parse import urlencode

from atrium_chassis.dependencies import CurrentDatabase
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.audit.model import require_trail
from atrium_gateway.audit.routes import trail_page
from atrium_gateway.audit.words import act_words
from atrium_gateway.pages.composing.staff_audit import audit_line, trail_filter, typed_filter
from atrium_gateway.pages.presenting.staff import AuditPage
from atrium_gateway.pages.visit import CurrentVisit

router = APIRouter(include_in_schema=False)

LIMIT = 100
EXPORT = "/api/v1/audit/export.csv"


@router.get("/audit")
async def show_audit(visit: CurrentVisit, database: CurrentDatabase, cursor: str = "") -> Response:
    """Newest first. Owners see the same page for their own side."""
    require_trail(visit.viewer)
    scene, customers = visit.scene, visit.desk.customers
    values = typed_filter(scene, visit.request.query_params, customers, visit.people)
    wanted = trail_filter(scene, values, visit.viewer.customer, visit.people)
    team = await visit.team_of(values["customer"] or None)
    chosen = visit.persons([values["person"]] if values["person"] else None)
    rows, following = await trail_page(database, visit.viewer, wanted, cursor or None, LIMIT)
    view = AuditPage(
        lines=tuple(audit_line(scene, row, customers) for row in rows),
        next_cursor=following or "",
        customers=tuple((key, ref.name) for key, ref in customers.items()),
        people=tuple({one.id: one.name for one in (*team, *chosen)}.items()),
        acts=tuple(sorted(act_words(scene.words).items(), key=lambda act: act[1])),
        values=values,
        export_url=f"{EXPORT}?{urlencode(wanted.address)}".rstrip("?"),
    )
    return visit.show("staff/audit.html", view, "audit")
