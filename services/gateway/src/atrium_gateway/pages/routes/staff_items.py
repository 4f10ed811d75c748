"""`/items/{id}` of the workspace: both conversations, the steps, the fields."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.problems import field_errors, problem_words
from atrium_gateway.pages.composing.staff_item import AS_TYPED, beside_theirs, change_of, staff_item_page, typed_values
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.presenting.shapes import FieldError, Form
from atrium_gateway.pages.routes.staff_projects import require_staff, staff_project
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, new_form, require_refusal, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

HISTORY = 100
STALE = 412
#: Fields of an item that are changed in its row of the plan.
CELLS = ("due", "owner", "customer_title")


async def staff_item(
    visit: Visit,
    item: UUID,
    *,
    move: Form | None = None,
    problem: str = "",
    edit: Form | None = None,
    status: int = 200,
) -> Response:
    """`move` and `edit` are forms that were refused, with what was typed; `problem` says why a step was not taken."""
    found = await visit.get("projects", f"/v1/items/{item}")
    customer, project, address = found["customer_id"], found["project_id"], f"/items/{item}"
    optional: dict[str, Awaitable[Any]] = {
        "history": visit.get("projects", f"/v1{address}/history", f"limit={HISTORY}"),
        "project": visit.get("projects", f"/v1/projects/{project}"),
        "threads": threads_beside(visit, f"projects/{project}{address}", address, customer),
    }
    if found.get("file_id"):
        optional["files"] = visit.get("files", f"/v1/files/{found['file_id']}")
    parts = await gather_parts(optional=optional)
    history = parts.get("history", {"items": []})["items"]
    typed = edit or new_form(address, found["revision"], **typed_values(found))
    form, late = beside_theirs(visit.scene, typed, found, history)
    steps = move or new_form(f"{address}/transitions", found["revision"])
    view = staff_item_page(
        visit.scene,
        found,
        visit.desk.customer(customer),
        project=parts.get("project", {}),
        file=parts.get("files"),
        history=history,
        threads=parts.get("threads", {}),
        team=await visit.team_of(customer),
        publish=new_form(f"/projects/{project}/preview"),
        edit=form,
        late=late,
        move=Form(steps.action, steps.idempotency_key, found["revision"], steps.values, _said(problem)),
        upload=_upload(found),
        missing=parts.missing,
    )
    return visit.show("staff/item.html", view, "projects", status=status)


def _said(problem: str) -> tuple[FieldError, ...]:
    return (FieldError("", problem),) if problem else ()


def _upload(item: dict[str, Any]) -> Form:
    """A new version of the item's file, or its first."""
    file = item.get("file_id")
    action = f"/files/{file}/versions" if file else f"/items/{item['id']}/file"
    return new_form(action, file=file or "", project=item["project_id"], item=item["id"])


@router.post("/items/{item}")
async def change_item(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """The item's fields. What someone else changed meanwhile is not overwritten: the form comes back."""
    require_staff(visit)
    try:
        await visit.send("projects", "PATCH", f"/v1/items/{item}", change_of(form.values), form)
    except Problem as problem:
        again = form.again(f"/items/{item}", problem, visit.scene, **AS_TYPED)
        return await staff_item(visit, item, edit=again, status=problem.status)
    return see_other(f"/items/{item}")


@router.post("/items/{item}/place")
async def place_item(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """Into another place of the plan: `place` is the revision, what it is to lie in, and before what, or last."""
    require_staff(visit)
    revision, parent, before = [*form.get("place").split(":"), "", ""][:3]
    project = (await visit.get("projects", f"/v1/items/{item}"))["project_id"]
    known = replace(form, revision=int(revision) if revision.isdigit() else None)
    body = {"parent_id": parent or None, "before_id": before or None}
    try:
        await visit.send("projects", "PATCH", f"/v1/items/{item}", body, known)
    except Problem as problem:
        require_refusal(problem)
        words = problem_words(problem, visit.scene.words.gettext)
        return await staff_project(visit, UUID(project), status=problem.status, problem=words)
    return see_other(f"/projects/{project}{narrowed(visit)}#row-{item}")


@router.post("/items/{item}/cell")
async def change_cell(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """One field, from its cell of the plan. `was` is what the cell showed: only a change of that is somebody else's."""
    require_staff(visit)
    typed = {name: value.strip() for name, value in form.values.items() if name in CELLS}
    found = await visit.get("projects", f"/v1/items/{item}")
    now, project = typed_values(found), UUID(found["project_id"])
    untouched = all(now[name] in (value, form.get("was")) for name, value in typed.items())
    known = replace(form, revision=found["revision"]) if untouched else form
    try:
        await visit.send("projects", "PATCH", f"/v1/items/{item}", change_of(typed), known)
    except Problem as problem:
        require_refusal(problem)
        refused = await _why(visit, item, typed, form, problem)
        return await staff_project(visit, project, status=problem.status, **refused)
    return see_other(f"/projects/{project}{narrowed(visit)}#row-{item}")


async def _why(visit: Visit, item: UUID, typed: dict[str, str], form: Submitted, problem: Problem) -> dict[str, Any]:
    """What the plan says of a cell that was not saved: the fault, or both values where somebody was faster."""
    if problem.status != STALE:
        at_field = field_errors(problem, visit.scene.words.gettext, AS_TYPED)
        return {"problem": at_field[0].text}
    found = await visit.get("projects", f"/v1/items/{item}")
    history = await visit.get("projects", f"/v1/items/{item}/history", f"limit={HISTORY}")
    mine = new_form(f"/items/{item}/cell{narrowed(visit)}", form.revision, **typed)
    again, late = beside_theirs(visit.scene, mine, found, history["items"])
    return {"again": again, "late": late}


def narrowed(visit: Visit) -> str:
    """How the plan was narrowed that something was asked on."""
    query = visit.request.url.query
    return f"?{query}" if query else ""
