"""`/people`: who sees what is shared here; owners invite and remove."""

from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.audit.commands import Actor
from atrium_gateway.pages.composing.people import people_filter, people_page
from atrium_gateway.pages.presenting.others import Member
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.typed import checked
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, new_form, see_other
from atrium_gateway.people.routes.invitations import delete_invitation, get_invitations, post_invitation
from atrium_gateway.people.routes.members import delete_person, list_house_people
from atrium_gateway.people.routes.shapes import InvitationBody
from atrium_gateway.people.routes.staff import delete_staff, post_staff_invitation
from atrium_gateway.signin.identity import CurrentActor
from atrium_gateway.signin.queries import token_holders
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


@router.get("/people")
async def show_people(visit: CurrentVisit, database: CurrentDatabase) -> Response:
    return await _page(visit, database)


async def _page(visit: Visit, database: CurrentDatabase, form: Form | None = None, status: int = 200) -> Response:
    """Owners see open invitations too."""
    manages = visit.viewer.role in {"owner", "admin"}
    members = await list_house_people(database, visit.viewer, visit.tenant.house)
    invitations: list[dict[str, Any]] = []
    if manages and visit.tenant.customer is not None:
        listed = await get_invitations(visit.tenant.customer, visit.session, database)
        invitations = listed["items"]
    theirs = [] if visit.is_staff else [Member(one, "") for one in visit.team if one.side == "provider"]
    view = people_page(
        visit.scene,
        members,
        invitations,
        theirs=theirs,
        invite=(form or new_form("/people/invitations")) if manages else None,
        remove=(lambda person, revision: new_form(f"/people/{person}/removal", revision)) if manages else None,
        on_invitation=lambda invitation, act: new_form(f"/people/invitations/{invitation}/{act}"),
        wanted=people_filter(visit.request.query_params),
        titles=await _titles(visit),
        token_holders=await holders_of_tokens(database, visit.tenant.house) if manages else (),
    )
    return visit.show("portal/people.html", view, "people", status=status, path="/people")


async def holders_of_tokens(database: Database, house: UUID) -> set[str]:
    """For those who manage the house's people. Tokens are read by the system: each person sees their own alone."""
    async with database.transaction(Viewer.system(house)) as connection:
        return set(map(str, await token_holders(connection, house)))


async def _titles(visit: Visit) -> dict[str, str]:
    """Names of projects; none while their service is away."""
    parts = await gather_parts(optional={"projects": visit.get("projects", "/v1/projects", "limit=200")})
    return {row["id"]: row["title"] for row in parts.get("projects", {"items": []})["items"]}


@router.post("/people/invitations")
async def invite(visit: CurrentVisit, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase) -> Response:
    try:
        body = invitation_of(form, language=visit.tenant.language)
        if visit.tenant.customer is None:
            await post_staff_invitation(body, actor, database, form.key)
        else:
            await post_invitation(visit.tenant.customer, body, actor, database, form.key)
    except Problem as problem:
        again = form.again("/people/invitations", problem, visit.scene)
        return await _page(visit, database, again, problem.status)
    return see_other("/people")


def invitation_of(form: Submitted, **more: str) -> InvitationBody:
    """Raises Invalid. Without a name, that of the address."""
    email = form.get("email")
    name = form.get("name") or email.partition("@")[0].replace(".", " ").title()
    return checked(InvitationBody, {"email": email, "name": name, "role": form.get("role") or "member", **more})


@router.post("/people/{person}/removal")
async def remove(
    visit: CurrentVisit, person: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """Signs the person out everywhere at once; the last owner stays."""
    try:
        if visit.tenant.customer is None:
            await delete_staff(person, actor, database, form.revision)
        else:
            await delete_person(visit.tenant.customer, person, actor, database, form.revision)
    except Problem as problem:
        again = form.again("/people/invitations", problem, visit.scene)
        return await _page(visit, database, again, problem.status)
    return see_other("/people")


async def invite_again(
    visit: Visit, house: UUID, invitation: UUID, actor: Actor, database: Database, form: Submitted
) -> None:
    """The same invitation anew: it ends later, and the first one's link leads nowhere. Raises NotFound."""
    listed = await get_invitations(house, visit.session, database)
    row = next((one for one in listed["items"] if one["id"] == str(invitation)), None)
    if row is None:
        raise NotFound
    body = checked(InvitationBody, {name: row[name] for name in InvitationBody.model_fields})
    await post_invitation(house, body, actor, database, form.key)


@router.post("/people/invitations/{invitation}/again")
async def send_again(
    visit: CurrentVisit, invitation: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    await invite_again(visit, visit.tenant.house, invitation, actor, database, form)
    return see_other("/people")


@router.post("/people/invitations/{invitation}/withdrawal")
async def withdraw(visit: CurrentVisit, invitation: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    await delete_invitation(invitation, actor, database)
    return see_other("/people")
