"""The provider's own people."""

from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import STAFF
from atrium_chassis.paging import Page
from atrium_chassis.problems import NotFound
from atrium_chassis.requests import IdempotencyKey, IfMatch
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway import examples
from atrium_gateway.openapi import described
from atrium_gateway.people import commands
from atrium_gateway.people.commands import enter_house
from atrium_gateway.people.routes.invitations import invite
from atrium_gateway.people.routes.members import change_member, list_house_people
from atrium_gateway.people.routes.shapes import InvitationBody, InvitationView, MemberPatch, MemberView
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import PROVIDER

router = APIRouter(prefix="/api/v1")


def _staff_only(viewer: Viewer) -> None:
    if viewer.side is not Side.PROVIDER:
        raise NotFound


@router.get(
    "/staff",
    operation_id="list_staff",
    response_model=Page[MemberView],
    **described("provider", STAFF, 404, example=examples.page(examples.MEMBER)),
)
async def get_staff(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    _staff_only(session.viewer)
    return {"items": await list_house_people(database, session.viewer, PROVIDER), "next_cursor": None}


@router.post(
    "/staff/invitations",
    operation_id="invite_staff",
    response_model=InvitationView,
    **described("provider", ("admin",), 403, 404, 409, example=examples.INVITATION, status=201),
)
async def post_staff_invitation(
    body: InvitationBody, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> Response:
    _staff_only(actor.viewer)
    return await invite(database, actor, PROVIDER, body, key)


@router.patch(
    "/staff/{person}",
    operation_id="change_staff",
    response_model=MemberView,
    **described("provider", ("admin",), 403, 404, 409, 412, example=examples.MEMBER),
)
async def patch_staff(
    request: Request, person: UUID, body: MemberPatch, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch
) -> Response:
    _staff_only(actor.viewer)
    return await change_member(request, database, actor, PROVIDER, person, body, if_match)


@router.delete(
    "/staff/{person}",
    operation_id="remove_staff",
    **described("provider", ("admin",), 403, 404, 409, 412, status=204),
)
async def delete_staff(person: UUID, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch) -> Response:
    _staff_only(actor.viewer)
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, PROVIDER)
        await commands.remove_member(connection, actor, PROVIDER, person, if_match)
    return Response(status_code=204)
