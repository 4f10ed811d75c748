"""`/projects/{id}` of the workspace: the one plan."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.staff_item import choices
from atrium_gateway.pages.composing.staff_plan import plan_page
from atrium_gateway.pages.composing.staff_project import project_head
from atrium_gateway.pages.conversation import beginnings
from atrium_gateway.pages.presenting.planning import PlanFilter
from atrium_gateway.pages.presenting.shapes import Crumb, Form
from atrium_gateway.pages.taking_back import remembered
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import Parts, gather_parts

router = APIRouter(include_in_schema=False)


async def staff_project(
    visit: Visit, project: UUID, new_item: Form | None = None, status: int = 200, **refused: Any
) -> Response:
    """`refused` are the fields of its page that say why something asked for on the plan was not done."""
    plan = await visit.get("projects", f"/v1/projects/{project}/plan")
    ref = visit.desk.customer(plan["project"]["customer_id"])
    address = f"/projects/{project}"
    parts = await gather_parts(
        optional={
            **rows_of(visit, project),
            "workflows": visit.get("projects", "/v1/workflows"),
            "readers": beginnings(visit, f"projects/{project}"),
        }
    )
    asked, readers = visit.request.query_params, parts.get("readers")
    view = plan_page(
        visit.scene,
        plan,
        project_head(visit.scene, plan["project"], ref, counted(parts)),
        talks=parts.get("threads", {"items": []})["items"],
        workflows=parts.get("workflows", {"items": []})["items"],
        readers=readers.readers.get("shared", ()) if readers else (),
        publish=new_form(f"{address}/preview"),
        new_item=new_item or new_form(f"{address}/items"),
        chosen=PlanFilter(*(asked.get(name, "") for name in ("turn", "owner", "visibility"))),
        missing=parts.missing,
        staff=choices(await visit.team_of(plan["project"]["customer_id"]), "provider", visit.scene._("nobody")),
        over_time=asked.get("view") == "timeline",
    )
    crumbs = (Crumb(ref.name, ref.url), Crumb(view.head.title, address), Crumb(visit.scene._("Plan")))
    done = remembered(visit.request, project)
    toast = done.toast(visit.scene, ref.name) if done else None
    return visit.show(
        "staff/plan.html", replace(view, **refused), "projects", status=status, path=address, crumbs=crumbs, toast=toast
    )


def rows_of(visit: Visit, project: UUID) -> dict[str, Awaitable[Any]]:
    """What the parts of a project hold, each by its own list."""
    return {
        "files": visit.get("files", f"/v1/projects/{project}/files", "limit=200"),
        "threads": visit.get("threads", "/v1/threads", f"project={project}&limit=200"),
        "requests": visit.get("projects", "/v1/requests", f"project={project}&limit=200"),
        "reports": visit.get("reports", "/v1/reports", f"project={project}&limit=200"),
    }


def counted(parts: Parts) -> dict[str, int]:
    """How many rows each list has that answered."""
    return {name: len(found["items"]) for name, found in parts.arrived.items() if isinstance(found, dict)}


def require_staff(visit: Visit) -> None:
    """For customers these pages are not there."""
    if not visit.is_staff:
        raise NotFound


@router.post("/projects/{project}/items")
async def create_item(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    require_staff(visit)
    body = {
        "title": form.get("title"),
        "kind": form.get("kind") or "task",
        "parent_id": form.get("parent") or None,
        "due": form.get("due") or None,
        "workflow": form.get("workflow") or None,
    }
    try:
        await visit.send("projects", "POST", f"/v1/projects/{project}/items", body, form)
    except Problem as problem:
        again = form.again(f"/projects/{project}/items", problem, visit.scene, parent_id="parent")
        return await staff_project(visit, project, again, problem.status)
    return see_other(f"/projects/{project}#plan")
