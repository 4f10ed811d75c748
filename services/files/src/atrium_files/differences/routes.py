"""`/v1/files/{file}/differences`: what changed between two versions of a file."""

import asyncio
from typing import Annotated
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, described
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from atrium_files.access import members_only
from atrium_files.differences.queries import differences, load_side
from atrium_files.differences.schemas import DifferencesView

router = APIRouter(prefix="/v1", tags=["differences"], dependencies=[Depends(members_only)])

From = Annotated[int, Query(alias="from", ge=1, le=2**31 - 1, description="Number of the older version.")]
To = Annotated[int, Query(ge=1, le=2**31 - 1, description="Number of the newer version.")]


@router.get(
    "/files/{file}/differences",
    response_model=DifferencesView,
    operation_id="read_differences",
    **described("both", EVERYONE, 404),
)
async def read_differences(database: CurrentDatabase, viewer: CurrentViewer, file: UUID, old: From, to: To) -> Response:
    """Changes by words, with where they are on the pages of both versions."""
    async with database.transaction(viewer) as connection:
        sides = [await load_side(connection, viewer, file, number) for number in (old, to)]
    found = await asyncio.to_thread(differences, *sides)
    return Response(json.dumps(found), media_type="application/json")
