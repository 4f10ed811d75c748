"""Who belongs to a customer: seen, changed, removed."""

from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.paging import Page
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import IfMatch, revisioned
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway import examples
from atrium_gateway.audit.commands import Actor
from atrium_gateway.openapi import INVITERS, described
from atrium_gateway.people import commands, queries
from atrium_gateway.people.commands import enter_house
from atrium_gateway.people.routes.shapes import MemberPatch, MemberView, customer_only, member_view
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import PROVIDER

router = APIRouter(prefix="/api/v1")


async def list_house_people(database: Database, viewer: Viewer, house: UUID) -> list[dict[str, Any]]:
    """Members with their addresses. Memberships are read with the viewer's rights, addresses by the system."""
    async with database.transaction(viewer) as connection:
        if house != PROVIDER and await queries.find_customer(connection, house) is None:
            raise NotFound
        rows = await queries.list_members(connection, house)
    async with database.transaction(Viewer.system(house)) as connection:
        emails = await queries.emails_of(connection, [row.person_id for row in rows])
    return [member_view(row, emails.get(row.person_id, "")) for row in rows]


async def member_json(database: Database, viewer: Viewer, house: UUID, person: UUID) -> dict[str, Any]:
    people = await list_house_people(database, viewer, house)
    return next(member for member in people if member["person_id"] == str(person))


@router.get(
    "/customers/{customer}/people",
    operation_id="list_people",
    response_model=Page[MemberView],
    **described("both", EVERYONE, 404, example=examples.page(examples.MEMBER)),
)
async def get_people(customer: UUID, session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    people = await list_house_people(database, session.viewer, customer_only(customer))
    return {"items": people, "next_cursor": None}


@router.patch(
    "/customers/{customer}/people/{person}",
    operation_id="change_person",
    response_model=MemberView,
    **described("both", INVITERS, 403, 404, 409, 412, example=examples.MEMBER),
)
async def patch_person(
    request: Request,
    customer: UUID,
    person: UUID,
    body: MemberPatch,
    actor: CurrentActor,
    database: CurrentDatabase,
    if_match: IfMatch,
) -> Response:
    return await change_member(request, database, actor, customer_only(customer), person, body, if_match)


async def change_member(
    request: Request,
    database: Database,
    actor: Actor,
    house: UUID,
    person: UUID,
    body: MemberPatch,
    expected: int | None,
) -> Response:
    changes = body.model_dump(exclude_unset=True)
    for required in ("name", "role", "language", "time_zone"):
        if required in changes and changes[required] is None:
            raise Invalid([FieldError(f"/{required}", "missing", "This cannot be empty.")])
    if "projects" in changes:
        changes["project_ids"] = changes.pop("projects")
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, house)
        await commands.change_member(connection, actor, house, person, changes, expected)
    shown = await member_json(database, actor.viewer, house, person)
    return revisioned(request, shown, shown["revision"])


@router.delete(
    "/customers/{customer}/people/{person}",
    operation_id="remove_person",
    **described("both", INVITERS, 403, 404, 409, 412, status=204),
)
async def delete_person(
    customer: UUID, person: UUID, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch
) -> Response:
    """Signs the person out everywhere at once. The last owner stays."""
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, customer_only(customer))
        await commands.remove_member(connection, actor, customer, person, if_match)
    return Response(status_code=204)
