"""The trail is written in the transaction of what it tells of."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

from atrium_chassis.clock import imported_at
from atrium_chassis.telemetry import current_trace_id
from atrium_chassis.viewer import Viewer
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.tables import audit_event

Audience = Literal["internal", "shared", "private"]


@dataclass(frozen=True)
class Actor:
    """Who acts, and from which network."""

    viewer: Viewer
    network: str = ""


async def append(
    connection: AsyncConnection,
    actor: Actor,
    action: str,
    subject: str,
    *,
    house: UUID,
    audience: Audience = "shared",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Append to the house's trail. The connection acts as the system within that house."""
    await connection.execute(
        insert(audit_event).values(
            customer_id=house,
            id=uuid4(),
            actor_id=actor.viewer.person,
            actor_side=actor.viewer.side.value,
            action=action,
            subject=subject,
            audience=audience,
            before=before,
            after=after,
            network=actor.network,
            trace_id=current_trace_id(),
            imported=imported_at() is not None,
        )
    )
