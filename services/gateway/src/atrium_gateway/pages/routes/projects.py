"""`/projects` and `/projects/{id}`."""

from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.projects import FILTERS, project_page
from atrium_gateway.pages.composing.rows import project_line
from atrium_gateway.pages.looking import looked
from atrium_gateway.pages.presenting.project import ProjectsPage
from atrium_gateway.pages.routes.staff_home import staff_projects
from atrium_gateway.pages.routes.staff_projects import staff_project
from atrium_gateway.pages.visit import CurrentVisit, new_form
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


@router.get("/projects")
async def show_projects(visit: CurrentVisit) -> Response:
    if visit.is_staff:
        return await staff_projects(visit)
    found = await visit.get("projects", "/v1/projects", "limit=200")
    view = ProjectsPage(tuple(project_line(row) for row in found["items"]))
    return visit.show("portal/projects.html", view, "projects")


@router.get("/projects/{project}")
async def show_project(visit: CurrentVisit, project: UUID, database: CurrentDatabase, turn: str = "") -> Response:
    if visit.is_staff:
        return await staff_project(visit, project)
    parts = await gather_parts(
        {"plan": visit.get("projects", f"/v1/projects/{project}/plan")},
        {
            "files": visit.get("files", f"/v1/projects/{project}/files", "limit=20"),
            "threads": visit.get("threads", "/v1/threads", f"project={project}&limit=20"),
            "reports": visit.get("reports", "/v1/reports", f"project={project}"),
        },
    )
    scene, marks = visit.scene, await looked(database, visit.session)
    reports = parts.get("reports", {"items": []})["items"]
    view = project_page(
        scene,
        parts["plan"],
        parts.get("files", {"items": []})["items"],
        parts.get("threads", {"items": []})["items"],
        people=visit.team,
        upload=new_form(f"/projects/{project}/files", project=str(project)) if scene.decides else None,
        chosen=turn if turn in FILTERS else "",
        report_url=f"/reports/{reports[0]['id']}" if reports else "",
        since=marks.since,
        missing=parts.missing,
    )
    return visit.show("portal/project.html", view, "projects", looked=marks)
