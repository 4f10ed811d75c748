"""`/files/{id}/compare?from=&to=`: what changed from one version to another, and the act on the newer."""

from typing import Annotated, Literal
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound
from fastapi import APIRouter, Query
from fastapi.responses import Response

from atrium_gateway.notifications.queries import seen_below
from atrium_gateway.pages.composing.compare import Comparing, compare_page
from atrium_gateway.pages.composing.scene import Json
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.routes.file import around
from atrium_gateway.pages.visit import CurrentVisit, new_form
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


@router.get("/files/{file}/compare")
async def show_comparison(
    visit: CurrentVisit,
    database: CurrentDatabase,
    file: UUID,
    older: Annotated[int, Query(alias="from", ge=1, le=999_999)],
    newer: Annotated[int, Query(alias="to", ge=1, le=999_999)],
    mode: Literal["text", "overlay", "blink"] = "text",
    change: Annotated[int, Query(ge=0, le=99_999)] = 0,
) -> Response:
    """Raises NotFound for a version that is not there or not ready."""
    found = await visit.get("files", f"/v1/files/{file}")
    _require_ready(found, older, newer)
    comparing = Comparing(str(file), older, newer, mode, change)
    parts = await gather_parts(
        optional={
            **around(visit, found),
            "differences": visit.get("files", f"/v1/files/{file}/differences", f"from={older}&to={newer}"),
            "from": visit.get("files", f"/v1/files/{file}/versions/{older}/preview"),
            "to": visit.get("files", f"/v1/files/{file}/versions/{newer}/preview"),
        }
    )
    async with database.transaction(visit.viewer) as connection:
        seen = await seen_below(connection, visit.viewer, comparing.folder)
    view = compare_page(
        visit.scene,
        comparing,
        found,
        project=parts.get("plan", {"project": {}})["project"],
        item=parts.get("item"),
        form=_decision_form(parts.get("item")),
        found=parts.get("differences"),
        previews=parts.arrived,
        seen=seen,
        missing=parts.missing,
    )
    return visit.show("portal/compare.html", view, "files")


def _require_ready(file: Json, *numbers: int) -> None:
    ready = {one["number"] for one in file["versions"] if one["status"] == "ready"}
    if not set(numbers) <= ready or numbers[0] == numbers[1]:
        raise NotFound


def _decision_form(item: Json | None) -> Form | None:
    return new_form(f"/items/{item['id']}/transitions", item["revision"]) if item else None
