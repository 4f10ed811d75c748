"""`/customers/{id}/brand`, `/workflows`, `/workflows/{id}`."""

import base64
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import FieldError, Invalid, NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from atrium_gateway.branding.model import Brand
from atrium_gateway.branding.queries import find_brand
from atrium_gateway.branding.routes import BrandPatch, patch_brand
from atrium_gateway.pages.composing.staff_studio import (
    brand_change,
    brand_page,
    brand_values,
    definition_of,
    workflow_errors,
    workflow_page,
    workflow_row,
)
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.studio import WorkflowsPage
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.typed import checked
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, is_refusal, new_form, see_other
from atrium_gateway.settings import Settings
from atrium_gateway.signin.identity import CurrentActor

router = APIRouter(include_in_schema=False)

LOGO_BYTES = 256 * 1024
MANAGERS = frozenset({"admin", "manager"})


@router.get("/customers/{customer}/brand")
async def show_brand(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    return await _studio(visit, customer, database)


async def _brand(visit: Visit, customer: UUID, database: CurrentDatabase) -> Brand:
    """Raises NotFound."""
    async with database.transaction(visit.viewer) as connection:
        brand = await find_brand(connection, customer)
    if brand is None:
        raise NotFound
    return brand


async def _studio(
    visit: Visit, customer: UUID, database: CurrentDatabase, form: Form | None = None, status: int = 200
) -> Response:
    require_staff(visit)
    ref = visit.desk.customers.get(str(customer))
    if ref is None:
        raise NotFound
    brand = await _brand(visit, customer, database)
    settings: Settings = visit.request.app.state.settings
    host = f"{ref.slug}.{settings.base_host}"
    shown = form or new_form(f"/customers/{customer}/brand", brand.revision, **brand_values(brand))
    view = brand_page(visit.scene, brand, ref, host, shown, settings.origin(host))
    return visit.show("staff/brand.html", view, ref.slug, status=status, mini=True)


@router.post("/customers/{customer}/brand")
async def publish_brand(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """In force at once. An accent that is too weak is used at another lightness, which the page then shows."""
    require_staff(visit)
    before = await _brand(visit, customer, database)
    try:
        body = checked(BrandPatch, {**brand_change(form.values, before), **await _logos(visit)})
        await patch_brand(visit.request, customer, body, database, actor, form.revision)
    except Problem as problem:
        if not is_refusal(problem):
            raise
        again = form.again(f"/customers/{customer}/brand", problem, visit.scene, logos_light="logo")
        return await _studio(visit, customer, database, again, problem.status)
    return see_other(f"/customers/{customer}/brand")


async def _logos(visit: Visit) -> dict[str, Any]:
    """The uploaded picture, if one was chosen, for both grounds. Raises Invalid for one that is too big."""
    logo = (await visit.request.form()).get("logo")
    if not isinstance(logo, UploadFile) or not logo.filename:
        return {}
    content = await logo.read(LOGO_BYTES + 1)
    if len(content) > LOGO_BYTES:
        raise Invalid([FieldError("/logo", "too_long", "The picture is too big.")])
    picture = {"media_type": logo.content_type or "", "content": base64.b64encode(content).decode()}
    return {"logos": {"light": picture, "mark": picture}}


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
        if not is_refusal(problem):
            raise
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
