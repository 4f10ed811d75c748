"""Invitations into a customer's house: sent, seen, withdrawn."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page
from atrium_chassis.problems import NotFound
from atrium_chassis.requests import IdempotencyKey
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway import examples
from atrium_gateway.audit.commands import Actor
from atrium_gateway.notifications.commands import queue_invitation
from atrium_gateway.openapi import INVITERS, described
from atrium_gateway.people import commands, queries
from atrium_gateway.people.commands import NewMember, enter_house
from atrium_gateway.people.model import (
    INVITATION_LIFETIME,
    require_manager,
)
from atrium_gateway.people.routes.shapes import InvitationBody, InvitationView, customer_only, invitation_view
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import PROVIDER, normal_email

router = APIRouter(prefix="/api/v1")


@router.get(
    "/customers/{customer}/invitations",
    operation_id="list_invitations",
    response_model=Page[InvitationView],
    **described("both", INVITERS, 403, 404, example=examples.page(examples.INVITATION)),
)
async def get_invitations(customer: UUID, session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    """Those neither accepted nor withdrawn, newest first."""
    async with database.transaction(session.viewer) as connection:
        if await queries.find_customer(connection, customer_only(customer)) is None:
            raise NotFound
        require_manager(session.viewer, customer)
        rows = await queries.list_invitations(connection, customer)
    return {"items": [invitation_view(row) for row in rows], "next_cursor": None}


@router.post(
    "/customers/{customer}/invitations",
    operation_id="invite_person",
    response_model=InvitationView,
    **described("both", INVITERS, 403, 404, 409, example=examples.INVITATION, status=201),
)
async def post_invitation(
    customer: UUID, body: InvitationBody, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> Response:
    """Mails an invitation in the customer's brand. The person belongs here from their first sign-in on."""
    return await invite(database, actor, customer_only(customer), body, key)


async def invite(database: Database, actor: Actor, house: UUID, body: InvitationBody, key: str | None) -> Response:
    async with database.transaction(actor.viewer) as connection:
        if house != PROVIDER and await queries.find_customer(connection, house) is None:
            raise NotFound
        require_manager(actor.viewer, house)

        async def act() -> dict[str, Any]:
            await enter_house(connection, actor, house)
            return await _invited(connection, actor, house, body)

        operation = f"invite_person/{house}"
        asked = body.model_dump(mode="json")
        answer = await once(connection, actor.viewer, operation=operation, key=key, body=asked, act=act)
    return JSONResponse(answer, status_code=201)


async def _invited(connection: AsyncConnection, actor: Actor, house: UUID, body: InvitationBody) -> dict[str, Any]:
    projects = None if body.projects is None else tuple(body.projects)
    new = NewMember(normal_email(body.email), body.name, body.role, body.language, projects)
    expires_at = datetime.now(UTC) + INVITATION_LIFETIME
    invitation_id = await commands.invite(connection, actor, house, new, expires_at)
    await queue_invitation(connection, house, invitation_id)
    rows = await queries.list_invitations(connection, house)
    return next(invitation_view(row) for row in rows if row.id == invitation_id)


@router.delete(
    "/invitations/{invitation}",
    operation_id="withdraw_invitation",
    **described("both", INVITERS, 403, 404, status=204),
)
async def delete_invitation(invitation: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    async with database.transaction(actor.viewer) as connection:
        await commands.withdraw_invitation(connection, actor, invitation)
    return Response(status_code=204)
