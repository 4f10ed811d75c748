"""`/v1/search`: this service's part of what a viewer finds."""

from typing import Any

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import internal
from atrium_chassis.search import SearchParameters
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_reports.answers import require_person
from atrium_reports.search.queries import KIND, find_reports

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", operation_id="search_reports", **internal(404))
async def search(viewer: CurrentViewer, database: CurrentDatabase, asked: SearchParameters) -> Response:
    """A page of reports, newest first."""
    require_person(viewer)
    found: dict[str, Any] = {}
    if asked.wants(KIND):
        async with database.transaction(viewer) as connection:
            found[KIND] = asked.page(KIND, await find_reports(connection, viewer, asked))
    return Response(json.dumps(found), media_type="application/json")
