"""Acts in the services enter the trail by their events. What is private to a customer stays out of it."""

from typing import Any
from uuid import UUID

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.database import continue_as_system
from atrium_chassis.events import Received
from atrium_chassis.telemetry import current_trace_id
from atrium_contracts import EventData
from atrium_contracts.files import VersionReady, VersionRejected
from atrium_contracts.projects import (
    ApprovalRecorded,
    ApprovalSuperseded,
    PublishedItemWithdrawn,
    WorkflowVersionPublished,
)
from atrium_contracts.reports import ReportLinkChanged
from atrium_contracts.threads import ThreadOpened
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.tables import audit_event
from atrium_gateway.people.queries import find_member
from atrium_gateway.signin.model import PROVIDER

#: Event → what of it the trail shows. Its name is the action.
SHOWN: dict[type[EventData], tuple[str, ...]] = {
    ApprovalRecorded: ("decision", "item_id", "versions"),
    ApprovalSuperseded: ("item_id", "file_id", "number"),
    PublishedItemWithdrawn: ("item_id",),
    WorkflowVersionPublished: ("key", "version"),
    VersionReady: ("name", "number", "sha256"),
    VersionRejected: ("name", "number", "reason"),
    ReportLinkChanged: ("report_id", "expires_at", "revoked"),
    ThreadOpened: ("about", "audience"),
}


async def append_event(connection: AsyncConnection, event: Received[Any]) -> None:
    envelope = event.envelope
    if envelope.audience == "private" or getattr(event.data, "withdrawn", False):
        return
    house = envelope.customer or PROVIDER
    await continue_as_system(connection, "gateway", house)
    shown = event.data.model_dump(mode="json", include=set(SHOWN[type(event.data)]))
    side = "system" if envelope.actor is None else await _side(connection, envelope.actor)
    await connection.execute(
        upsert(audit_event)
        .values(
            customer_id=house,
            id=envelope.id,
            at=envelope.time,
            actor_id=envelope.actor,
            actor_side=side,
            action=event.data.NAME,
            subject=envelope.subject,
            audience=envelope.audience,
            before=None,
            after=shown,
            network="",
            trace_id=current_trace_id(),
            imported=envelope.imported,
        )
        .on_conflict_do_nothing()
    )


async def _side(connection: AsyncConnection, actor: UUID) -> str:
    return "customer" if await find_member(connection, PROVIDER, actor) is None else "provider"


def subscribe(subscriptions: Subscriptions) -> None:
    for model in SHOWN:
        subscriptions.on(model)(append_event)
