"""`/people`: who sees what is shared here; owners invite and remove."""

from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.people import people_page
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.typed import checked
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, is_refusal, new_form, see_other
from atrium_gateway.people.routes.invitations import delete_invitation, get_invitations, post_invitation
from atrium_gateway.people.routes.members import delete_person, list_house_people
from atrium_gateway.people.routes.shapes import InvitationBody
from atrium_gateway.people.routes.staff import delete_staff, post_staff_invitation
from atrium_gateway.signin.identity import CurrentActor

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
    view = people_page(
        visit.scene,
        members,
        invitations,
        provider=[one for one in visit.team if one.side == "provider"] if not visit.is_staff else [],
        invite=(form or new_form("/people/invitations")) if manages else None,
        remove=(lambda person, revision: new_form(f"/people/{person}/removal", revision)) if manages else None,
        withdraw=lambda invitation: new_form(f"/people/invitations/{invitation}/withdrawal"),
    )
    return visit.show("portal/people.html", view, "people", status=status, path="/people")


@router.post("/people/invitations")
async def invite(visit: CurrentVisit, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase) -> Response:
    try:
        body = invitation_of(form, language=visit.tenant.language)
        if visit.tenant.customer is None:
            await post_staff_invitation(body, actor, database, form.key)
        else:
            await post_invitation(visit.tenant.customer, body, actor, database, form.key)
    except Problem as problem:
        if not is_refusal(problem):
            raise
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
        if not is_refusal(problem):
            raise
        again = form.again("/people/invitations", problem, visit.scene)
        return await _page(visit, database, again, problem.status)
    return see_other("/people")


@router.post("/people/invitations/{invitation}/withdrawal")
async def withdraw(visit: CurrentVisit, invitation: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    await delete_invitation(invitation, actor, database)
    return see_other("/people")
