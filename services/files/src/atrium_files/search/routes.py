"""`/v1/search`: this service's part of what a viewer finds."""

from typing import Any

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import internal
from atrium_chassis.search import SearchParameters
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from atrium_files.access import members_only
from atrium_files.search.queries import KIND, find_files

router = APIRouter(prefix="/v1", tags=["search"], dependencies=[Depends(members_only)])


@router.get("/search", operation_id="search_files", **internal(404))
async def search(database: CurrentDatabase, viewer: CurrentViewer, asked: SearchParameters) -> Response:
    """A page of files, changed last first."""
    found: dict[str, Any] = {}
    if asked.wants(KIND):
        async with database.transaction(viewer) as connection:
            found[KIND] = asked.page(KIND, await find_files(connection, viewer, asked))
    return Response(json.dumps(found), media_type="application/json")
