"""Previews over HTTP. Pictures never pass here: answers hold addresses of the object store."""

from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, described
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from atrium_files.access import members_only
from atrium_files.library.routes import Number
from atrium_files.previews.queries import load_preview, preview_answer
from atrium_files.previews.schemas import PreviewView
from atrium_files.transfers.routes import CurrentTransfers

router = APIRouter(prefix="/v1", tags=["previews"], dependencies=[Depends(members_only)])


@router.get(
    "/files/{file}/versions/{n}/preview",
    response_model=PreviewView,
    operation_id="read_preview",
    **described("both", EVERYONE, 404),
)
async def read_preview(
    database: CurrentDatabase, transfers: CurrentTransfers, viewer: CurrentViewer, file: UUID, number: Number
) -> Response:
    """Pictures of a version's pages, by addresses that end within a minute."""
    async with database.transaction(viewer) as connection:
        found = await load_preview(connection, viewer, file, number)
    answer = preview_answer(found, transfers.downloads, transfers.download_seconds)
    return Response(json.dumps(answer), media_type="application/json", headers={"Cache-Control": "no-store"})
