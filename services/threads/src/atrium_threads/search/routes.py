"""`/v1/search`: this service's part of what a viewer finds."""

from typing import Any

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import internal
from atrium_chassis.search import SearchParameters
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_threads.search.queries import KIND, find_threads
from atrium_threads.viewers import PersonViewer

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", operation_id="search_threads", **internal(404))
async def search(viewer: PersonViewer, database: CurrentDatabase, asked: SearchParameters) -> Response:
    """A page of conversations, by their last act."""
    found: dict[str, Any] = {}
    if asked.wants(KIND):
        async with database.transaction(viewer) as connection:
            found[KIND] = asked.page(KIND, await find_threads(connection, viewer, asked))
    return Response(json.dumps(found), media_type="application/json")
