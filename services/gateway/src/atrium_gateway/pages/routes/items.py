"""`/items/{id}`: do the one act. Steps of any workflow, decisions on exact versions, handing on."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.items import item_page
from atrium_gateway.pages.composing.problems import problem_words
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.routes.staff_items import staff_item
from atrium_gateway.pages.steps import send_step
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

HISTORY = 100


@router.get("/items/{item}")
async def show_item(visit: CurrentVisit, item: UUID) -> Response:
    return await _page(visit, item)


async def _page(visit: Visit, item: UUID, form: Form | None = None, problem: str = "", status: int = 200) -> Response:
    if visit.is_staff:
        return await staff_item(visit, item, move=form, problem=problem, status=status)
    found = await visit.get("projects", f"/v1/items/{item}")
    project, action = found["project_id"], f"/items/{item}/transitions"
    optional: dict[str, Awaitable[Any]] = {
        "history": visit.get("projects", f"/v1/items/{item}/history", f"limit={HISTORY}"),
        "projects": visit.get("projects", f"/v1/projects/{project}/plan"),
        "threads": threads_beside(visit, f"projects/{project}/items/{item}", f"/items/{item}"),
    }
    if found.get("file_id"):
        optional["files"] = visit.get("files", f"/v1/files/{found['file_id']}")
    if version := found.get("version"):
        address = f"/v1/files/{version['file_id']}/versions/{version['number']}/preview"
        optional["preview"] = visit.get("files", address)
    parts = await gather_parts(optional=optional)
    scene = visit.scene
    plan = parts.get("projects", {"project": {}, "items": []})
    view = item_page(
        scene,
        found,
        project=plan["project"],
        plan=plan["items"],
        file=parts.get("files"),
        preview=parts.get("preview"),
        history=parts.get("history", {"items": []})["items"],
        form=replace(form, revision=found["revision"]) if form else new_form(action, found["revision"]),
        problem=problem,
        team=visit.team,
        threads=parts.get("threads", {}),
        upload=_upload(found) if scene.decides else None,
        missing=parts.missing,
    )
    return visit.show("portal/item.html", view, "projects", status=status, path=f"/items/{item}")


def _upload(item: dict[str, Any]) -> Form:
    """A new version of the item's file, or its first."""
    file = item.get("file_id")
    action = f"/files/{file}/versions" if file else f"/items/{item['id']}/file"
    return new_form(action, file=file or "", project=item["project_id"], item=item["id"])


@router.post("/items/{item}/transitions")
async def take_step(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """Any step of the item's workflow, known by its key alone. One that is a decision is sent as one."""
    try:
        await send_step(visit, item, form)
    except Problem as problem:
        again = form.again(f"/items/{item}/transitions", problem, visit.scene)
        words = problem_words(problem, visit.scene.words.gettext) if not problem.errors else again.errors[0].text
        return await _page(visit, item, again, words, problem.status)
    return see_other(f"/items/{item}")


@router.post("/items/{item}/delegation")
async def hand_on(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """Ask someone else; the trace and the clock stay."""
    try:
        await visit.send("projects", "POST", f"/v1/items/{item}/delegation", {"person": form.get("person")}, form)
    except Problem as problem:
        again = form.again(f"/items/{item}/transitions", problem, visit.scene)
        return await _page(visit, item, again, problem_words(problem, visit.scene.words.gettext), problem.status)
    return see_other(f"/items/{item}")
