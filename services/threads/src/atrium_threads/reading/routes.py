"""HTTP for reading marks, and for who would read."""

from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, described, internal
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import Body
from atrium_chassis.viewer import Side
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from atrium_threads.reading.commands import mark_seen
from atrium_threads.reading.queries import would_read
from atrium_threads.threads.model import Audience, WrongSubject, parse_subject
from atrium_threads.viewers import CurrentWriter, PersonViewer

router = APIRouter(prefix="/v1", tags=["reading"])


class SeenUpTo(Body):
    """One of the two."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 7}]})
    message: UUID | None = None
    revision: int | None = Field(None, ge=0)


class Unread(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"unread": 0}]})
    unread: int


@router.put(
    "/threads/{thread}/seen", operation_id="mark_seen", response_model=Unread, **described("both", EVERYONE, 403, 404)
)
async def put_seen(
    viewer: PersonViewer, by: CurrentWriter, database: CurrentDatabase, thread: UUID, body: SeenUpTo
) -> dict[str, Any]:
    """Say up to where the viewer has read; a mark only moves forward."""
    if (body.message is None) == (body.revision is None):
        raise Invalid([FieldError("/message", "one_of_two", "Give either a message or a revision.")])
    async with database.transaction(viewer) as connection:
        unread = await mark_seen(connection, by.person, thread, message_id=body.message, revision=body.revision)
    return {"unread": unread}


class Readers(BaseModel):
    customer_id: UUID
    readers: dict[Audience, list[UUID]]


@router.get("/readers", operation_id="list_readers", response_model=Readers, **internal(404))
async def list_readers(
    viewer: PersonViewer, database: CurrentDatabase, subject: Annotated[str, Query(max_length=300)]
) -> dict[str, Any]:
    """Who would read a conversation about a subject, by each audience that the viewer may open."""
    try:
        path = parse_subject(subject).path
    except WrongSubject:
        raise NotFound from None
    async with database.transaction(viewer) as connection:
        found = await would_read(connection, "provider" if viewer.side is Side.PROVIDER else "customer", path)
    if found is None:
        raise NotFound
    return {"customer_id": found[0], "readers": found[1]}
