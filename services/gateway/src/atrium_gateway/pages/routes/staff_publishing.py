"""The preview before anything of a plan is shown, and the publication: exactly what was previewed, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.problems import problem_words
from atrium_gateway.pages.composing.staff_plan import checks, gains, kept_back, names, preview_rows
from atrium_gateway.pages.presenting.planning import Check, Eyes, PreviewPage
from atrium_gateway.pages.publication import Publication, by_address, by_form
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.taking_back import Published, published, remember, remembered
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, require_refusal, see_other

router = APIRouter(include_in_schema=False)

SHOWING = ("project", "home", "mail")
NOTHING: dict[str, Any] = {"becomes_visible": [], "to": [], "stays_internal": [], "revisions": {}}


@router.get("/projects/{project}/preview")
async def preview_again(visit: CurrentVisit, project: UUID) -> Response:
    """The preview by its address, with the items in the query; without any, back to the plan."""
    require_staff(visit)
    chosen = by_address(project, visit.request.query_params)
    if not chosen.items:
        return see_other(f"/projects/{project}")
    return await preview_page(visit, chosen)


@router.post("/projects/{project}/preview")
async def preview(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """What would become visible, to whom. Nothing is published here."""
    require_staff(visit)
    chosen = by_form(project, form)
    if not chosen.items:
        return see_other(f"/projects/{project}")
    return await preview_page(visit, chosen)


async def preview_page(
    visit: Visit, chosen: Publication, refused: Problem | None = None, *, by_mail: bool = True
) -> Response:
    plan = await visit.get("projects", f"/v1/projects/{chosen.project}/plan")
    try:
        dry = await chosen.tried(visit)
    except Problem as problem:
        require_refusal(problem)
        dry, refused = None, problem
    view = replace(composed_preview(visit, plan, chosen, dry, refused), by_mail=by_mail)
    return visit.show("staff/preview.html", view, "projects", status=refused.status if refused else 200)


def composed_preview(
    visit: Visit, plan: dict[str, Any], chosen: Publication, dry: dict[str, Any] | None, refused: Problem | None
) -> PreviewPage:
    """`dry` is the answer of the dry run; None where it was refused, and then nothing can be confirmed."""
    scene, project = visit.scene, plan["project"]
    rows = [{**row, "customer_title": chosen.titles.get(row["id"]) or row["customer_title"]} for row in plan["items"]]
    picked = [row for row in rows if row["id"] in chosen.items]
    customer = visit.desk.customer(project["customer_id"])
    address = f"/projects/{project['id']}"
    outcome = dry or NOTHING
    visible = outcome["becomes_visible"]
    secrets = [ref.short for ref in visit.desk.customers.values() if ref.slug != customer.slug]
    secrets += [row["title"] for row in rows if row["visibility"] == "internal" and row not in picked]
    found = checks(scene, visible, picked, secrets)
    shared = [row["id"] for row in picked if row["visibility"] == "shared"]
    eyes = eyes_of(visit, chosen, visible, outcome["to"])
    return PreviewPage(
        project_id=project["id"],
        project=project["title"],
        customer=customer,
        visibility=chosen.visibility,  # type: ignore[arg-type]
        items=len(picked),
        rows=preview_rows(scene, visible),
        gains=gains(scene, visible, outcome["to"], shared, eyes),
        kept=kept_back(scene, outcome["stays_internal"]),
        checks=found if dry is not None else (Check(refusal(visit, refused), "block"),),
        confirm=new_form(f"{address}/publications"),
        again=new_form(f"{address}/preview"),
        item_ids=tuple(row["id"] for row in picked),
        titles=tuple((row["id"], row["title"], row["customer_title"] or "") for row in picked),
        revisions=tuple(outcome["revisions"].items()),
        problem=refusal(visit, refused) if refused is not None else "",
        eyes=eyes,
    )


def eyes_of(visit: Visit, chosen: Publication, visible: Sequence[Any], to: Sequence[str]) -> Eyes | None:
    """The person who was asked for, else who is asked by name, else an owner."""
    asked = visit.request.query_params
    readers = visit.scene.persons(to)
    ordered = sorted(
        readers, key=lambda one: (one.id != asked.get("as"), not names(one.id, visible), one.role != "owner")
    )
    if not ordered:
        return None
    showing = asked.get("show", "")
    address = f"/projects/{chosen.project}/preview"
    return Eyes(ordered[0], address, chosen.query, showing if showing in SHOWING else SHOWING[0])


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
    """Exactly what was previewed, or nothing; with mails where that is ticked."""
    require_staff(visit)
    chosen, by_mail = by_form(project, form), bool(form.get("by_mail"))
    pairs = [one.rpartition(":") for one in form.lists.get("revisions", [])]
    revisions = {item: int(number) for item, _, number in pairs if number.isdigit()}
    try:
        body = chosen.body(revisions, dry_run=False, by_mail=by_mail)
        answer = await visit.send("projects", "POST", chosen.path, body, form)
    except Problem as problem:
        require_refusal(problem)
        return await preview_page(visit, chosen, problem, by_mail=by_mail)
    quietly = chosen.visibility == "shared" and not by_mail
    return _told(visit, published(project, "quiet" if quietly else chosen.visibility, answer))


@router.post("/projects/{project}/publications/undo")
async def undo(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """What was just published becomes what it was; all of it, or nothing where something changed since."""
    require_staff(visit)
    done = remembered(visit.request, project)
    if done is None or not done.items:
        return see_other(f"/projects/{project}")
    try:
        await visit.send("projects", "POST", f"/v1/projects/{project}/publications", done.undo, form)
    except Problem as problem:
        require_refusal(problem)
        return _told(visit, Published(project, "kept", done.count))
    return _told(visit, Published(project, "taken_back", done.count))


def _told(visit: Visit, done: Published) -> Response:
    response = see_other(f"/projects/{done.project}")
    remember(visit.request, response, done)
    return response
