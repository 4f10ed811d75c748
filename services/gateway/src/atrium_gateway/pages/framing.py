"""A customer's pages within a page of the workspace: in a frame, without scripts and forms, only to be looked at."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID, uuid4

from atrium_chassis.viewer import Viewer
from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Row

from atrium_gateway.branding.model import Brand
from atrium_gateway.pages import rendering
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.visit import Visit
from atrium_gateway.signin.model import Session, Tenant, looking_as, viewer_of

#: Framed by the workspace alone; no script, no form, nothing from elsewhere. A mail carries its styles in itself.
FRAMED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; font-src 'self'; "
PAGE_POLICY = FRAMED + "style-src 'self'; img-src 'self' data: "
MAIL_POLICY = FRAMED + "style-src 'unsafe-inline'; img-src 'self'"


def guest_of(staff: Viewer, tenant: Tenant, member: Row[Any] | None, language: str = "") -> Session:
    """A session with the eyes of the customer's person, else of an owner who is nobody; `language` where not theirs."""
    house = tenant.house
    person, name, role = (member.person_id, member.name, member.role) if member else (uuid4(), tenant.name, "owner")
    projects, zone = (member.project_ids, member.time_zone) if member else (None, tenant.time_zone)
    spoken = language or (member.language if member else tenant.language)
    viewer = looking_as(staff, viewer_of(house, person, role, projects, spoken, zone))
    return Session(uuid4(), house, person, name, "", viewer, False)


async def guest_visit(visit: Visit, tenant: Tenant, brand: Brand, guest: Session) -> Visit:
    """The guest's visit to their own house, which names its people and the provider's alone."""
    people = await visit.request.app.state.directory.of(tenant.customer)
    return Visit(visit.request, tenant, guest, brand, people)


def dressed(
    page: Page,
    path: str,
    customer: UUID,
    theme_url: str,
    logos: Mapping[str, str],
    theme: Literal["", "light", "dark"] = "light",
) -> Page:
    """The page at its own path, its colours and pictures by addresses of the workspace. `logos` are hashes by kind."""
    urls = {kind: f"/customers/{customer}/brand/pictures/{sha256}" for kind, sha256 in logos.items()}
    house = replace(
        page.house,
        theme_url=theme_url,
        logo_url=urls.get("light", ""),
        logo_dark_url=urls.get("dark", ""),
        mark_url=urls.get("mark", "") or urls.get("light", ""),
        sign_in_url=urls.get("sign_in", ""),
    )
    return replace(page, house=house, path=path, theme=theme, query={}, toast=None, inert=True)


def framed_page(request: Request, template: str, page: Page, view: object) -> Response:
    origin: str = request.app.state.settings.content_origin
    return framed(rendering.render(template, page, view), PAGE_POLICY + origin)


def framed(html: str, policy: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "private, no-store"})
