"""`/files/{id}`: one version open at one page, the points on it, the stack of versions; the pictures of its pages."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Viewer as Who
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from atrium_gateway.cache import Cache
from atrium_gateway.pages.composing.files import file_page
from atrium_gateway.pages.composing.scene import Json
from atrium_gateway.pages.composing.viewing import (
    Reading,
    carried,
    older_points,
    opened_at,
    places,
    points,
    spot,
    state_of,
    viewer,
)
from atrium_gateway.pages.conversation import AUDIENCES, beginnings, open_thread, threads_beside, write_address
from atrium_gateway.pages.presenting.shapes import Audience, Form
from atrium_gateway.pages.presenting.viewing import NewPoint, Point
from atrium_gateway.pages.visit import CurrentVisit, Visit, new_form
from atrium_gateway.upstreams.composition import Parts, gather_parts

router = APIRouter(include_in_schema=False)

POINTS = "limit=200"
#: The store's addresses of pictures end after a minute: half of it is ours, a third the browser's.
KNOWN_SECONDS = 30.0
KEPT = {"Cache-Control": "private, max-age=20"}

_previews: Cache[tuple[Who, UUID, int], Json] = Cache(lambda: KNOWN_SECONDS, size=500)


@router.get("/files/{file}")
async def show_file(visit: CurrentVisit, file: UUID) -> Response:
    return await show_file_page(visit, file)


async def show_file_page(visit: Visit, file: UUID, *, upload: Form | None = None, status: int = 200) -> Response:
    """`upload` is a form that was refused."""
    found = await visit.get("files", f"/v1/files/{file}")
    version = _chosen(found, visit.request.query_params.get("version", ""))
    reading = _reading(found, version, visit)
    parts = await gather_parts(optional=_parts_of(visit, found, version))
    rows: Sequence[Json] = parts.get("points", {"items": []})["items"]
    rows = await _carried(visit, reading, rows)
    reading = opened_at(reading, rows)
    preview = parts.get("preview")
    state = state_of(version, preview, is_away="preview" in parts.missing)
    shown = points(visit.scene, rows, reading, _settling)
    decides = visit.scene.decides
    read = viewer(state, preview, reading, shown, may_add=decides and "points" not in parts.missing)
    talk = await _about_points(visit, found, reading, read.chosen, rows, may_add=bool(read.add_url))
    view = file_page(
        visit.scene,
        found,
        project=parts.get("plan", {"project": {}})["project"],
        item=parts.get("item"),
        viewer=read,
        restore=(lambda number: new_form(f"/files/{file}/versions/{number}/restoration")) if decides else None,
        upload=upload or (new_form(f"/files/{file}/versions", file=str(file)) if decides else None),
        threads=parts.get("threads", {}),
        point=talk.get("chosen"),
        new_point=talk.get("new"),
        missing={*parts.missing, *talk.missing},
    )
    return visit.show("portal/file.html", view, "files", status=status, path=f"/files/{file}")


def _chosen(file: Json, number: str) -> Json | None:
    """The version that the address names, else the current one, else the newest. Raises NotFound."""
    if number:
        named = next((one for one in file["versions"] if str(one["number"]) == number), None)
        if named is None:
            raise NotFound
        return named  # type: ignore[no-any-return]
    wanted = file["current_version"] or file["latest_number"]
    return next((one for one in file["versions"] if one["number"] == wanted), None)


def _reading(file: Json, version: Json | None, visit: Visit) -> Reading:
    given = visit.request.query_params

    def whole(name: str, otherwise: int) -> int:
        text = given.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 7 else otherwise

    current = file["current_version"] or 0
    number = version["number"] if version else 0
    zoom = min(max(whole("zoom", 100), 50), 200)
    audience = next((one for one in _audiences(file, visit) if one == given.get("audience")), file["audience"])
    at = spot(given.get("at", ""))
    return Reading(file["id"], number, current, whole("page", 1), zoom, given.get("point", ""), at, audience)


def _parts_of(visit: Visit, file: Json, version: Json | None) -> dict[str, Awaitable[Any]]:
    identifier = file["id"]
    parts = around(visit, file)
    if version is not None and version["status"] == "ready":
        address = f"files/{identifier}/versions/{version['number']}"
        parts["preview"] = visit.get("files", f"/v1/{address}/preview")
        parts["points"] = visit.get(
            "threads", "/v1/threads", f"subject={quote(f'files/{identifier}', safe='')}&{POINTS}"
        )
        parts["threads"] = threads_beside(visit, address, f"/files/{identifier}", file["customer_id"])
    return parts


def _settling(point: str, is_closed: bool) -> Form:
    return new_form(f"/threads/{point}/{'reopening' if is_closed else 'closing'}")


async def _carried(visit: Visit, reading: Reading, rows: Sequence[Json]) -> Sequence[Json]:
    """Points of older versions go with the words around them; where nobody says where to, they stay where they were."""
    older = older_points(rows, reading.version)
    path, between = f"/v1/files/{reading.file}/spots", f"to={reading.version}"
    asked = {
        str(version): visit.get("files", path, "&".join([f"from={version}", between, *map(_spot_of, several)]))
        for version, several in older.items()
    }
    answers = (await gather_parts(optional=asked)).arrived
    spots = {
        row["id"]: spot
        for version, several in older.items()
        for row, spot in zip(several, answers.get(str(version), {"spots": []})["spots"], strict=False)
    }
    return carried(rows, spots)


def _spot_of(row: Json) -> str:
    point = row["point"]
    return f"spot={point['page']},{point['x']:.6f},{point['y']:.6f}"


async def _about_points(
    visit: Visit, file: Json, reading: Reading, chosen: Point | None, rows: Sequence[Json], *, may_add: bool
) -> Parts:
    """The thread of the point that was chosen; else, where a spot is named, one that begins there."""
    if chosen is not None:
        row = next(one for one in rows if one["id"] == chosen.id)
        return await gather_parts(optional={"chosen": open_thread(visit, row, chosen.url)})
    if reading.at is None or not may_add:
        return Parts({}, ())
    return await gather_parts(optional={"new": _new_point(visit, file, reading, reading.at)})


async def _new_point(visit: Visit, file: Json, reading: Reading, at: tuple[float, float]) -> NewPoint:
    x, y = at
    spot = f"{x:.3f},{y:.3f}"
    subject = f"files/{reading.file}/versions/{reading.version}?page={reading.page}&x={x:.3f}&y={y:.3f}"
    begun = await beginnings(visit, subject, file["customer_id"])
    thread = begun.thread(visit, reading.audience, new_form(write_address("", reading.beginning(spot))))
    choices = tuple(
        (one, replace(reading, audience=one).beginning(spot) + "#points") for one in _audiences(file, visit)
    )
    return NewPoint(x, y, places(visit.scene), thread, choices)


def _audiences(file: Json, visit: Visit) -> tuple[Audience, ...]:
    """Who may read a new point; about a file of one side, nobody else."""
    return AUDIENCES[visit.is_staff] if file["audience"] == "shared" else (file["audience"],)


def around(visit: Visit, file: Json) -> dict[str, Awaitable[Any]]:
    """The plan that a file is in, as `plan`, and as `item` the one that a decision on it belongs to."""
    plan = asyncio.ensure_future(visit.get("projects", f"/v1/projects/{file['project_id']}/plan"))
    return {"plan": plan, "item": _item_about(visit, plan, file["id"])}


async def _item_about(visit: Visit, plan: Awaitable[Any], file: str) -> Any:
    """An open one first."""
    about = [row for row in (await plan)["items"] if row.get("file_id") == file]
    if not about:
        return None
    first = min(about, key=lambda row: row["turn"] == "nobody")
    return await visit.get("projects", f"/v1/items/{first['id']}")


@router.get("/files/{file}/versions/{number}/pages/{page}")
async def page_picture(visit: CurrentVisit, file: UUID, number: int, page: int) -> Response:
    return await _picture(visit, file, number, page, "picture_url")


@router.get("/files/{file}/versions/{number}/pages/{page}/thumbnail")
async def page_thumbnail(visit: CurrentVisit, file: UUID, number: int, page: int) -> Response:
    return await _picture(visit, file, number, page, "thumbnail_url")


async def _picture(
    visit: Visit, file: UUID, number: int, page: int, kind: Literal["picture_url", "thumbnail_url"]
) -> Response:
    """An address that stays valid for what the store hands out for a minute. Raises NotFound."""
    path = f"/v1/files/{file}/versions/{number}/preview"
    preview = await _previews.get((visit.viewer, file, number), lambda: visit.get("files", path))
    found = next((one for one in preview["pages"] if one["number"] == page), None)
    if found is None:
        raise NotFound
    return RedirectResponse(found[kind], status_code=302, headers=KEPT)
