"""`/v1/items`: one item, its steps and its decisions."""

from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import ALL_BUT_READERS, EVERYONE, STAFF, described
from atrium_chassis.idempotency import once
from atrium_chassis.paging import PageParameters, decode_cursor, encode_cursor
from atrium_chassis.requests import IdempotencyKey, IfMatch
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_projects import examples
from atrium_projects.answers import created, tagged
from atrium_projects.approvals.commands import decide
from atrium_projects.approvals.model import Exact
from atrium_projects.plan import acts, commands, queries
from atrium_projects.plan.bodies import ApprovalBody, DelegationBody, FileBody, ItemChange, TransitionBody
from atrium_projects.plan.routes import require_staff
from atrium_projects.viewers import PersonViewer, Writer

router = APIRouter(prefix="/v1/items", tags=["items"])


@router.get("/{item}", operation_id="get_item", **described("both", EVERYONE, 404, example=examples.ITEM_OPENED))
async def get_item(request: Request, database: CurrentDatabase, viewer: PersonViewer, item: UUID) -> Response:
    async with database.transaction(viewer) as connection:
        found = await queries.one_item(connection, viewer, item)
    return tagged(request, found)


@router.patch(
    "/{item}", operation_id="change_item", **described("provider", STAFF, 403, 404, 409, 412, example=examples.MADE)
)
async def change_item(
    database: CurrentDatabase, viewer: Writer, item: UUID, body: ItemChange, expected: IfMatch
) -> Response:
    require_staff(viewer)
    async with database.transaction(viewer) as connection:
        answer = await commands.change_item(connection, viewer, item, body.values(), expected)
    return created(answer, 200)


@router.get(
    "/{item}/history", operation_id="get_item_history", **described("both", EVERYONE, 404, example=examples.HISTORY)
)
async def get_history(database: CurrentDatabase, viewer: PersonViewer, item: UUID, page: PageParameters) -> Response:
    after = decode_cursor(page.cursor, "at", str(item))
    async with database.transaction(viewer) as connection:
        rows = await queries.history_of(
            connection, viewer, item, page.limit + 1, (after[0], after[1]) if after else None
        )
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    cursor = encode_cursor([rows[-1]["at"].isoformat(), rows[-1]["id"]], "at", str(item)) if more else None
    return created({"items": rows, "next_cursor": cursor}, 200)


@router.post(
    "/{item}/transitions",
    operation_id="take_transition",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412, example=examples.MOVED),
)
async def take_transition(
    database: CurrentDatabase,
    viewer: Writer,
    item: UUID,
    body: TransitionBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    """Takes a step of the item's workflow: the turn and the verb move with it."""
    versions = [Exact(one.file_id, one.number, one.sha256) for one in body.versions]
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await acts.take_transition(
                connection, viewer, item, body.transition, body.comment, versions, body.asked_ids, expected
            )

        answer = await once(connection, viewer, operation=f"transition/{item}", key=key, body=body, act=act)
    return created(answer, 200)


@router.post(
    "/{item}/approvals",
    operation_id="decide",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412, example=examples.DECIDED, status=201),
)
async def record_approval(
    database: CurrentDatabase,
    viewer: Writer,
    item: UUID,
    body: ApprovalBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    """A decision on exact versions. 409 `version_superseded` when a newer one came meanwhile: nothing is recorded."""
    versions = [Exact(one.file_id, one.number, one.sha256) for one in body.versions]
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await decide(connection, viewer, item, body.decision, body.comment, versions, expected)

        answer = await once(connection, viewer, operation=f"approve/{item}", key=key, body=body, act=act)
    return created(answer)


@router.post(
    "/{item}/delegation",
    operation_id="delegate_item",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412, example=examples.DELEGATED),
)
async def delegate_item(
    database: CurrentDatabase,
    viewer: Writer,
    item: UUID,
    body: DelegationBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    """Ask someone else; who was asked before stays in the history."""
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await acts.delegate(connection, viewer, item, body.person, expected)

        answer = await once(connection, viewer, operation=f"delegate/{item}", key=key, body=body, act=act)
    return created(answer, 200)


@router.post(
    "/{item}/file",
    operation_id="attach_file",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412, example=examples.ATTACHED),
)
async def attach_file(
    database: CurrentDatabase,
    viewer: Writer,
    item: UUID,
    body: FileBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    """Say which file the item is about. 409 `has_file` where it is about another: that one takes a new version."""
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await acts.attach_file(connection, viewer, item, body.file_id, expected)

        answer = await once(connection, viewer, operation=f"attach/{item}", key=key, body=body, act=act)
    return created(answer, 200)
