"""The trail is written in the transaction of what it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

from atrium_chassis.clock import imported_at
from atrium_chassis.telemetry import current_trace_id
from atrium_chassis.viewer import Viewer
from sqlalchemy import delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.tables import audit_event, saved_filter
from atrium_gateway.signin.model import own_house

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


async def save_filter(connection: AsyncConnection, viewer: Viewer, name: str, choices: Mapping[str, str]) -> None:
    """As the viewer, whose own alone the database admits. The same name once more replaces what it stood for."""
    statement = upsert(saved_filter).values(
        customer_id=own_house(viewer), person_id=viewer.person, name=name, choices=dict(choices)
    )
    key = (saved_filter.c.customer_id, saved_filter.c.person_id, saved_filter.c.name)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=key, set_={"choices": statement.excluded.choices})
    )


async def forget_filter(connection: AsyncConnection, viewer: Viewer, name: str) -> None:
    await connection.execute(
        delete(saved_filter).where(
            saved_filter.c.customer_id == own_house(viewer),
            saved_filter.c.person_id == viewer.person,
            saved_filter.c.name == name,
        )
    )
