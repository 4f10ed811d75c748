"""What changed between two versions of a file, and where a spot of the one is in the other."""

import asyncio
from typing import Annotated
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, described
from atrium_chassis.viewer import CurrentViewer, Viewer
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import StringConstraints

from atrium_files.access import members_only
from atrium_files.differences.queries import Side, carried_spots, differences, load_side
from atrium_files.differences.schemas import DifferencesView, SpotsView
from atrium_files.differences.spots import Spot

router = APIRouter(prefix="/v1", tags=["differences"], dependencies=[Depends(members_only)])

From = Annotated[int, Query(alias="from", ge=1, le=2**31 - 1, description="Number of the older version.")]
FRACTION = r"(0(\.[0-9]{1,6})?|1(\.0{1,6})?)"
SpotText = Annotated[str, StringConstraints(pattern=rf"^[1-9][0-9]{{0,4}},{FRACTION},{FRACTION}$")]
To = Annotated[int, Query(ge=1, le=2**31 - 1, description="Number of the newer version.")]


@router.get(
    "/files/{file}/differences",
    response_model=DifferencesView,
    operation_id="read_differences",
    **described("both", EVERYONE, 404),
)
async def read_differences(database: CurrentDatabase, viewer: CurrentViewer, file: UUID, old: From, to: To) -> Response:
    """Changes by words, with where they are on the pages of both versions."""
    old_side, new_side = await _sides(database, viewer, file, old, to)
    found = await asyncio.to_thread(differences, old_side, new_side)
    return Response(json.dumps(found), media_type="application/json")


@router.get(
    "/files/{file}/spots",
    response_model=SpotsView,
    operation_id="carry_spots",
    **described("both", EVERYONE, 404),
)
async def carry_spots(
    database: CurrentDatabase,
    viewer: CurrentViewer,
    file: UUID,
    old: From,
    to: To,
    spot: Annotated[list[SpotText], Query(max_length=200, description="`<page>,<x>,<y>`, fractions of the page.")],
) -> Response:
    """Where spots on pages of one version are in another, by the words around them."""
    old_side, new_side = await _sides(database, viewer, file, old, to)
    found = await asyncio.to_thread(carried_spots, old_side, new_side, [_spot(text) for text in spot])
    return Response(json.dumps(found), media_type="application/json")


def _spot(text: str) -> Spot:
    page, x, y = text.split(",")
    return Spot(int(page), float(x), float(y))


async def _sides(database: Database, viewer: Viewer, file: UUID, old: int, to: int) -> tuple[Side, Side]:
    async with database.transaction(viewer) as connection:
        return await load_side(connection, viewer, file, old), await load_side(connection, viewer, file, to)
