"""`/projects/{id}/preview/{page}`: pages and mail as one person of the customer would get them after a publication.

The projects service publishes, reads as that person and takes all of it back; the rest is read as that person now,
shared things alone. Nothing is published, nothing is sent.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from atrium_gateway.notifications.composing import html_of
from atrium_gateway.notifications.mailing import house_of
from atrium_gateway.notifications.model import act_mail, asked_item
from atrium_gateway.pages.composing.home import home_page
from atrium_gateway.pages.composing.projects import project_page
from atrium_gateway.pages.composing.staff_plan import names
from atrium_gateway.pages.framing import MAIL_POLICY, dressed, framed, framed_page, guest_of, guest_visit
from atrium_gateway.pages.presenting.page import Fresh, Page
from atrium_gateway.pages.publication import by_address
from atrium_gateway.pages.routes.home import composed_home
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.visit import CurrentVisit, Visit
from atrium_gateway.people.queries import find_member
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Disclosure:
    """`guest` visits after the publication; `seen` is what they find of plan and home, `fresh` what is new of it."""

    guest: Visit
    seen: dict[str, Any]
    fresh: list[dict[str, Any]]

    @property
    def customer(self) -> UUID:
        return self.guest.tenant.house

    def page(self, section: str, path: str, **more: Any) -> Page:
        urls = frozenset(f"/items/{row['id']}" for row in self.fresh)
        page = self.guest.page(section, looked=Fresh(datetime.now(UTC), urls=urls), **more)
        return dressed(
            page, path, self.customer, f"/customers/{self.customer}/theme.css", self.guest.brand.choices.logos
        )


async def disclosure_of(
    visit: CurrentVisit, project: UUID, database: CurrentDatabase, person: Annotated[UUID, Query(alias="as")]
) -> Disclosure:
    """Raises NotFound for customers, and for a person whom the project is not for."""
    require_staff(visit)
    outcome = await by_address(project, visit.request.query_params).tried(visit, person)
    customer = UUID(outcome["seen"]["plan"]["project"]["customer_id"])
    guest = await _guest(visit, database, customer, person)
    return Disclosure(guest, outcome["seen"], outcome["becomes_visible"])


async def _guest(visit: Visit, database: Database, customer: UUID, person: UUID) -> Visit:
    state = visit.request.app.state
    async with database.transaction(replace(visit.viewer, customer=customer)) as connection:
        member = await find_member(connection, customer, person)
    if member is None or not member.active:
        raise NotFound
    tenant = await state.identity.tenant_of_house(customer)
    return await guest_visit(visit, tenant, await state.brands.of(customer), guest_of(visit.viewer, tenant, member))


CurrentDisclosure = Annotated[Disclosure, Depends(disclosure_of)]


@router.get("/projects/{project}/preview/project")
async def show_project(shown: CurrentDisclosure, project: UUID) -> Response:
    guest = shown.guest
    parts = await gather_parts(
        optional={
            "files": guest.get("files", f"/v1/projects/{project}/files", "limit=20"),
            "threads": guest.get("threads", "/v1/threads", f"project={project}&limit=20"),
        }
    )
    view = project_page(
        guest.scene,
        shown.seen["plan"],
        parts.get("files", {"items": []})["items"],
        parts.get("threads", {"items": []})["items"],
        people=guest.team,
        upload=None,
        chosen="",
        report_url="",
        since=None,
        missing=parts.missing,
    )
    page = shown.page("projects", f"/projects/{project}")
    return framed_page(guest.request, "portal/project.html", page, view)


@router.get("/projects/{project}/preview/home")
async def show_home(shown: CurrentDisclosure) -> Response:
    home, missing = await composed_home(shown.guest)
    view = home_page(shown.guest.scene, {**home, **shown.seen["home"]}, missing)
    page = shown.page("home", "/", counts={"home": len(view.mine)})
    return framed_page(shown.guest.request, "portal/home.html", page, view)


@router.get("/projects/{project}/preview/mail")
async def show_mail(shown: CurrentDisclosure) -> Response:
    """The mail about the first of what is asked. Raises NotFound where nothing is, and no mail would go out."""
    guest, plan = shown.guest, shown.seen["plan"]
    asked = [row for row in names(str(guest.session.person), shown.fresh) if row.get("verb")]
    if not asked:
        raise NotFound
    language, now = guest.viewer.language, datetime.now(UTC)
    people = {str(one): known.name for one, known in guest.people.items()}
    house = house_of(guest.tenant, guest.brand)
    item = asked_item(dict(asked[0]), plan["project"], people)
    text = act_mail(language, house, guest.session.name, item, "", now, now.astimezone(guest.scene.zone).date())
    mark = f"/customers/{shown.customer}/mark"
    return framed(html_of(guest.brand, text, mark=mark, dark=False), MAIL_POLICY)


@router.get("/customers/{customer}/theme.css")
async def theme(visit: CurrentVisit, customer: UUID) -> Response:
    """The customer's colours in force, for their pages within the workspace."""
    require_staff(visit)
    if str(customer) not in visit.desk.customers:
        raise NotFound
    brand = await visit.request.app.state.brands.of(customer)
    return Response(brand.css, media_type="text/css", headers={"Cache-Control": "private, no-store"})
