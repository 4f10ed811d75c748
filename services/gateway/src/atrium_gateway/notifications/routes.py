"""What the signed-in person has looked at."""

from typing import Annotated

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.requests import Body
from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field, StringConstraints

from atrium_gateway.notifications.commands import mark_seen
from atrium_gateway.openapi import described
from atrium_gateway.signin.identity import CurrentSession

router = APIRouter(prefix="/api/v1")

_ID = "[0-9a-f-]{36}"
_CHANGE = f"files/{_ID}/changes/[0-9]{{1,6}}-[0-9]{{1,6}}/[0-9]{{1,5}}"
_PAGE = f"(items|requests|files|threads|reports)/{_ID}"
Thing = Annotated[str, StringConstraints(pattern=rf"^(catch-up|{_PAGE}|{_CHANGE})$", max_length=120)]
EXAMPLE = {"threads/3f2b8c1e-6d47-4a90-b5c2-1e9d7f0a4c36": "2026-11-19T09:14:00Z"}


class SeenBody(Body):
    """Named as in the address of its page, `catch-up` for all there is; with the moment of the change that was seen.

    `files/<id>/changes/2-3/7` is the seventh change from version 2 to version 3 of a file.
    """

    things: dict[Thing, AwareDatetime] = Field(max_length=200, examples=[EXAMPLE])


@router.put("/seen", operation_id="mark_seen", **described("both", EVERYONE, status=204))
async def put_seen(body: SeenBody, session: CurrentSession, database: CurrentDatabase) -> Response:
    """What changed before is no longer marked as new for this person. Nobody else learns of it."""
    async with database.transaction(session.viewer) as connection:
        await mark_seen(connection, session.viewer, body.things)
    return Response(status_code=204)
