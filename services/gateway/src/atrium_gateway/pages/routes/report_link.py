"""`/r/{token}`: a report for whoever has its link, in the house's brand, without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from atrium_gateway.pages.presenting.report import GateState, GuestGate
from atrium_gateway.pages.presenting.shapes import Person
from atrium_gateway.pages.translation import translations
from atrium_gateway.pages.visit import CurrentForm, new_form, see_other
from atrium_gateway.signin.routes.entering import client_of
from atrium_gateway.upstreams.client import Upstreams

router = APIRouter(include_in_schema=False)

ENDED = {404, 410, 422}
#: By the refusal's code: what the gate says.
GATES: Mapping[str, GateState] = {
    "password_needed": "password",
    "wrong_password": "wrong",
    "too_many_tries": "too_many",
}
#: In place of the password, once it was right; sent to this link's own address alone.
COOKIE = "atrium_link"
#: The address is the secret: the pages' own policy keeps it from other sites, this keeps it from search engines.
HEADERS = {"X-Robots-Tag": "noindex"}


@dataclass(frozen=True)
class Holder:
    """Whom a link makes of who brings it, and which report it opens."""

    viewer: Viewer
    report: UUID
    proof: str


async def _opened(entrance: Entrance, token: str, password: str = "") -> Holder:
    """Raises the service's Problem, and NotFound for a link of another house."""
    upstreams: Upstreams = entrance.request.app.state.upstreams
    client = client_of(entrance.request)
    told = {
        "token": token,
        "password": password,
        "proof": entrance.request.cookies.get(COOKIE, ""),
        "network": client.network,
        "device": client.device,
    }
    found = await upstreams.send(Viewer(side=Side.LINK), "reports", "POST", "/v1/report-links/resolution", told)
    customer, report = UUID(found["customer_id"]), UUID(found["report_id"])
    if customer != entrance.tenant.customer:
        raise NotFound()
    viewer = Viewer(
        side=Side.LINK,
        customer=customer,
        language=entrance.language,
        time_zone=entrance.tenant.time_zone,
        report=report,
        link=UUID(found["link_id"]),
    )
    return Holder(viewer, report, found["proof"])


def _gate(entrance: Entrance, token: str, problem: Problem) -> Response:
    """What stands before the report. Raises the problem itself where it is of another kind."""
    state = "ended" if problem.status in ENDED else GATES.get(problem.code)
    if state is None:
        raise problem
    gate = GuestGate(new_form(f"/r/{token}"), state)
    status = 410 if state == "ended" else 200 if state == "password" else problem.status
    response = entrance.show("entry/report-password.html", gate, status=status)
    response.headers.update({**HEADERS, **problem.headers})
    return response


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
    try:
        holder = await _opened(entrance, token)
    except Problem as problem:
        return _gate(entrance, token, problem)
    found = await entrance.request.app.state.upstreams.get(holder.viewer, "reports", f"/v1/reports/{holder.report}")
    view = report_page(
        await _scene(entrance),
        found,
        names=entrance.tenant.short_names,
        as_of=None,
        exports=f"/r/{token}/export.{{}}",
        messages={},
        is_guest=True,
    )
    response = entrance.show("portal/report.html", view, side="link")
    response.headers.update(HEADERS)
    return response


@router.post("/r/{token}")
async def unlock_shared_report(entrance: CurrentEntrance, token: str, form: CurrentForm) -> Response:
    """Takes the password, as it was typed, for what stands for it until the browser is closed."""
    try:
        holder = await _opened(entrance, token, form.values.get("password", ""))
    except Problem as problem:
        return _gate(entrance, token, problem)
    response = see_other(f"/r/{token}")
    secure = entrance.request.app.state.settings.secure
    response.set_cookie(COOKIE, holder.proof, path=f"/r/{token}", secure=secure, httponly=True, samesite="lax")
    response.headers.update(HEADERS)
    return response


@router.get("/r/{token}/export.{kind}")
async def export_shared_report(entrance: CurrentEntrance, token: str, kind: Kind) -> Response:
    try:
        holder = await _opened(entrance, token)
    except Problem as problem:
        if problem.status in ENDED or problem.code in GATES:
            raise NotFound() from problem
        raise
    link = f"{entrance.tenant.origin}/r/{token}"
    response = await exported(Wanted(entrance.request, holder.viewer, holder.report, link=link), kind)
    response.headers.update(HEADERS)
    return response
