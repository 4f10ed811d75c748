"""One's own sessions: where one is signed in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.paging import Page
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from atrium_gateway import examples
from atrium_gateway.openapi import described
from atrium_gateway.signin.commands import (
    end_all_sessions,
    end_session,
)
from atrium_gateway.signin.identity import (
    CurrentActor,
    CurrentSession,
)
from atrium_gateway.signin.queries import list_own
from atrium_gateway.signin.tables import session as sessions

router = APIRouter(prefix="/api/v1")


class SessionView(BaseModel):
    id: UUID
    device: str
    network: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


@router.get(
    "/me/sessions",
    operation_id="list_my_sessions",
    response_model=Page[SessionView],
    **described("both", EVERYONE, example=examples.page(examples.SESSION)),
)
async def get_sessions(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    async with database.transaction(session.viewer) as connection:
        rows = await list_own(connection, sessions, session.house, session.person)
    return {"items": [{**row._mapping, "current": row.id == session.id} for row in rows], "next_cursor": None}


@router.delete(
    "/me/sessions",
    operation_id="end_my_sessions",
    **described("both", EVERYONE, 403, status=204),
)
async def delete_sessions(session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Response:
    """Signs out everywhere, here too."""
    async with database.transaction(session.viewer) as connection:
        await end_all_sessions(connection, actor, session.house)
    return Response(status_code=204)


@router.delete(
    "/me/sessions/{held}",
    operation_id="end_my_session",
    **described("both", EVERYONE, 403, 404, status=204),
)
async def delete_session(
    held: UUID, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    async with database.transaction(session.viewer) as connection:
        await end_session(connection, actor, session.house, held)
    return Response(status_code=204)
