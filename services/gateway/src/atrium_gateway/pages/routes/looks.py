"""Staff look at a customer's portal as one of its people: in from the workspace, another person or language, out again.

Every look is read-only: a write ends before any route (signin/middleware.py), and the services refuse it again.
"""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Forbidden, NotFound, Problem
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.audit.commands import Actor
from atrium_gateway.pages import rendering
from atrium_gateway.pages.entrance import safe_next
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.translation import LANGUAGES
from atrium_gateway.pages.visit import CurrentVisit, Visit, see_other
from atrium_gateway.people.queries import find_member, list_members
from atrium_gateway.signin.identity import CurrentIdentity, CurrentTenant, client_network, same_origin
from atrium_gateway.signin.looks import LOOK_LIFETIME, Look, begin_look, end_look, enter_look
from atrium_gateway.signin.model import Looking, looking_as, viewer_of
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

#: So many projects of a customer are looked through for what is hidden on its home.
PROJECTS = 20
#: Pages about one thing, and the service that knows its project.
THINGS = {"projects": "projects", "items": "projects", "requests": "projects", "files": "files"}


@router.get("/customers/{customer}/view-as")
async def view_as_somebody(visit: CurrentVisit, customer: UUID, database: CurrentDatabase, to: str = "/") -> Response:
    """As the customer's first owner."""
    require_staff(visit)
    async with database.transaction(Viewer.system(customer)) as connection:
        members = await list_members(connection, customer)
    first = min(members, key=lambda one: one.role != "owner", default=None)
    if first is None:
        raise NotFound
    return await view_as(visit, customer, first.person_id, database, to)


@router.get("/customers/{customer}/view-as/{person}")
async def view_as(
    visit: CurrentVisit, customer: UUID, person: UUID, database: CurrentDatabase, to: str = "/"
) -> Response:
    """To the customer's own host, where the look is entered with a secret that is good once."""
    require_staff(visit)
    if str(customer) not in visit.desk.customers:
        raise NotFound
    _require_own_page(visit.request)
    own = Looking(visit.viewer, visit.session.id)
    await _require_common_ground(visit, own.viewer, customer, person)
    secret = await begin_look(database, _actor(visit.request, own), _look(own, customer, person))
    tenant = await visit.request.app.state.identity.tenant_of_house(customer)
    return see_other(f"{tenant.origin}/look/enter/{secret}?to={safe_next(to)}")


@router.get("/look/enter/{secret}")
async def enter(
    request: Request, secret: str, tenant: CurrentTenant, identity: CurrentIdentity, database: CurrentDatabase
) -> Response:
    kept = await enter_look(database, tenant.house, secret)
    if kept is None:
        raise NotFound
    return _kept(request, identity.look_cookie, kept)


@router.get("/look/as/{person}")
async def as_another(
    visit: CurrentVisit, person: UUID, identity: CurrentIdentity, database: CurrentDatabase, language: str = ""
) -> Response:
    """Another person of the same customer, or another language: a look of its own, in the trail as such."""
    own = _require_look(visit)
    await _require_common_ground(visit, own.viewer, visit.tenant.house, person)
    wanted = _look(own, visit.tenant.house, person, language if language in LANGUAGES else "")
    kept = await begin_look(database, _actor(visit.request, own), wanted, entered=True)
    await end_look(database, visit.tenant.house, visit.session.id)
    return _kept(visit.request, identity.look_cookie, kept)


@router.get("/look/end")
async def leave(visit: CurrentVisit, identity: CurrentIdentity, database: CurrentDatabase) -> Response:
    """Back to the customer's page in the workspace."""
    _require_look(visit)
    await end_look(database, visit.tenant.house, visit.session.id)
    settings = visit.request.app.state.settings
    response = see_other(f"{settings.public_url}/customers/{visit.tenant.house}")
    response.delete_cookie(identity.look_cookie, path="/", secure=settings.secure, httponly=True)
    return response


@router.get("/look/phone")
async def on_a_phone(visit: CurrentVisit, at: str = "/") -> Response:
    """The page in a frame as wide as a phone."""
    _require_look(visit)
    return visit.whole("looked-at.html", None, "", looking=visit.looking(safe_next(at), "phone"))


@router.get("/look/hidden")
async def hidden(visit: CurrentVisit, at: str = "/") -> Response:
    """How much of a page its reader does not see, counted with the rights of whoever looks."""
    own = _require_look(visit)
    words = visit.scene.words
    items, threads, notes = await _hidden(visit, own.viewer, at)
    found = []
    if items:
        found.append(words.ngettext("%(num)s internal item", "%(num)s internal items", items) % {"num": items})
    if threads:
        found.append(words.ngettext("%(num)s internal thread", "%(num)s internal threads", threads) % {"num": threads})
    if notes:
        found.append(words.ngettext("%(num)s note", "%(num)s notes", notes) % {"num": notes})
    page = visit.page("", path=safe_next(at), looking=visit.looking(safe_next(at)))
    return Response(
        rendering.render("ui/hidden.html", page, " · ".join(found) or visit.scene._("nothing")), media_type="text/html"
    )


async def _hidden(visit: Visit, staff: Viewer, at: str) -> tuple[int, int, int]:
    """Internal items and conversations, and notes: of the project that a page is about, else of all the customer's."""
    customer = str(visit.tenant.house)
    get = visit.upstreams.get
    found = await get(staff, "projects", "/v1/projects", query=f"customer={customer}&limit={PROJECTS}")
    about = await _project_of(visit, staff, at)
    projects = [one["id"] for one in found["items"] if about in (None, one["id"])]
    plans = await gather_parts(optional={one: get(staff, "projects", f"/v1/projects/{one}/plan") for one in projects})
    talks = await gather_parts(
        optional={one: get(staff, "threads", "/v1/threads", query=f"project={one}&limit=200") for one in projects}
    )
    items = [row for plan in plans.arrived.values() for row in plan["items"]]
    return (
        sum(row["visibility"] == "internal" for row in items),
        sum(row["audience"] == "internal" for found in talks.arrived.values() for row in found["items"]),
        sum(bool(row["internal_note"]) for row in items),
    )


async def _project_of(visit: Visit, staff: Viewer, at: str) -> str | None:
    """The project of the thing that a page is about; None for a page about several."""
    _, folder, identifier, *_ = f"{at}//".split("/")
    if not identifier or folder not in THINGS:
        return None
    if folder == "projects":
        return identifier
    try:
        thing = await visit.upstreams.get(staff, THINGS[folder], f"/v1/{folder}/{quote(identifier, safe='')}")
    except Problem:
        return None
    project: str | None = thing.get("project_id")
    return project


def _require_look(visit: Visit) -> Looking:
    """For customers, and for staff in their workspace, these pages are not there."""
    if visit.session.looking is None:
        raise NotFound
    _require_own_page(visit.request)
    return visit.session.looking


def _require_own_page(request: Request) -> None:
    """What begins or ends a look is pressed on a page of this address: each one stands in the trail."""
    if not same_origin(request):
        raise Forbidden("A look begins and ends on a page of this address.", code="cross_origin")


async def _require_common_ground(visit: Visit, staff: Viewer, customer: UUID, person: UUID) -> None:
    """Raises NotFound for who has no access, and for staff who share no project with that person."""
    database = visit.request.app.state.database
    async with database.transaction(Viewer.system(customer)) as connection:
        member: Any = await find_member(connection, customer, person)
    if member is None or not member.active:
        raise NotFound
    if staff.projects is None:
        return
    own = viewer_of(customer, person, member.role, member.project_ids, member.language, member.time_zone)
    found = await visit.upstreams.get(looking_as(staff, own), "projects", "/v1/projects", query="limit=1")
    if not found["items"]:
        raise NotFound


def _look(own: Looking, customer: UUID, person: UUID, language: str = "") -> Look:
    assert own.viewer.person is not None  # noqa: S101  # staff are people
    return Look(customer, own.viewer.person, own.session, person, language)


def _actor(request: Request, own: Looking) -> Actor:
    return Actor(own.viewer, client_network(request))


def _kept(request: Request, name: str, secret: str) -> Response:
    """The look's cookie, for this host alone, and on to the page that was asked for."""
    response = see_other(safe_next(request.query_params.get("to", "/")))
    response.set_cookie(
        name,
        secret,
        max_age=int(LOOK_LIFETIME.total_seconds()),
        path="/",
        secure=request.app.state.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return response
