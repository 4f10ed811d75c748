"""`/requests`: the list with its form, and each request."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Problem
from atrium_chassis.search import LONGEST
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.requests import TURNS, request_page, requests_page
from atrium_gateway.pages.composing.staff_requests import staff_requests
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.looking import looked
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, require_refusal, see_other
from atrium_gateway.upstreams.composition import Parts, gather_parts

router = APIRouter(include_in_schema=False)


@router.get("/requests")
async def show_requests(visit: CurrentVisit, database: CurrentDatabase, turn: str = "") -> Response:
    return await _list(visit, turn, marks=await looked(database, visit.session))


async def _list(
    visit: Visit, turn: str = "", form: Form | None = None, status: int = 200, marks: Looked | None = None
) -> Response:
    if visit.is_staff:
        return await _staff_list(visit)
    q = visit.request.query_params.get("q", "").strip()[:LONGEST]
    optional = {
        "projects": visit.get("projects", "/v1/requests", "limit=200"),
        "choices": visit.get("projects", "/v1/projects", "limit=200"),
    }
    if q:
        optional["found"] = visit.get("projects", "/v1/requests", urlencode({"limit": 200, "q": q}))
    parts = await gather_parts(optional=optional)
    everything, choices = (parts.get(name, {"items": []})["items"] for name in ("projects", "choices"))
    view = requests_page(
        visit.scene,
        everything,
        parts.get("found", {"items": []})["items"] if q else everything,
        choices,
        form=form or new_form("/requests"),
        readers=visit.team,
        upload=_upload(visit, choices),
        chosen=turn if turn in TURNS else "",
        q=q,
        missing=parts.missing,
    )
    return visit.show("portal/requests.html", view, "requests", status=status, path="/requests", looked=marks)


def _upload(visit: Visit, projects: Sequence[Any]) -> Form | None:
    """Files go up while the request is written, into its project; it names them when it is sent."""
    return new_form("", project=projects[0]["id"]) if projects and visit.scene.decides else None


async def _staff_list(visit: Visit) -> Response:
    """What all customers ask for; staff raise nothing themselves."""
    parts = await gather_parts(optional={"projects": visit.get("projects", "/v1/requests", "limit=200")})
    rows = parts.get("projects", {"items": []})["items"]
    view = staff_requests(visit.scene, rows, visit.desk.customer, parts.missing)
    return visit.show("staff/requests.html", view, "requests")


@router.post("/requests")
async def raise_request(visit: CurrentVisit, form: CurrentForm) -> Response:
    body = {
        "title": form.get("title"),
        "text": form.get("text"),
        "kind": form.get("kind") or "question",
        "urgency": form.get("urgency") or "time",
        "project_id": form.get("project") or None,
        "file_ids": form.lists.get("file", []),
    }
    try:
        made = await visit.send("projects", "POST", "/v1/requests", body, form)
    except Problem as problem:
        again = form.again("/requests", problem, visit.scene, project_id="project")
        return await _list(visit, form=again, status=problem.status)
    return see_other(f"/requests/{made['id']}")


@router.get("/requests/{request_id}")
async def show_request(visit: CurrentVisit, request_id: UUID) -> Response:
    return await _page(visit, request_id)


async def _page(visit: Visit, identifier: UUID, form: Form | None = None, status: int = 200) -> Response:
    found = await visit.get("projects", f"/v1/requests/{identifier}")
    optional: dict[str, Awaitable[Any]] = {
        "threads": threads_beside(visit, f"requests/{identifier}", f"/requests/{identifier}", found["customer_id"])
    }
    if found["item_ids"]:
        optional["item"] = visit.get("projects", f"/v1/items/{found['item_ids'][0]}")
    parts, files = await asyncio.gather(gather_parts(optional=optional), _files(visit, found["file_ids"]))
    action = f"/requests/{identifier}/transitions"
    view = request_page(
        visit.scene,
        found,
        item=parts.get("item"),
        form=form or new_form(action, found["revision"]),
        triage=new_form(f"/requests/{identifier}/items", title=found["title"]) if visit.is_staff else None,
        threads=parts.get("threads", {}),
        files=[one for one in map(files.get, found["file_ids"]) if one],
        upload=_upload_to(found) if visit.scene.decides else None,
        missing={*parts.missing, *(["files"] if files.missing else [])},
    )
    return visit.show("portal/request.html", view, "requests", status=status, path=f"/requests/{identifier}")


async def _files(visit: Visit, identifiers: Sequence[str]) -> Parts:
    """Those that the reader may see."""
    return await gather_parts(optional={one: visit.get("files", f"/v1/files/{one}") for one in identifiers})


def _upload_to(request: Any) -> Form | None:
    project = request["project_id"]
    return new_form(f"/requests/{request['id']}/files", project=project, request=request["id"]) if project else None


@router.post("/requests/{request_id}/transitions")
async def move_request(visit: CurrentVisit, request_id: UUID, form: CurrentForm) -> Response:
    body = {
        "transition": form.get("transition"),
        "comment": form.get("comment"),
        "third_party": form.get("third_party"),
    }
    try:
        await visit.send("projects", "POST", f"/v1/requests/{request_id}/transitions", body, form)
    except Problem as problem:
        again = form.again(f"/requests/{request_id}/transitions", problem, visit.scene)
        return await _page(visit, request_id, again, problem.status)
    return see_other(f"/requests/{request_id}")


@router.post("/requests/{request_id}/items")
async def turn_into_item(visit: CurrentVisit, request_id: UUID, form: CurrentForm) -> Response:
    """Triage, by staff."""
    named = {name: form.get(name) or None for name in ("title", "customer_title", "due")}
    try:
        await visit.send("projects", "POST", f"/v1/requests/{request_id}/items", {"items": [named]}, form)
    except Problem as problem:
        require_refusal(problem)
        return await _page(visit, request_id, status=problem.status)
    return see_other(f"/requests/{request_id}")
