"""`/`, and the same composition as JSON."""

import asyncio
from typing import Any

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.openapi import described
from atrium_gateway.pages.composing.home import home_page
from atrium_gateway.pages.home import home_bodies, spliced
from atrium_gateway.pages.looking import is_newcomer, last_look, looked
from atrium_gateway.pages.routes.staff_home import staff_home
from atrium_gateway.pages.visit import CurrentVisit, Visit
from atrium_gateway.signin.identity import CurrentSession

router = APIRouter()

EXAMPLE = {
    "your_turn": {"mine": [], "colleagues": []},
    "waiting": [],
    "moved": [],
    "projects": [],
    "requests": [],
    "files": [],
    "threads": [],
    "changed_since": "2026-11-12T09:00:00Z",
    "missing": [],
}


@router.get(
    "/api/v1/home",
    operation_id="get_home",
    **described("both", EVERYONE, 503, example=EXAMPLE),
)
async def get_home(request: Request, session: CurrentSession, database: CurrentDatabase) -> Response:
    """What needs you, what waits, what is new, over all projects. `missing` names services that did not answer."""
    (bodies, missing), since = await asyncio.gather(
        home_bodies(request.app.state.upstreams, session.viewer), last_look(database, session)
    )
    own = json.dumps({"changed_since": since, "missing": list(missing)})
    return Response(spliced(bodies, own), media_type="application/json", headers={"Cache-Control": "private, no-store"})


@router.get("/", include_in_schema=False)
async def show_home(visit: CurrentVisit, database: CurrentDatabase) -> Response:
    if visit.is_staff:
        return await staff_home(visit, whose=visit.request.query_params.get("whose", ""))
    (home, missing), seen = await asyncio.gather(composed_home(visit), looked(database, visit.session))
    view = home_page(visit.scene, home, missing, seen, newcomer=is_newcomer(seen))
    return visit.show("portal/home.html", view, "home", counts={"home": len(view.mine)}, looked=seen)


async def composed_home(visit: Visit) -> tuple[dict[str, Any], tuple[str, ...]]:
    bodies, missing = await home_bodies(visit.upstreams, visit.viewer)
    home: dict[str, Any] = {}
    for body in bodies.values():
        home |= json.loads(body)
    return home, missing
