"""Pages before anyone is signed in: the house they stand in, and the language that they are read in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from atrium_chassis.telemetry import current_trace_id
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response

from atrium_gateway.branding.model import Brand
from atrium_gateway.pages import languages, rendering
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.translation import LANGUAGES
from atrium_gateway.pages.visit import house_of, theme_of
from atrium_gateway.signin.identity import CurrentTenant
from atrium_gateway.signin.model import Tenant

YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Entrance:
    """A stranger at a house's door; `addressee` is the language of whom a mailed link was sent to."""

    request: Request
    tenant: Tenant
    brand: Brand
    addressee: str = ""

    @property
    def language(self) -> str:
        return languages.before_sign_in(self.request, self.addressee, self.tenant.language)

    def page(self, **more: Any) -> Page:
        given: Mapping[str, Any] = {"shell": "guest", **more}
        return Page(
            house=house_of(self.tenant, self.brand, self.language),
            language=self.language,
            now=datetime.now(UTC),
            path=self.request.url.path,
            time_zone=self.tenant.time_zone,
            theme=theme_of(self.request),
            trace_id=current_trace_id(),
            query=dict(self.request.query_params),
            **given,
        )

    def show(self, template: str, view: object, *, status: int = 200, **more: Any) -> Response:
        html = rendering.render(template, self.page(**more), view)
        response = HTMLResponse(html, status_code=status, headers={"Cache-Control": "private, no-store"})
        if self.request.query_params.get("language") in LANGUAGES:
            secure = self.request.app.state.settings.secure
            response.set_cookie(
                languages.COOKIE, self.language, max_age=YEAR, secure=secure, httponly=True, samesite="lax"
            )
        return response


async def entrance_of(request: Request, tenant: CurrentTenant) -> Entrance:
    return Entrance(request, tenant, await request.app.state.brands.of(tenant.house))


CurrentEntrance = Annotated[Entrance, Depends(entrance_of)]


def safe_next(address: str) -> str:
    """Where to go after the sign-in: a page of this very host, never another's."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours else "/"
