"""The trail, for staff and for a customer's owners; the database leaves out what is not theirs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import ALL_BUT_READERS
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.problems import Forbidden
from atrium_chassis.viewer import Side
from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from atrium_gateway import examples
from atrium_gateway.audit.queries import list_events
from atrium_gateway.openapi import described
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
    customer: UUID | None = None,
    person: Annotated[UUID | None, Query(description="Who acted.")] = None,
    action: Annotated[str | None, Query(max_length=60)] = None,
    since: AwareDatetime | None = None,
) -> dict[str, Any]:
    """Newest first."""
    viewer = session.viewer
    if viewer.side is Side.CUSTOMER and viewer.role != "owner":
        raise Forbidden
    house = viewer.customer if viewer.side is Side.CUSTOMER else customer
    wanted = {name: value for name, value in (("actor_id", person), ("action", action)) if value is not None}
    if viewer.side is Side.CUSTOMER and customer not in {None, viewer.customer}:
        return {"items": [], "next_cursor": None}
    binding = f"{house} {wanted} {since}"
    cursor = decode_cursor(page.cursor, "at", binding)
    after = (datetime.fromisoformat(cursor[0]), UUID(cursor[1])) if cursor else None
    async with database.transaction(viewer) as connection:
        rows = await list_events(connection, house, wanted, since, after, page.limit + 1)
    more, rows = len(rows) > page.limit, rows[: page.limit]
    next_cursor = encode_cursor([rows[-1].at.isoformat(), str(rows[-1].id)], "at", binding) if more else None
    items = [{**row._mapping, "customer_id": None if row.customer_id == PROVIDER else row.customer_id} for row in rows]
    return {"items": items, "next_cursor": next_cursor}
