"""`/files`, downloads, restoring, uploads without scripts."""

from mimetypes import guess_type
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.files import files_page
from atrium_gateway.pages.looking import looked
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.upload import UploadPage
from atrium_gateway.pages.routes.file import show_file_page
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


@router.get("/files")
async def show_files(visit: CurrentVisit, database: CurrentDatabase, cursor: str = "") -> Response:
    query = f"limit=100&cursor={cursor}" if cursor else "limit=100"
    parts = await gather_parts(
        optional={
            "files": visit.get("files", "/v1/files", query),
            "projects": visit.get("projects", "/v1/projects", "limit=200"),
        }
    )
    files = parts.get("files", {"items": [], "next_cursor": None})
    projects = parts.get("projects", {"items": []})["items"]
    upload = _first_upload if visit.scene.decides and not cursor else None
    view = files_page(visit.scene, files["items"], projects, upload, files["next_cursor"] or "", parts.missing)
    return visit.show("portal/files.html", view, "files", looked=await looked(database, visit.session))


def _first_upload(project: str) -> Form:
    return new_form(f"/projects/{project}/files", project=project)


@router.get("/files/{file}/versions/{number}/content")
async def download(visit: CurrentVisit, file: UUID, number: int) -> Response:
    """The object store's short-lived address, handed to the browser."""
    answer = await visit.upstreams.call(visit.viewer, "files", "GET", f"/v1/files/{file}/versions/{number}/content")
    if answer.status != 302:
        raise answer.problem()
    return see_other(answer.headers["Location"])


@router.post("/files/{file}/versions/{number}/restoration")
async def restore(visit: CurrentVisit, file: UUID, number: int, form: CurrentForm) -> Response:
    """An older version becomes the newest, as a version of its own."""
    path = f"/v1/files/{file}/versions/{number}/restoration"
    try:
        await visit.send("files", "POST", path, {"note": form.get("note")}, form)
    except Problem as problem:
        again = form.again(f"/files/{file}/versions", problem, visit.scene)
        return await show_file_page(visit, file, upload=again, status=problem.status)
    return see_other(f"/files/{file}")


@router.post("/projects/{project}/files")
async def begin_file(visit: CurrentVisit, project: UUID, form: CurrentForm) -> Response:
    """Without scripts: the file by its name first, then its content straight to the store."""
    audience = form.get("audience") or "shared"
    body = {"name": form.get("content"), "audience": audience}
    made = await visit.send("files", "POST", f"/v1/projects/{project}/files", body, form)
    return await _to_the_store(visit, made["id"], form)


@router.post("/items/{item}/file")
async def begin_file_of_item(visit: CurrentVisit, item: UUID, form: CurrentForm) -> Response:
    """The same for the file that an item is about; the item names it before its content is there."""
    about = await visit.get("projects", f"/v1/items/{item}")
    body = {"name": form.get("content"), "audience": "shared"}
    made = await visit.send("files", "POST", f"/v1/projects/{about['project_id']}/files", body, form)
    await visit.send("projects", "POST", f"/v1/items/{item}/file", {"file_id": made["id"]}, form)
    return await _to_the_store(visit, made["id"], form)


@router.post("/requests/{request_id}/files")
async def begin_file_of_request(visit: CurrentVisit, request_id: UUID, form: CurrentForm) -> Response:
    """The same for a file that belongs to a request."""
    about = await visit.get("projects", f"/v1/requests/{request_id}")
    body = {"name": form.get("content"), "audience": "shared"}
    made = await visit.send("files", "POST", f"/v1/projects/{about['project_id']}/files", body, form)
    await visit.send("projects", "POST", f"/v1/requests/{request_id}/files", {"file_id": made["id"]}, form)
    return await _to_the_store(visit, made["id"], form)


@router.post("/files/{file}/versions")
async def begin_version(visit: CurrentVisit, file: UUID, form: CurrentForm) -> Response:
    return await _to_the_store(visit, str(file), form)


async def _to_the_store(visit: Visit, file: str, form: Submitted) -> Response:
    """The store sends the browser back to an address that names the upload, so the upload is begun first; beginning it
    again with the same key only signs anew."""
    media_type = guess_type(form.get("content"))[0] or "application/octet-stream"
    body = {"media_type": media_type, "note": form.get("note")}
    path = f"/v1/files/{file}/uploads/form"
    begun = await visit.send("files", "POST", path, body, form)
    back = f"{visit.tenant.origin}/files/{file}/uploads/{begun['upload']}"
    upload = await visit.send("files", "POST", path, {**body, "redirect": back}, form)
    view = UploadPage(form.get("content"), f"/files/{file}", upload["url"], upload["fields"])
    return visit.show("portal/upload.html", view, "files", path=f"/files/{file}")


@router.get("/files/{file}/uploads/{upload}")
async def receive_upload(visit: CurrentVisit, file: UUID, upload: UUID) -> Response:
    """Where the store sends the browser: the content is there and can be checked. Safe to repeat."""
    await visit.upstreams.send(visit.viewer, "files", "POST", f"/v1/uploads/{upload}/completion", {}, key=str(upload))
    return see_other(f"/files/{file}")
