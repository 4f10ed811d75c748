"""`/projects/{id}/files`, `/threads`, `/requests`, `/reports`, `/settings` of the workspace."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.reports import reports_page
from atrium_gateway.pages.composing.rows import file_line, talk_line
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.staff_project import (
    AS_TYPED,
    project_head,
    settings_change,
    settings_page,
    typed_settings,
)
from atrium_gateway.pages.composing.staff_requests import staff_requests
from atrium_gateway.pages.conversation import AUDIENCES, threads_beside
from atrium_gateway.pages.presenting.shapes import Crumb, Form
from atrium_gateway.pages.presenting.staff_project import ProjectHead, ProjectPart
from atrium_gateway.pages.routes.staff_projects import counted, require_staff, rows_of
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import Parts, gather_parts

router = APIRouter(include_in_schema=False)

TABS = ("files", "threads", "requests", "reports")


@dataclass(frozen=True)
class Opened:
    """A project with what stands above all its parts, and the rows of each."""

    project: dict[str, Any]
    head: ProjectHead
    parts: Parts

    def rows(self, part: str) -> list[Any]:
        found: list[Any] = self.parts.get(part, {"items": []})["items"]
        return found

    def crumbs(self, here: str) -> tuple[Crumb, ...]:
        customer = self.head.customer
        return (Crumb(customer.name, customer.url), Crumb(self.head.title, self.head.url), Crumb(here))


async def opened(visit: Visit, project: UUID) -> Opened:
    """Raises NotFound for customers, and for what the reader has no access to."""
    require_staff(visit)
    found = await visit.get("projects", f"/v1/projects/{project}")
    parts = await gather_parts(optional=rows_of(visit, project))
    customer = visit.desk.customer(found["customer_id"])
    return Opened(found, project_head(visit.scene, found, customer, counted(parts)), parts)


@router.get("/projects/{project}/settings")
async def show_settings(visit: CurrentVisit, project: UUID) -> Response:
    return await _settings(visit, project)


async def _settings(
    visit: Visit, project: UUID, edit: Form | None = None, chosen: list[str] | None = None, status: int = 200
) -> Response:
    """`edit` is a form that was refused, with what was typed and who was `chosen` as contact."""
    shown = await opened(visit, project)
    found = shown.project
    contacts = [one["person_id"] for one in found.get("contacts") or []]
    view = settings_page(
        visit.scene,
        found,
        shown.head,
        edit or new_form(f"{shown.head.url}/settings", found["revision"], **typed_settings(visit.scene, found)),
        contacts if chosen is None else chosen,
        await visit.team_of(found["customer_id"]),
    )
    crumbs = shown.crumbs(visit.scene._("Settings"))
    return visit.show("staff/project-settings.html", view, "projects", status=status, crumbs=crumbs)


@router.post("/projects/{project}/settings")
async def change_settings(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """What someone else changed meanwhile is not overwritten: the form comes back."""
    require_staff(visit)
    contacts = form.lists.get("contact", [])
    change = settings_change(visit.scene, form.values, contacts)
    try:
        await visit.send("projects", "PATCH", f"/v1/projects/{project}", change, form)
    except Problem as problem:
        again = form.again(f"/projects/{project}/settings", problem, visit.scene, **AS_TYPED)
        return await _settings(visit, project, again, contacts, problem.status)
    return see_other(f"/projects/{project}/settings")


@router.get("/projects/{project}/{tab}")
async def show_part(visit: CurrentVisit, project: UUID, tab: str) -> Response:
    if tab not in TABS:
        raise NotFound
    shown, scene = await opened(visit, project), visit.scene
    customer = shown.project["customer_id"]
    address = f"{shown.head.url}/{tab}"
    threads = await threads_beside(visit, f"projects/{project}", address, customer) if tab == "threads" else {}
    view = ProjectPart(
        shown.head,
        tab,
        files=tuple(file_line(scene, row) for row in shown.rows("files")),
        upload=new_form(f"{shown.head.url}/files", project=str(project)),
        talks=tuple(talk_line(scene, row) for row in shown.rows("threads")),
        threads=tuple(threads[audience] for audience in AUDIENCES[True] if audience in threads),
        requests=staff_requests(scene, shown.rows("requests"), visit.desk.customer, ()),
        reports=reports_page(shown.rows("reports"), ()),
        missing=frozenset(shown.parts.missing),
    )
    return visit.show("staff/project.html", view, "projects", crumbs=shown.crumbs(tab_words(scene)[tab]))


def tab_words(scene: Scene) -> dict[str, str]:
    return {
        "files": scene._("Files"),
        "threads": scene._("Conversations"),
        "requests": scene._("Requests"),
        "reports": scene._("Reports"),
    }
