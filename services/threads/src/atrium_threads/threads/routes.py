"""HTTP for conversations and their messages."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, described, internal
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page, PageParameters, PageRequest, decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import IdempotencyKey, revisioned
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.queries import readers_of
from atrium_threads.threads import commands, queries
from atrium_threads.threads.model import Audience, Subject, WrongSubject, parse_subject, parse_subject_filter
from atrium_threads.threads.shapes import (
    Home,
    MessageShape,
    NewMessage,
    NewThread,
    ThreadDetail,
    ThreadSummary,
    message_of,
    summary_of,
)
from atrium_threads.viewers import CurrentWriter, PersonViewer

router = APIRouter(prefix="/v1", tags=["threads"])

BY_LAST_ACT: Final = "-last_act_at"


async def _filters(
    subject: Annotated[
        str | None, Query(max_length=300, description="A subject; `files/<id>` or `reports/<id>` for all below it.")
    ] = None,
    project: Annotated[UUID | None, Query()] = None,
    audience: Annotated[Audience | None, Query()] = None,
    unread: Annotated[bool, Query(description="Only threads with something not seen yet.")] = False,
) -> queries.Filters:
    path, below = None, False
    if subject is not None:
        try:
            path, below = parse_subject_filter(subject)
        except WrongSubject:
            raise _wrong_subject("?subject") from None
    return queries.Filters(path, below, project, audience, unread)


def _wrong_subject(pointer: str) -> Invalid:
    return Invalid([FieldError(pointer, "wrong_subject", "This is not the name of a subject.")], "wrong_subject")


@router.get(
    "/threads", operation_id="list_threads", response_model=Page[ThreadSummary], **described("both", EVERYONE, 404)
)
async def list_threads(
    viewer: PersonViewer,
    database: CurrentDatabase,
    page: PageParameters,
    filters: Annotated[queries.Filters, Depends(_filters)],
    sort: Annotated[Literal["-last_act_at"], Query()] = BY_LAST_ACT,
) -> dict[str, Any]:
    """Conversations the viewer may read, by their last act."""
    binding = repr(filters)
    values = decode_cursor(page.cursor, sort, binding)
    after = None if values is None else (datetime.fromisoformat(values[0]), UUID(values[1]))
    async with database.transaction(viewer) as connection:
        rows = await queries.list_threads(connection, viewer, filters, limit=page.limit + 1, after=after)
    shown = rows[: page.limit]
    further = None
    if len(rows) > page.limit:
        further = encode_cursor([shown[-1].last_act_at.isoformat(), str(shown[-1].id)], sort, binding)
    return {"items": [summary_of(row) for row in shown], "next_cursor": further}


@router.post(
    "/threads",
    operation_id="open_thread",
    response_model=ThreadDetail,
    **described("both", EVERYONE, 403, 404, status=201),
)
async def open_thread(
    *,
    viewer: PersonViewer,
    by: CurrentWriter,
    database: CurrentDatabase,
    body: NewThread,
    key: IdempotencyKey,
    subject: Annotated[str | None, Query(max_length=300, description="What it is about, unless in the body.")] = None,
) -> dict[str, Any]:
    """Open a conversation about something the viewer sees, for an audience that never changes."""
    about = _one_subject(subject, body.subject)

    async def act() -> dict[str, Any]:
        thread_id = await commands.open_thread(
            connection,
            by,
            about,
            audience=body.audience,
            title=body.title,
            text=body.text,
            mentions=body.mentions,
            staff_ids=body.staff_ids,
        )
        return await _detail(connection, viewer, thread_id)

    async with database.transaction(viewer) as connection:
        asked = {"subject": subject, **body.model_dump(mode="json")}
        return await once(connection, viewer, operation="open_thread", key=key, body=asked, act=act)


def _one_subject(in_query: str | None, in_body: str | None) -> Subject:
    named = in_body or in_query
    if named is None:
        raise Invalid([FieldError("/subject", "missing", "Say what the conversation is about.")])
    if in_body is not None and in_query not in (None, in_body):
        raise Invalid([FieldError("/subject", "ambiguous", "The address names another subject than the body.")])
    try:
        return parse_subject(named)
    except WrongSubject:
        raise _wrong_subject("/subject") from None


async def _detail(connection: AsyncConnection, viewer: Viewer, thread_id: UUID) -> dict[str, Any]:
    """Raises NotFound for a thread that the viewer does not see."""
    row = await queries.find_thread(connection, viewer, thread_id)
    if row is None:
        raise NotFound
    readers = await readers_of(connection, row.customer_id, commands.circle_of(row))
    return {**summary_of(row), "readers": readers, "staff_ids": row.staff_ids}


@router.get(
    "/threads/{thread}", operation_id="get_thread", response_model=ThreadDetail, **described("both", EVERYONE, 404)
)
async def get_thread(request: Request, viewer: PersonViewer, database: CurrentDatabase, thread: UUID) -> Response:
    """A conversation with who reads it now."""
    async with database.transaction(viewer) as connection:
        detail = await _detail(connection, viewer, thread)
    # Who reads, what is seen and the subject's title change without the thread: the tag covers them too.
    around = hashlib.sha256(repr((detail["readers"], detail["seen"], detail["subject_title"])).encode()).hexdigest()[:8]
    return revisioned(request, detail, f"{detail['revision']}-{around}")


@router.get(
    "/threads/{thread}/messages",
    operation_id="list_messages",
    response_model=Page[MessageShape],
    **described("both", EVERYONE, 404),
)
async def list_messages(
    viewer: PersonViewer,
    database: CurrentDatabase,
    page: PageParameters,
    thread: UUID,
    sort: Annotated[Literal["posted_at", "-posted_at"], Query()] = "posted_at",
) -> dict[str, Any]:
    """What was written, in its order, or from the latest back."""
    rows = await _messages(database, viewer, page, thread, sort)
    shown = rows[: page.limit]
    further = encode_cursor([str(shown[-1].number)], sort, str(thread)) if len(rows) > page.limit else None
    return {"items": [message_of(row) for row in shown], "next_cursor": further}


async def _messages(
    database: Database, viewer: Viewer, page: PageRequest, thread: UUID, sort: str
) -> Sequence[queries.ThreadRow]:
    values = decode_cursor(page.cursor, sort, str(thread))
    async with database.transaction(viewer) as connection:
        if not await queries.is_seen(connection, viewer, thread):
            raise NotFound
        return await queries.list_messages(
            connection,
            viewer,
            thread,
            limit=page.limit + 1,
            latest_first=sort.startswith("-"),
            after=None if values is None else int(values[0]),
        )


@router.post(
    "/threads/{thread}/messages",
    operation_id="post_message",
    response_model=MessageShape,
    **described("both", EVERYONE, 403, 404, status=201),
)
async def post_message(
    *,
    viewer: PersonViewer,
    by: CurrentWriter,
    database: CurrentDatabase,
    thread: UUID,
    body: NewMessage,
    key: IdempotencyKey,
) -> dict[str, Any]:
    """Write to everybody who reads the conversation."""

    async def act() -> dict[str, Any]:
        posted = await commands.post_message(connection, by, thread, text=body.text, mentions=body.mentions)
        return message_of(posted)

    async with database.transaction(viewer) as connection:
        asked = {"thread": str(thread), **body.model_dump(mode="json")}
        return await once(connection, viewer, operation="post_message", key=key, body=asked, act=act)


@router.post(
    "/threads/{thread}/closing",
    operation_id="close_point",
    response_model=ThreadDetail,
    **described("both", EVERYONE, 403, 404, 409),
)
async def close_point(
    viewer: PersonViewer, by: CurrentWriter, database: CurrentDatabase, thread: UUID, key: IdempotencyKey
) -> dict[str, Any]:
    """Close a point on a page: by who opened it, or by the provider. Closing it twice changes nothing."""

    async def act() -> dict[str, Any]:
        await commands.settle_point(connection, by, thread, closed=True)
        return await _detail(connection, viewer, thread)

    async with database.transaction(viewer) as connection:
        return await once(connection, viewer, operation="close_point", key=key, body={"thread": str(thread)}, act=act)


@router.delete(
    "/threads/{thread}/closing",
    operation_id="reopen_point",
    response_model=ThreadDetail,
    **described("both", EVERYONE, 403, 404, 409),
)
async def reopen_point(
    viewer: PersonViewer, by: CurrentWriter, database: CurrentDatabase, thread: UUID
) -> dict[str, Any]:
    """Open a closed point again: by whoever reads it."""
    async with database.transaction(viewer) as connection:
        await commands.settle_point(connection, by, thread, closed=False)
        return await _detail(connection, viewer, thread)


@router.get("/home", operation_id="home", response_model=Home, **internal(404))
async def home(viewer: PersonViewer, database: CurrentDatabase) -> dict[str, Any]:
    """The latest conversations, for the viewer's first page."""
    async with database.transaction(viewer) as connection:
        rows = await queries.list_threads(connection, viewer, queries.Filters(), limit=queries.HOME_THREADS)
        unread = await queries.count_unread_threads(connection, viewer)
    return {"threads": [summary_of(row) for row in rows], "unread_threads": unread}
