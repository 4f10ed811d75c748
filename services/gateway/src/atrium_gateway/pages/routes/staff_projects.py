"""`/projects/{id}` of the workspace: the one plan, and the preview before anything of it is shown."""

from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.problems import problem_words
from atrium_gateway.pages.composing.staff_plan import checks, gains, kept_back, plan_page, preview_rows
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.presenting.planning import Check, PlanFilter, PreviewPage
from atrium_gateway.pages.presenting.shapes import Crumb, Form
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, is_refusal, new_form, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

VISIBILITIES = ("internal", "placeholder", "shared")
TITLE = "customer_title_"


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
    return visit.show("staff/plan.html", view, "projects", status=status, crumbs=crumbs)


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
        if not is_refusal(problem):
            raise
        again = form.again(f"/projects/{project}/items", problem, visit.scene, parent_id="parent")
        return await staff_project(visit, project, again, problem.status)
    return see_other(f"/projects/{project}#plan")


@router.get("/projects/{project}/preview")
async def preview_again(visit: CurrentVisit, project: UUID, visibility: str = "shared") -> Response:
    """The preview by its address, with the items in the query; without any, back to the plan."""
    require_staff(visit)
    items = visit.request.query_params.getlist("items")
    if not items or visibility not in VISIBILITIES:
        return see_other(f"/projects/{project}")
    return await preview_page(visit, project, items, visibility, {})


@router.post("/projects/{project}/preview")
async def preview(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """What would become visible, to whom. Nothing is published here."""
    require_staff(visit)
    items, visibility = chosen(form)
    if not items:
        return see_other(f"/projects/{project}")
    return await preview_page(visit, project, items, visibility, titles_of(form))


def chosen(form: Submitted) -> tuple[list[str], str]:
    """The ticked items and the bar's button, or the one item whose own button was pressed."""
    item, _, visibility = form.get("one").partition(":")
    if item:
        return [item], visibility
    return form.lists.get("items", []), form.get("visibility") or "shared"


def titles_of(form: Submitted) -> dict[str, str]:
    """What the customer is to read, by item."""
    return {name.removeprefix(TITLE): value for name, value in form.values.items() if name.startswith(TITLE)}


def choices(items: list[str], titles: dict[str, str], revisions: dict[str, int]) -> list[dict[str, Any]]:
    """The items as the service takes them."""
    found = []
    for one in items:
        choice: dict[str, Any] = {"id": one}
        if titles.get(one):
            choice["customer_title"] = titles[one]
        if one in revisions:
            choice["revision"] = revisions[one]
        found.append(choice)
    return found


async def preview_page(
    visit: Visit,
    project: UUID,
    items: list[str],
    visibility: str,
    titles: dict[str, str],
    refused: Problem | None = None,
) -> Response:
    path = f"/v1/projects/{project}"
    plan = await visit.get("projects", f"{path}/plan")
    body = {"items": choices(items, titles, {}), "visibility": visibility, "dry_run": True}
    try:
        dry = await visit.upstreams.send(visit.viewer, "projects", "POST", f"{path}/publications", body)
    except Problem as problem:
        if not is_refusal(problem):
            raise
        dry, refused = None, problem
    view = composed_preview(visit, plan, items, visibility, titles, dry, refused)
    return visit.show("staff/preview.html", view, "projects", status=refused.status if refused else 200)


def composed_preview(
    visit: Visit,
    plan: dict[str, Any],
    items: list[str],
    visibility: Any,
    titles: dict[str, str],
    dry: dict[str, Any] | None,
    refused: Problem | None,
) -> PreviewPage:
    """`dry` is the answer of the dry run; None where it was refused, and then nothing can be confirmed."""
    scene, project = visit.scene, plan["project"]
    rows = [{**row, "customer_title": titles.get(row["id"]) or row["customer_title"]} for row in plan["items"]]
    picked = [row for row in rows if row["id"] in items]
    customer = visit.desk.customer(project["customer_id"])
    address = f"/projects/{project['id']}"
    outcome = dry or {"becomes_visible": [], "to": [], "stays_internal": [], "revisions": {}}
    secrets = [ref.short for ref in visit.desk.customers.values() if ref.slug != customer.slug]
    secrets += [row["title"] for row in rows if row["visibility"] == "internal" and row not in picked]
    visible = outcome["becomes_visible"]
    found = checks(scene, visible, picked, secrets)
    return PreviewPage(
        project_id=project["id"],
        project=project["title"],
        customer=customer,
        visibility=visibility,
        items=len(picked),
        rows=preview_rows(scene, visible),
        gains=gains(scene, visible, outcome["to"]),
        kept=kept_back(scene, outcome["stays_internal"]),
        checks=found if dry is not None else (Check(refusal(visit, refused), "block"),),
        confirm=new_form(f"{address}/publications"),
        again=new_form(f"{address}/preview"),
        item_ids=tuple(row["id"] for row in picked),
        titles=tuple((row["id"], row["title"], row["customer_title"] or "") for row in picked),
        revisions=tuple(outcome["revisions"].items()),
        problem=refusal(visit, refused) if refused is not None else "",
    )


def refusal(visit: Visit, problem: Problem | None) -> str:
    if problem is None:
        return ""
    codes = {error.code for error in problem.errors} | {problem.code}
    if "changed_since_preview" in codes:
        return visit.scene._("Something changed since the preview; nothing was published. This is how it is now.")
    if "hidden_phase" in codes:
        return visit.scene._("It lies in a phase that shows less. Publish the phase first, or choose it too.")
    return problem_words(problem, visit.scene.words.gettext)


@router.post("/projects/{project}/publications")
async def publish(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """Exactly what was previewed, or nothing."""
    require_staff(visit)
    items, visibility = chosen(form)
    titles = titles_of(form)
    pairs = [one.rpartition(":") for one in form.lists.get("revisions", [])]
    revisions = {item: int(number) for item, _, number in pairs if number.isdigit()}
    body = {"items": choices(items, titles, revisions), "visibility": visibility, "dry_run": False}
    try:
        await visit.send("projects", "POST", f"/v1/projects/{project}/publications", body, form)
    except Problem as problem:
        if not is_refusal(problem):
            raise
        return await preview_page(visit, project, items, visibility, titles, problem)
    return see_other(f"/projects/{project}")
