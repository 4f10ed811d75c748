"""`/v1/projects`, their plans and publications."""

from typing import Annotated, Any
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, MANAGERS, STAFF, described, internal
from atrium_chassis.idempotency import once
from atrium_chassis.paging import PageParameters, decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.requests import IdempotencyKey, IfMatch
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from atrium_projects import examples
from atrium_projects.answers import created, tagged
from atrium_projects.plan import commands, home, publications, queries
from atrium_projects.plan.bodies import NewItem, NewProject, ProjectChange, PublicationBody
from atrium_projects.viewers import PersonViewer, Writer

router = APIRouter(prefix="/v1", tags=["plan"])


def require_staff(viewer: Viewer) -> None:
    """For customers such an operation is not there."""
    if viewer.side is not Side.PROVIDER:
        raise NotFound()


@router.get(
    "/projects",
    operation_id="list_projects",
    **described("both", EVERYONE, 404, example=examples.page(examples.PROJECT_SHOWN)),
)
async def list_projects(
    database: CurrentDatabase,
    viewer: PersonViewer,
    page: PageParameters,
    customer: Annotated[UUID | None, Query()] = None,
) -> Response:
    after = decode_cursor(page.cursor, "title", str(customer))
    async with database.transaction(viewer) as connection:
        rows = await queries.list_projects(
            connection, viewer, page.limit + 1, (after[0], after[1]) if after else None, customer
        )
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    cursor = encode_cursor([rows[-1]["title"], rows[-1]["id"]], "title", str(customer)) if more else None
    return created({"items": rows, "next_cursor": cursor}, 200)


@router.post(
    "/projects",
    operation_id="create_project",
    **described("provider", MANAGERS, 403, 404, 409, example=examples.MADE, status=201),
)
async def create_project(database: CurrentDatabase, viewer: Writer, body: NewProject, key: IdempotencyKey) -> Response:
    require_staff(viewer)
    if viewer.role not in MANAGERS:
        raise Forbidden("Only admins and managers start projects.")
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.create_project(connection, viewer, body.customer_id, body.values())

        answer = await once(connection, viewer, operation="create_project", key=key, body=body, act=act)
    return created(answer)


@router.get(
    "/projects/{project}",
    operation_id="get_project",
    **described("both", EVERYONE, 404, example=examples.PROJECT_SHOWN),
)
async def get_project(request: Request, database: CurrentDatabase, viewer: PersonViewer, project: UUID) -> Response:
    async with database.transaction(viewer) as connection:
        found = await queries.one_project(connection, viewer, project)
    return tagged(request, found)


@router.patch(
    "/projects/{project}",
    operation_id="change_project",
    **described("provider", STAFF, 403, 404, 409, 412, example=examples.MADE),
)
async def change_project(
    database: CurrentDatabase, viewer: Writer, project: UUID, body: ProjectChange, expected: IfMatch
) -> Response:
    require_staff(viewer)
    async with database.transaction(viewer) as connection:
        answer = await commands.change_project(connection, viewer, project, body.values(), expected)
    return created(answer, 200)


@router.get(
    "/projects/{project}/plan", operation_id="get_plan", **described("both", EVERYONE, 404, example=examples.PLAN)
)
async def get_plan(request: Request, database: CurrentDatabase, viewer: PersonViewer, project: UUID) -> Response:
    """The whole tree at once: staff get items, customers published items. The ETag is of the content shown."""
    async with database.transaction(viewer) as connection:
        found = await queries.one_project(connection, viewer, project)
        items = await queries.plan_of(connection, viewer, UUID(found["customer_id"]), project)
    return tagged(request, {"project": found, "items": items})


@router.post(
    "/projects/{project}/items",
    operation_id="create_item",
    **described("provider", STAFF, 403, 404, 409, example=examples.MADE, status=201),
)
async def create_item(
    database: CurrentDatabase, viewer: Writer, project: UUID, body: NewItem, key: IdempotencyKey
) -> Response:
    require_staff(viewer)
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.create_item(connection, viewer, project, body.model_dump())

        answer = await once(connection, viewer, operation=f"create_item/{project}", key=key, body=body, act=act)
    return created(answer)


@router.post(
    "/projects/{project}/publications",
    operation_id="publish_items",
    **described("provider", STAFF, 403, 404, 409, example=examples.PUBLISHED),
)
async def publish_items(
    database: CurrentDatabase, viewer: Writer, project: UUID, body: PublicationBody, key: IdempotencyKey
) -> Response:
    """`dry_run` tells what would become visible, to whom, and what stays internal; else all or nothing is published.

    What is published can be taken back the same way, with each item's `was` as its `visibility`.
    """
    require_staff(viewer)
    choices = body.choices()
    if len({choice.id for choice in choices}) != len(choices):
        raise Invalid([FieldError("/items", "repeated", "An item is named twice.")])
    if body.dry_run:
        return created(await publications.preview(database, viewer, project, choices, body.as_person), 200)
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            saved = await publications.publish_items(connection, viewer, project, choices, by_mail=body.by_mail)
            return {
                "items": [
                    {"id": str(after.id), "revision": after.revision, "was": before.visibility}
                    for before, after in saved
                ]
            }

        answer = await once(connection, viewer, operation=f"publish/{project}", key=key, body=body, act=act)
    return created(answer, 200)


@router.get("/home", operation_id="projects_home", **internal(404, example=examples.HOME))
async def get_home(database: CurrentDatabase, viewer: PersonViewer) -> Response:
    """This service's part of the home over all projects: whose turn it is, what moved, the latest requests."""
    async with database.transaction(viewer) as connection:
        body = await home.home_of(connection, viewer)
    return Response(json.dumps(body), media_type="application/json")
