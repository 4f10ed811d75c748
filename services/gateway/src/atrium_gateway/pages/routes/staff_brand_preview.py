"""`/customers/{id}/brand/preview/{page}`: the customer's own pages as the draft would show them, only to be looked at.

The same templates over the same reads as the customer's: with the rights of its first owner, shared things alone.
"""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.branding.model import publish
from atrium_gateway.branding.queries import find_brand, find_draft
from atrium_gateway.exports.printing import Printer
from atrium_gateway.exports.reading import Wanted, composed, report_of
from atrium_gateway.exports.sample import sample_report
from atrium_gateway.notifications.composing import html_of
from atrium_gateway.notifications.mailing import house_of as mail_house_of
from atrium_gateway.notifications.model import MailText, act_mail, asked_item, sign_in_mail
from atrium_gateway.pages.composing.home import home_page
from atrium_gateway.pages.entrance import Entrance
from atrium_gateway.pages.framing import MAIL_POLICY, dressed, framed, framed_page, guest_of, guest_visit
from atrium_gateway.pages.presenting.entry import EmailStep
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.presenting.studio import Paper
from atrium_gateway.pages.routes.home import composed_home
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.translation import LANGUAGES
from atrium_gateway.pages.visit import CurrentVisit, Visit, new_form
from atrium_gateway.people.queries import list_members
from atrium_gateway.signin.model import Tenant
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

CODE = "402816"


class Preview:
    """A customer's house in a person's draft of its brand, as its first owner would visit it."""

    def __init__(self, visit: Visit, guest: Visit) -> None:
        self.visit = visit
        self.guest = guest
        self.tenant = guest.tenant
        self.brand = guest.brand
        asked = visit.request.query_params.get("theme")
        self.theme: Literal["light", "dark"] = "dark" if asked == "dark" else "light"
        self.address = f"/customers/{self.tenant.house}/brand"

    def dressed(self, page: Page, path: str) -> Page:
        """The page at its own path, with the draft's colours and pictures."""
        theme_url = f"{self.address}/preview/theme.css?v={self.visit.request.query_params.get('v', '')}"
        return dressed(page, path, self.tenant.house, theme_url, self.brand.choices.logos, self.theme)


async def _preview(visit: Visit, customer: UUID, database: CurrentDatabase) -> Preview:
    """Raises NotFound for customers, and for a house that is not there."""
    require_staff(visit)
    if str(customer) not in visit.desk.customers:
        raise NotFound
    async with database.transaction(visit.viewer) as connection:
        brand = await find_brand(connection, customer)
        draft = await find_draft(connection, customer, visit.viewer.person)
        members = await list_members(connection, customer)
    if brand is None:
        raise NotFound
    tenant: Tenant = await visit.request.app.state.identity.tenant_of_house(customer)
    asked = visit.request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else tenant.language
    first = min(members, key=lambda one: one.role != "owner", default=None)
    shown = publish(draft.choices, brand.revision) if draft else brand
    return Preview(visit, await guest_visit(visit, tenant, shown, guest_of(visit.viewer, tenant, first, language)))


@router.get("/customers/{customer}/brand/preview/theme.css")
async def theme(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    preview = await _preview(visit, customer, database)
    return Response(preview.brand.css, media_type="text/css", headers={"Cache-Control": "private, no-store"})


@router.get("/customers/{customer}/brand/preview/home")
async def home(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    preview = await _preview(visit, customer, database)
    guest = preview.guest
    parts, missing = await composed_home(guest)
    view = home_page(guest.scene, parts, missing)
    page = replace(guest.page("home"), counts={"home": len(view.mine)})
    return framed_page(visit.request, "portal/home.html", preview.dressed(page, "/"), view)


@router.get("/customers/{customer}/brand/preview/sign-in")
async def sign_in(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    preview = await _preview(visit, customer, database)
    page = Entrance(visit.request, preview.tenant, preview.brand).page()
    view = EmailStep(new_form("/sign-in"), "/")
    return framed_page(visit.request, "entry/email.html", preview.dressed(page, "/sign-in"), view)


@router.get("/customers/{customer}/brand/preview/pdf")
async def pdf(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    """The first page of the customer's newest report on paper; where there is none yet, of one that could be."""
    preview = await _preview(visit, customer, database)
    guest = preview.guest
    parts = await gather_parts(optional={"reports": guest.get("reports", "/v1/reports", "limit=1")})
    known = [UUID(one["id"]) for one in parts.get("reports", {"items": []})["items"]]
    wanted = Wanted(visit.request, guest.viewer, known[0] if known else UUID(int=0))
    report = await report_of(wanted) if known else sample_report(guest.scene, customer)
    document, brand, logo = await composed(wanted, report, preview.tenant, preview.brand)
    printer: Printer = visit.request.app.state.printer
    picture = base64.b64encode(await printer.printed(document, brand, logo, "svg")).decode()
    view = Paper(f"data:image/svg+xml;base64,{picture}", document.title)
    page = replace(preview.dressed(guest.page("reports"), "/reports"), theme="light")
    return framed_page(visit.request, "staff/brand/paper.html", page, view)


@router.get("/customers/{customer}/brand/preview/mail")
async def mail(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    """The mail that asks for the customer's most urgent act; where nothing is asked, the one with the code."""
    preview = await _preview(visit, customer, database)
    kind = next((kind for kind in ("mark", "light") if kind in preview.brand.choices.logos), "")
    own = f"{preview.address}/pictures/{preview.brand.choices.logos[kind]}" if kind else f"/customers/{customer}/mark"
    html = html_of(preview.brand, await _mail(preview), mark=own, dark=preview.theme == "dark")
    return framed(html, MAIL_POLICY)


async def _mail(preview: Preview) -> MailText:
    guest = preview.guest
    house = mail_house_of(preview.tenant, preview.brand)
    parts, _ = await composed_home(guest)
    asked = (parts.get("your_turn") or {}).get("mine", [])
    language, name, now = guest.viewer.language, guest.session.name, datetime.now(UTC)
    if not asked:
        return sign_in_mail(language, house, name, CODE, "")
    title = next((one["title"] for one in parts.get("projects", []) if one["id"] == asked[0].get("project_id")), "")
    names = {str(one): known.name for one, known in guest.people.items()}
    return act_mail(language, house, name, asked_item(asked[0], {"title": title}, names), "", now, now.date())
