"""`/projects/{id}` of the workspace: the one plan."""

from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.staff_plan import plan_page
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.presenting.planning import PlanFilter
from atrium_gateway.pages.presenting.shapes import Crumb, Form
from atrium_gateway.pages.taking_back import remembered
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


async def staff_project(visit: Visit, project: UUID, new_item: Form | None = None, status: int = 200) -> Response:
    plan = await visit.get("projects", f"/v1/projects/{project}/plan")
    customer = plan["project"]["customer_id"]
    address = f"/projects/{project}"
    parts = await gather_parts(
        optional={
            "files": visit.get("files", f"/v1/projects/{project}/files", "limit=20"),
            "talks": visit.get("threads", "/v1/threads", f"project={project}&limit=200"),
            "workflows": visit.get("projects", "/v1/workflows"),
            "threads": threads_beside(visit, f"projects/{project}", address, customer),
            "reports": visit.get("reports", "/v1/reports", f"project={project}"),
        }
    )
    reports = parts.get("reports", {"items": []})["items"]
    asked = visit.request.query_params
    view = plan_page(
        visit.scene,
        plan,
        visit.desk.customer(customer),
        files=parts.get("files", {"items": []})["items"],
        talks=parts.get("talks", {"items": []})["items"],
        workflows=parts.get("workflows", {"items": []})["items"],
        threads=parts.get("threads", {}),
        publish=new_form(f"{address}/preview"),
        new_item=new_item or new_form(f"{address}/items"),
        upload=new_form(f"{address}/files", project=str(project)),
        report_url=f"/reports/{reports[0]['id']}" if reports else "",
        chosen=PlanFilter(*(asked.get(name, "") for name in ("turn", "owner", "visibility"))),
        missing=parts.missing,
    )
    ref = visit.desk.customer(customer)
    crumbs = (Crumb(ref.name, ref.url), Crumb(view.title))
    done = remembered(visit.request, project)
    toast = done.toast(visit.scene, ref.name) if done else None
    return visit.show("staff/plan.html", view, "projects", status=status, crumbs=crumbs, toast=toast)


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
