"""`/v1/search`: this service's part of what a viewer finds."""

from typing import Any

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import internal
from atrium_chassis.search import SearchParameters
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_projects import examples
from atrium_projects.search import queries
from atrium_projects.viewers import PersonViewer

router = APIRouter(prefix="/v1", tags=["search"])

FINDERS = {"projects": queries.find_projects, "items": queries.find_items, "requests": queries.find_requests}


@router.get("/search", operation_id="search_projects", **internal(404, example=examples.FOUND))
async def search(database: CurrentDatabase, viewer: PersonViewer, asked: SearchParameters) -> Response:
    """A page of each kind, the newest act first."""
    found: dict[str, Any] = {}
    async with database.transaction(viewer) as connection:
        for kind, find in FINDERS.items():
            if asked.wants(kind):
                found[kind] = asked.page(kind, await find(connection, viewer, asked))
    return Response(json.dumps(found), media_type="application/json")
