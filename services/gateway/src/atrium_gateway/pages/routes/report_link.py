"""`/r/{token}`: a report for whoever has its link, in the house's brand, without an account."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.exports.answering import Kind, exported
from atrium_gateway.exports.reading import Wanted
from atrium_gateway.pages.composing.reports import report_page
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.entrance import CurrentEntrance, Entrance
from atrium_gateway.pages.presenting.report import GuestGate
from atrium_gateway.pages.presenting.shapes import Person
from atrium_gateway.pages.translation import translations
from atrium_gateway.pages.visit import new_form
from atrium_gateway.upstreams.client import Upstreams

router = APIRouter(include_in_schema=False)

ENDED = {404, 410, 422}
#: The address is the secret: the pages' own policy keeps it from other sites, this keeps it from search engines.
HEADERS = {"X-Robots-Tag": "noindex"}


async def _opened(entrance: Entrance, token: str) -> tuple[Viewer, UUID] | None:
    """Who the link makes of its holder, and which report it opens; None where it has ended."""
    upstreams: Upstreams = entrance.request.app.state.upstreams
    try:
        nobody = Viewer(side=Side.LINK)
        found = await upstreams.send(nobody, "reports", "POST", "/v1/report-links/resolution", {"token": token})
    except Problem as problem:
        if problem.status in ENDED:
            return None
        raise
    customer, report = UUID(found["customer_id"]), UUID(found["report_id"])
    if customer != entrance.tenant.customer:
        return None
    viewer = Viewer(
        side=Side.LINK,
        customer=customer,
        language=entrance.language,
        time_zone=entrance.tenant.time_zone,
        report=report,
        link=UUID(found["link_id"]),
    )
    return viewer, report


async def _scene(entrance: Entrance) -> Scene:
    people = await entrance.request.app.state.directory.of(entrance.tenant.customer)

    def person(identifier: Any) -> Person | None:
        known = people.get(UUID(str(identifier))) if identifier else None
        return Person(str(known.id), known.name, known.side) if known else None

    return Scene(
        reader="",
        side="customer",
        role="reader",
        language=entrance.language,
        now=datetime.now(UTC),
        time_zone=entrance.tenant.time_zone,
        person=person,
        words=translations(entrance.language),
        own=entrance.brand.choices.words.get(entrance.language, {}),
    )


@router.get("/r/{token}")
async def show_shared_report(entrance: CurrentEntrance, token: str) -> Response:
    opened = await _opened(entrance, token)
    if opened is None:
        gate = GuestGate(new_form(f"/r/{token}"), "ended")
        response = entrance.show("entry/report-password.html", gate, status=410)
    else:
        viewer, report = opened
        found = await entrance.request.app.state.upstreams.get(viewer, "reports", f"/v1/reports/{report}")
        tenant = entrance.tenant
        view = report_page(
            await _scene(entrance),
            found,
            names=(tenant.name.split(" ", 1)[0], tenant.provider_name.split(" ", 1)[0]),
            as_of=None,
            exports=f"/r/{token}/export.{{}}",
            messages={},
            is_guest=True,
        )
        response = entrance.show("portal/report.html", view, side="link")
    response.headers.update(HEADERS)
    return response


@router.get("/r/{token}/export.{kind}")
async def export_shared_report(entrance: CurrentEntrance, token: str, kind: Kind) -> Response:
    opened = await _opened(entrance, token)
    if opened is None:
        raise NotFound()
    viewer, report = opened
    link = f"{entrance.tenant.origin}/r/{token}"
    response = await exported(Wanted(entrance.request, viewer, report, link=link), kind)
    response.headers.update(HEADERS)
    return response
