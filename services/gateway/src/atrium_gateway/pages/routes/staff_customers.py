"""`/customers`, `/customers/{id}` and `/customers/{id}/people`: new customers, their projects, their people."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.audit.model import reads_trail
from atrium_gateway.audit.queries import last_acts
from atrium_gateway.audit.words import QUIET
from atrium_gateway.pages.composing.people import people_filter, people_page, staff_of
from atrium_gateway.pages.composing.staff_customers import chosen, customer_row, leads_of, seen_last
from atrium_gateway.pages.composing.staff_home import of, project_row
from atrium_gateway.pages.presenting.shapes import Crumb, Form
from atrium_gateway.pages.presenting.staff import NEVER, CustomerPage, CustomersFilter, CustomersPage, Seen
from atrium_gateway.pages.routes.people import holders_of_tokens, invitation_of, invite_again
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.typed import checked
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.people.queries import last_presences
from atrium_gateway.people.routes.customers import post_customer
from atrium_gateway.people.routes.invitations import delete_invitation, get_invitations, post_invitation
from atrium_gateway.people.routes.members import delete_person, list_house_people
from atrium_gateway.people.routes.shapes import CustomerBody
from atrium_gateway.signin.identity import CurrentActor
from atrium_gateway.signin.model import PROVIDER
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

MANAGERS = frozenset({"admin", "manager"})


def host_of(visit: Visit, slug: str) -> str:
    settings = visit.request.app.state.settings
    return f"{slug}.{settings.base_host}"


def manages(visit: Visit) -> bool:
    return visit.viewer.role in MANAGERS


async def projects_of(visit: Visit, customer: str = "") -> list[Any]:
    query = f"limit=200&customer={customer}" if customer else "limit=200"
    found = await visit.get("projects", "/v1/projects", query)
    items: list[Any] = found["items"]
    return items


@router.get("/customers")
async def show_customers(visit: CurrentVisit) -> Response:
    return await _list(visit)


async def _list(visit: Visit, new: Form | None = None, status: int = 200) -> Response:
    require_staff(visit)
    parts = await gather_parts({"seen": _seen(visit)}, {"projects": projects_of(visit)})
    projects, desk = parts.get("projects", []), visit.desk
    rows = [
        customer_row(
            visit.scene,
            ref,
            host_of(visit, ref.slug),
            of(projects, key),
            of(desk.ours, key),
            of(desk.theirs, key),
            parts["seen"].get(key, NEVER),
        )
        for key, ref in desk.customers.items()
    ]
    asked = visit.request.query_params
    wanted = CustomersFilter(*(asked.get(name, "").strip() for name in ("q", "health", "lead", "sort")))
    view = CustomersPage(
        chosen(rows, wanted),
        (new or new_form("/customers")) if manages(visit) else None,
        wanted,
        leads_of(rows),
        len(rows),
        sum(row.share is not None and row.share.total > 0 for row in rows),
        frozenset(parts.missing),
    )
    return visit.show("staff/customers.html", view, "customers", status=status)


async def _seen(visit: Visit) -> dict[str, Seen]:
    """By customer. What they did is in the trail, for those who read it."""
    database: Database = visit.request.app.state.database
    async with database.transaction(visit.viewer) as connection:
        acts = await last_acts(connection, QUIET) if reads_trail(visit.viewer) else []
        presences = await last_presences(connection)
    did, here = ({str(row.customer_id): row for row in rows} for rows in (acts, presences))
    return {key: seen_last(visit.scene, did.get(key), here.get(key)) for key in {*did, *here}}


@router.post("/customers")
async def create_customer(
    visit: CurrentVisit, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    require_staff(visit)
    try:
        typed = {name: form.get(name) for name in ("name", "slug", "language") if form.get(name)}
        body = checked(CustomerBody, typed)
        await post_customer(visit.request, body, actor, database, form.key)
    except Problem as problem:
        return await _list(visit, form.again("/customers", problem, visit.scene), problem.status)
    return see_other("/customers")


@router.get("/customers/{customer}")
async def show_customer(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    return await _page(visit, customer, database)


@router.get("/customers/{customer}/people")
async def show_people_of_customer(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    return await _page(visit, customer, database, "people")


async def _page(
    visit: Visit,
    customer: UUID,
    database: CurrentDatabase,
    tab: str = "projects",
    *,
    invite: Form | None = None,
    new_project: Form | None = None,
    status: int = 200,
) -> Response:
    require_staff(visit)
    ref = visit.desk.customers.get(str(customer))
    if ref is None:
        raise NotFound
    address, may = f"/customers/{customer}", manages(visit)
    parts = await gather_parts(
        {
            "members": list_house_people(database, visit.viewer, customer),
            "staff": list_house_people(database, visit.viewer, PROVIDER),
        },
        {"projects": projects_of(visit, str(customer))},
    )
    titles = {row["id"]: row["title"] for row in parts.get("projects", [])}
    listed = await get_invitations(customer, visit.session, database) if may else {"items": []}
    who = people_page(
        replace(visit.scene, side="customer"),
        parts["members"],
        listed["items"],
        theirs=staff_of(parts["staff"], titles.keys(), titles),
        invite=(invite or new_form(f"{address}/invitations")) if may else None,
        remove=(lambda person, revision: new_form(f"{address}/people/{person}/removal", revision)) if may else None,
        on_invitation=lambda invitation, act: new_form(f"{address}/invitations/{invitation}/{act}"),
        wanted=people_filter(visit.request.query_params),
        titles=titles,
        token_holders=await holders_of_tokens(database, customer) if may else (),
    )
    desk = visit.desk
    view = CustomerPage(
        ref=ref,
        host=host_of(visit, ref.slug),
        tab=tab,
        projects=tuple(project_row(row, desk.ours, desk.theirs, desk.customer) for row in parts.get("projects", [])),
        who=who,
        new_project=(new_project or new_form(f"{address}/projects")) if may else None,
        brand_url=f"{address}/brand" if may else "",
        view_as_url=f"{address}/view-as" if parts["members"] else "",
        audit_url=f"/audit?customer={customer}" if reads_trail(visit.viewer) else "",
        missing=frozenset(parts.missing),
    )
    _ = visit.scene._
    path, words = (view.people_url, _("People")) if tab == "people" else (address, _("Projects"))
    crumbs = (Crumb(ref.name, address), Crumb(words))
    return visit.show("staff/customer.html", view, ref.slug, status=status, path=path, crumbs=crumbs)


@router.post("/customers/{customer}/projects")
async def create_project(visit: CurrentVisit, customer: UUID, form: CurrentForm, database: CurrentDatabase) -> Response:
    require_staff(visit)
    body = {"customer_id": str(customer), "title": form.get("title"), "goal": form.get("goal")}
    try:
        made = await visit.send("projects", "POST", "/v1/projects", body, form)
    except Problem as problem:
        again = form.again(f"/customers/{customer}/projects", problem, visit.scene)
        return await _page(visit, customer, database, new_project=again, status=problem.status)
    return see_other(f"/projects/{made['id']}")


@router.post("/customers/{customer}/invitations")
async def invite_contact(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    require_staff(visit)
    try:
        await post_invitation(customer, invitation_of(form), actor, database, form.key)
    except Problem as problem:
        again = form.again(f"/customers/{customer}/invitations", problem, visit.scene)
        return await _page(visit, customer, database, "people", invite=again, status=problem.status)
    return see_other(f"/customers/{customer}/people")


@router.post("/customers/{customer}/people/{person}/removal")
async def remove_contact(
    visit: CurrentVisit,
    customer: UUID,
    person: UUID,
    form: CurrentForm,
    actor: CurrentActor,
    database: CurrentDatabase,
) -> Response:
    """Signs the person out everywhere at once; the last owner stays."""
    require_staff(visit)
    try:
        await delete_person(customer, person, actor, database, form.revision)
    except Problem as problem:
        again = form.again(f"/customers/{customer}/invitations", problem, visit.scene)
        return await _page(visit, customer, database, "people", invite=again, status=problem.status)
    return see_other(f"/customers/{customer}/people")


@router.post("/customers/{customer}/invitations/{invitation}/again")
async def send_again(
    visit: CurrentVisit,
    customer: UUID,
    invitation: UUID,
    form: CurrentForm,
    actor: CurrentActor,
    database: CurrentDatabase,
) -> Response:
    require_staff(visit)
    await invite_again(visit, customer, invitation, actor, database, form)
    return see_other(f"/customers/{customer}/people")


@router.post("/customers/{customer}/invitations/{invitation}/withdrawal")
async def withdraw_invitation(
    visit: CurrentVisit, customer: UUID, invitation: UUID, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    require_staff(visit)
    await delete_invitation(invitation, actor, database)
    return see_other(f"/customers/{customer}/people")
