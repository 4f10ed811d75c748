"""`/search`: over what the services show this reader, nothing else."""

from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.search import search_page
from atrium_gateway.pages.plans import all_plans
from atrium_gateway.pages.presenting.others import SearchPage
from atrium_gateway.pages.visit import CurrentVisit, Visit
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

LONGEST = 100


@router.get("/search")
async def show_search(visit: CurrentVisit, q: str = "") -> Response:
    words = q.strip()[:LONGEST]
    view = await _found(visit, words) if words else SearchPage()
    return visit.show("portal/search.html", view, "search")


async def _found(visit: Visit, words: str) -> SearchPage:
    parts = await gather_parts(
        optional={
            "projects": _plans(visit),
            "files": visit.get("files", "/v1/files", "limit=200"),
            "threads": visit.get("threads", "/v1/threads", "limit=200"),
            "requests": visit.get("projects", "/v1/requests", "limit=200"),
        }
    )
    listed = {name: parts.get(name, {"items": []})["items"] for name in ("files", "threads", "requests")}
    return search_page(
        visit.scene, words, parts.get("projects", []), listed["files"], listed["threads"], listed["requests"]
    )


async def _plans(visit: Visit) -> list[dict[str, object]]:
    projects = await visit.get("projects", "/v1/projects", "limit=200")
    return await all_plans(visit, projects["items"])
