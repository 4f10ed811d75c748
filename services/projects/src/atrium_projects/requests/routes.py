"""`/v1/requests`: what customers ask for."""

from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, STAFF, described
from atrium_chassis.idempotency import once
from atrium_chassis.paging import PageParameters, decode_cursor, encode_cursor
from atrium_chassis.requests import Body, IdempotencyKey, IfMatch, revisioned
from atrium_chassis.search import LONGEST
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from atrium_projects import examples
from atrium_projects.answers import created, shown
from atrium_projects.plan.bodies import FileBody, NewItem, Text, Title
from atrium_projects.plan.routes import require_staff
from atrium_projects.requests import commands, queries
from atrium_projects.requests.model import MOST_FILES
from atrium_projects.viewers import PersonViewer, Writer

router = APIRouter(prefix="/v1/requests", tags=["requests"])

Kind = Literal["fault", "question", "wish", "access"]
Urgency = Literal["stopped", "hinders", "time"]
Turn = Literal["customer", "provider", "third_party", "nobody"]


class NewRequest(Body):
    model_config = shown({"title": "Historian export drops milliseconds", "kind": "fault", "urgency": "hinders"})
    title: Title = Field(examples=["Historian export drops milliseconds"])
    kind: Kind = "question"
    urgency: Urgency = "time"
    text: Text = ""
    project_id: UUID | None = None
    file_ids: list[UUID] = Field([], max_length=MOST_FILES, description="Files that belong to what is asked.")


class RequestChange(Body):
    model_config = shown({"urgency": "stopped"})
    title: Title | None = None
    owner_id: UUID | None = None
    urgency: Urgency | None = None

    def values(self) -> dict[str, Any]:
        values = self.model_dump(exclude_unset=True)
        return {name: value for name, value in values.items() if value is not None or name == "owner_id"}


class MoveBody(Body):
    model_config = shown({"transition": "take"})
    transition: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    comment: Text = ""
    third_party: Annotated[str, StringConstraints(max_length=120)] = ""


class TriageBody(Body):
    model_config = shown({"items": [{"title": "Keep milliseconds in the export"}]})
    items: list[NewItem] = Field(min_length=1, max_length=20)
    project_id: UUID | None = None


@router.get(
    "", operation_id="list_requests", **described("both", EVERYONE, 404, example=examples.page(examples.REQUEST_SHOWN))
)
async def list_requests(
    database: CurrentDatabase,
    viewer: PersonViewer,
    page: PageParameters,
    turn: Annotated[Turn | None, Query()] = None,
    project: Annotated[UUID | None, Query()] = None,
    q: Annotated[str, Query(max_length=LONGEST, pattern=r"^[^\x00]*$", description="Words; all must match.")] = "",
) -> Response:
    filters = f"{turn}/{project}/{q}"
    after = decode_cursor(page.cursor, "raised_at", filters)
    async with database.transaction(viewer) as connection:
        rows = await queries.list_requests(
            connection,
            viewer,
            page.limit + 1,
            (after[0], after[1]) if after else None,
            turn=turn,
            project_id=project,
            q=q,
        )
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    cursor = encode_cursor([rows[-1]["raised_at"].isoformat(), rows[-1]["id"]], "raised_at", filters) if more else None
    return created({"items": rows, "next_cursor": cursor}, 200)


@router.post(
    "", operation_id="raise_request", **described("both", EVERYONE, 403, 404, 409, example=examples.RAISED, status=201)
)
async def raise_request(database: CurrentDatabase, viewer: Writer, body: NewRequest, key: IdempotencyKey) -> Response:
    """Everyone may ask, readers too."""
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.raise_request(connection, viewer, body.model_dump())

        answer = await once(connection, viewer, operation="raise_request", key=key, body=body, act=act)
    return created(answer)


@router.get(
    "/{request_id}", operation_id="get_request", **described("both", EVERYONE, 404, example=examples.REQUEST_OPENED)
)
async def get_request(request: Request, database: CurrentDatabase, viewer: PersonViewer, request_id: UUID) -> Response:
    async with database.transaction(viewer) as connection:
        found = await queries.one_request(connection, viewer, request_id)
    return revisioned(request, found, found["revision"])


@router.patch(
    "/{request_id}",
    operation_id="change_request",
    **described("provider", STAFF, 403, 404, 409, 412, example=examples.REQUEST_MOVED),
)
async def change_request(
    database: CurrentDatabase, viewer: Writer, request_id: UUID, body: RequestChange, expected: IfMatch
) -> Response:
    require_staff(viewer)
    async with database.transaction(viewer) as connection:
        answer = await commands.change_request(connection, viewer, request_id, body.values(), expected)
    return created(answer, 200)


@router.post(
    "/{request_id}/transitions",
    operation_id="move_request",
    **described("both", EVERYONE, 403, 404, 409, 412, example=examples.REQUEST_MOVED),
)
async def move_request(
    database: CurrentDatabase,
    viewer: Writer,
    request_id: UUID,
    body: MoveBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.move_request(
                connection, viewer, request_id, body.transition, body.comment, body.third_party, expected
            )

        answer = await once(connection, viewer, operation=f"move_request/{request_id}", key=key, body=body, act=act)
    return created(answer, 200)


@router.post(
    "/{request_id}/files",
    operation_id="add_file_to_request",
    **described("both", EVERYONE, 403, 404, 409, example=examples.REQUEST_MOVED),
)
async def add_file_to_request(
    database: CurrentDatabase, viewer: Writer, request_id: UUID, body: FileBody, key: IdempotencyKey
) -> Response:
    """Names a file that belongs to the request."""
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.add_file(connection, viewer, request_id, body.file_id)

        answer = await once(connection, viewer, operation=f"add_file/{request_id}", key=key, body=body, act=act)
    return created(answer, 200)


@router.post(
    "/{request_id}/items",
    operation_id="triage_request",
    **described("provider", STAFF, 403, 404, 409, example=examples.TRIAGED, status=201),
)
async def triage_request(
    database: CurrentDatabase, viewer: Writer, request_id: UUID, body: TriageBody, key: IdempotencyKey
) -> Response:
    """Turns the request into items of its project's plan."""
    require_staff(viewer)
    wanted = [one.model_dump() for one in body.items]
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.turn_into_items(connection, viewer, request_id, body.project_id, wanted)

        answer = await once(connection, viewer, operation=f"triage/{request_id}", key=key, body=body, act=act)
    return created(answer)
