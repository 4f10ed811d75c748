"""`/workflows`, `/workflows/{id}`."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.staff_studio import (
    definition_of,
    workflow_errors,
    workflow_page,
    workflow_row,
)
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.studio import WorkflowsPage
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, require_refusal, see_other

router = APIRouter(include_in_schema=False)


@router.get("/workflows")
async def show_workflows(visit: CurrentVisit) -> Response:
    require_staff(visit)
    found = await visit.get("projects", "/v1/workflows")
    view = WorkflowsPage(tuple(workflow_row(visit.scene, row) for row in found["items"]))
    return visit.show("staff/workflows.html", view, "workflows")


@router.get("/workflows/{workflow}")
async def show_workflow(visit: CurrentVisit, workflow: UUID) -> Response:
    require_staff(visit)
    return await _editor(visit, workflow)


async def _editor(
    visit: Visit,
    workflow: UUID,
    form: Form | None = None,
    typed: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    """`typed` is the definition as the form has it, where it is not the stored one."""
    found = await visit.get("projects", f"/v1/workflows/{workflow}")
    address = f"/workflows/{workflow}"
    rollback = new_form(f"{address}/rollback") if len(found["versions"]) > 1 else None
    shown = form or new_form(address, found["revision"])
    view = workflow_page(visit.scene, found, typed or found["definition"], shown, rollback, **more)
    return visit.show("staff/workflow.html", view, "workflows", status=status, mini=True)


@router.post("/workflows/{workflow}")
async def save_workflow(visit: CurrentVisit, workflow: UUID, form: CurrentForm) -> Response:
    """Saves the tables as a new version, tries them, or only adds a row; never loses what was typed."""
    require_staff(visit)
    address, typed = f"/workflows/{workflow}", definition_of(form.lists)
    kept = new_form(address, form.revision)
    if form.get("act") == "more":
        return await _editor(visit, workflow, kept, typed, more=3)
    body = {"definition": typed, "dry_run": form.get("act") == "try"}
    try:
        answer = await visit.send("projects", "POST", f"/v1/workflows/{workflow}/versions", body, form)
    except Problem as problem:
        require_refusal(problem)
        again = replace(kept, errors=workflow_errors(visit.scene, problem))
        return await _editor(visit, workflow, again, typed, problem.status)
    if body["dry_run"]:
        return await _editor(visit, workflow, kept, typed, dry=answer)
    return see_other(address)


@router.post("/workflows/{workflow}/rollback")
async def roll_back(visit: CurrentVisit, workflow: UUID, form: CurrentForm) -> Response:
    require_staff(visit)
    await visit.send("projects", "POST", f"/v1/workflows/{workflow}/rollback", {}, form)
    return see_other(f"/workflows/{workflow}")
