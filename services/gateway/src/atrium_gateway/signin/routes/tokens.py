"""One's own API tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page
from atrium_chassis.requests import Body, IdempotencyKey
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, Field

from atrium_gateway import examples
from atrium_gateway.openapi import described
from atrium_gateway.signin.commands import (
    create_api_token,
    revoke_api_token,
)
from atrium_gateway.signin.identity import (
    CurrentActor,
    CurrentSession,
)
from atrium_gateway.signin.queries import list_own
from atrium_gateway.signin.tables import api_token

router = APIRouter(prefix="/api/v1")


class TokenBody(Body):
    name: str = Field(min_length=1, max_length=80, examples=["Reporting script"])
    expires_at: AwareDatetime | None = None


class TokenView(BaseModel):
    id: UUID
    name: str
    created_at: datetime
    last_seen_at: datetime | None
    expires_at: datetime | None


class NewToken(BaseModel):
    id: UUID
    name: str
    token: str = Field(description="Shown this once.")


@router.get(
    "/me/tokens",
    operation_id="list_my_tokens",
    response_model=Page[TokenView],
    **described("both", EVERYONE, example=examples.page(examples.TOKEN)),
)
async def get_tokens(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    async with database.transaction(session.viewer) as connection:
        rows = await list_own(connection, api_token, session.house, session.person)
    return {"items": [dict(row._mapping) for row in rows], "next_cursor": None}


@router.post(
    "/me/tokens",
    operation_id="create_my_token",
    response_model=NewToken,
    **described("both", EVERYONE, 403, example=examples.NEW_TOKEN, status=201),
)
async def post_token(
    body: TokenBody, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> dict[str, Any]:
    """An API token for `Authorization: Bearer`, with one's own rights. A repeat shows it no second time."""
    shown: list[str] = []
    async with database.transaction(session.viewer) as connection:

        async def act() -> dict[str, Any]:
            token_id, token = await create_api_token(
                connection, actor, session.house, session.person, body.name, body.expires_at
            )
            shown.append(token)
            return {"id": str(token_id), "name": body.name}

        answer = await once(
            connection, session.viewer, operation="create_my_token", key=key, body=body.model_dump(mode="json"), act=act
        )
    return {**answer, "token": shown[0] if shown else ""}


@router.delete(
    "/me/tokens/{held}",
    operation_id="revoke_my_token",
    **described("both", EVERYONE, 403, 404, status=204),
)
async def delete_token(held: UUID, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Response:
    async with database.transaction(session.viewer) as connection:
        await revoke_api_token(connection, actor, session.house, held)
    return Response(status_code=204)
