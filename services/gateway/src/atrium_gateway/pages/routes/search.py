"""`/search`: over what the services find for this reader, and the same composition as JSON."""

import asyncio
from typing import Any

from atrium_chassis import json
from atrium_chassis.describing import EVERYONE
from atrium_chassis.folding import words_of
from atrium_chassis.problems import Problem
from atrium_chassis.search import LONGEST, SearchParameters, SearchRequest
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.openapi import described
from atrium_gateway.pages.composing.search import search_page
from atrium_gateway.pages.home import spliced
from atrium_gateway.pages.presenting.search import SearchPage
from atrium_gateway.pages.search import KINDS, found_bodies
from atrium_gateway.pages.visit import CurrentVisit, Visit
from atrium_gateway.signin.identity import CurrentSession

router = APIRouter()

#: So many of each kind beside each other, and so many of one kind alone.
TOGETHER, ALONE = 5, 30

EXAMPLE = {
    "projects": {"items": [], "next_cursor": None},
    "items": {
        "items": [
            {
                "id": "9d2a6c1b-51b4-4c53-9c44-2f1f0a7be6a3",
                "customer_id": "5f0c1f0e-3f5a-4b43-9c52-0d6a2f3f6a10",
                "project_id": "0c8f2f6a-7a3e-4a52-9a5e-6a1d8f2f1b32",
                "project_title": "Control room migration",
                "kind": "task",
                "title": "Alarm philosophy, version 3",
                "excerpt": "",
                "turn": "customer",
                "state_name": {"en": "Sign-off", "de": "Freigabe"},
                "at": "2026-11-17T09:14:00Z",
            }
        ],
        "next_cursor": None,
    },
    "requests": {"items": [], "next_cursor": None},
    "files": {"items": [], "next_cursor": None},
    "threads": {"items": [], "next_cursor": None},
    "reports": {"items": [], "next_cursor": None},
    "missing": [],
}


@router.get(
    "/api/v1/search",
    operation_id="search",
    **described("both", EVERYONE, 503, example=EXAMPLE),
)
async def get_search(request: Request, session: CurrentSession, asked: SearchParameters) -> Response:
    """What the viewer may see and all words match, by kind, the newest act first; a cursor of its own for each kind.

    `missing` names services that did not answer. One `kind` alone is answered wholly or not at all.
    """
    bodies, missing = await found_bodies(request.app.state.upstreams, session.viewer, asked)
    found = spliced(bodies, json.dumps({"missing": list(missing)}))
    return Response(found, media_type="application/json", headers={"Cache-Control": "private, no-store"})


@router.get("/search", include_in_schema=False)
async def show_search(visit: CurrentVisit, q: str = "", kind: str = "", cursor: str = "") -> Response:
    words = q.replace("\0", "").strip()[:LONGEST]
    chosen = kind if kind in KINDS else ""
    view = SearchPage(words)
    if words_of(words):
        asked = SearchRequest(
            words, ALONE if chosen else TOGETHER, chosen or None, cursor if chosen and cursor else None
        )
        view = await _found(visit, asked)
    return visit.show("portal/search.html", view, "search")


async def _found(visit: Visit, asked: SearchRequest) -> SearchPage:
    (bodies, missing), titles = await asyncio.gather(found_bodies(visit.upstreams, visit.viewer, asked), _titles(visit))
    found: dict[str, Any] = {}
    for body in bodies.values():
        found |= json.loads(body)
    return search_page(visit.scene, asked, found, titles, visit.desk.customer if visit.is_staff else None, missing)


async def _titles(visit: Visit) -> dict[str, str]:
    """What the projects are called that files lie in; nothing where that is not to be known right now."""
    try:
        projects = await visit.get("projects", "/v1/projects", "limit=200")
    except Problem:
        return {}
    return {row["id"]: row["title"] for row in projects["items"]}
