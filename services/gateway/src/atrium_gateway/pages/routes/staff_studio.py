"""`/workflows`, `/workflows/{id}`."""

from collections.abc import Mapping
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
from atrium_gateway.pages.composing.workflow_dry_run import counted, dry_run, mapping_of
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.studio import WorkflowsPage
from atrium_gateway.pages.routes.staff_customers import manages
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, require_refusal, see_other

router = APIRouter(include_in_schema=False)

UNCHOSEN: Mapping[str, str] = {}


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
    mapping: Mapping[str, str] = UNCHOSEN,
    *,
    more: int = 1,
    status: int = 200,
) -> Response:
    """The tables beside the dry run of what they hold. `typed` is not the stored definition, but what the form has."""
    found = await visit.get("projects", f"/v1/workflows/{workflow}")
    scene, address, definition = visit.scene, f"/workflows/{workflow}", typed or found["definition"]
    manager = manages(visit)
    switches = manager and visit.viewer.projects is None and found["purpose"] == "item"
    answer, faults = await _tried(visit, workflow, definition, mapping if switches else {}) if manager else (None, ())
    items = answer["items"] if answer else []
    projects = {row["id"]: row["title"] for row in visit.desk.home.get("projects", [])}
    tried = dry_run(scene, found["definition"], definition, items, visit.desk.customer, projects) if answer else None
    view = workflow_page(
        scene,
        found,
        definition,
        form or new_form(address, found["revision"]),
        new_form(f"{address}/rollback") if manager and len(found["versions"]) > 1 else None,
        running=counted(items),
        dry=tried,
        faults=faults,
        manages=manager,
        switches=switches,
        more=more,
    )
    return visit.show("staff/workflow.html", view, "workflows", status=status, path=address, mini=True)


async def _tried(
    visit: Visit, workflow: UUID, definition: dict[str, Any], mapping: Mapping[str, str]
) -> tuple[Any, tuple[str, ...]]:
    """What a new version would do to the items on their way; without an answer, what keeps it from working."""
    body = {"definition": definition, "mapping": mapping or None, "dry_run": True}
    path = f"/v1/workflows/{workflow}/versions"
    try:
        return await visit.upstreams.send(visit.viewer, "projects", "POST", path, body), ()
    except Problem as problem:
        require_refusal(problem)
        return None, tuple(error.text for error in workflow_errors(visit.scene, problem))


@router.post("/workflows/{workflow}")
async def save_workflow(visit: CurrentVisit, workflow: UUID, form: CurrentForm) -> Response:
    """Saves the tables as a new version, for new items or the running ones too; or only tries them, or adds rows."""
    require_staff(visit)
    address, typed, mapping = f"/workflows/{workflow}", definition_of(form.lists), mapping_of(form.lists)
    kept, act = new_form(address, form.revision), form.get("act")
    if act not in {"save", "switch"}:
        return await _editor(visit, workflow, kept, typed, mapping, more=3 if act == "more" else 1)
    body = {"definition": typed, "mapping": mapping if act == "switch" else None}
    try:
        await visit.send("projects", "POST", f"/v1/workflows/{workflow}/versions", body, form)
    except Problem as problem:
        require_refusal(problem)
        again = replace(kept, errors=workflow_errors(visit.scene, problem))
        return await _editor(visit, workflow, again, typed, mapping, status=problem.status)
    return see_other(address)


@router.post("/workflows/{workflow}/rollback")
async def roll_back(visit: CurrentVisit, workflow: UUID, form: CurrentForm) -> Response:
    require_staff(visit)
    await visit.send("projects", "POST", f"/v1/workflows/{workflow}/rollback", {}, form)
    return see_other(f"/workflows/{workflow}")
