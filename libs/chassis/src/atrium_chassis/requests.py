"""Pieces of requests and responses that all routes share."""

import re
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from atrium_chassis import json
from atrium_chassis.problems import FieldError, Invalid, Stale

#: An ETag begins with the revision; what follows it is of what else the answer shows, which no write is guarded by.
REVISION = re.compile(r'(?:W/)?"?([0-9]{1,18})(?:-[0-9a-f]+)?"?')


class Body(BaseModel):
    """Base of request bodies: unknown fields are refused, so that nothing can be assigned by accident."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def etag(revision: int) -> str:
    return f'"{revision}"'


async def _if_match(if_match: Annotated[str | None, Header(alias="If-Match")] = None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    tag = REVISION.fullmatch(if_match.strip())
    if tag is None:
        raise Invalid([FieldError("If-Match", "not_a_revision", "If-Match takes the ETag of a read.")])
    return int(tag[1])


async def _idempotency_key(
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)] = None,
) -> str | None:
    return idempotency_key


#: The revision that a write expects, or None where the client did not say.
IfMatch = Annotated[int | None, Depends(_if_match)]
#: Names one intent of one person; a repeat gets the first answer.
IdempotencyKey = Annotated[str | None, Depends(_idempotency_key)]


def require_revision(current: int, expected: int | None) -> None:
    """Raises Stale when the client read another revision than the current one."""
    if expected is not None and expected != current:
        raise Stale(current)


def revisioned(request: Request, body: object, revision: int | str, status: int = 200) -> Response:
    """A JSON answer with its ETag; 304 without a body when the client has this revision already."""
    tag = f'"{revision}"'
    if request.method == "GET" and tag in request.headers.get("if-none-match", "").replace("W/", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(json.dumps(body), status_code=status, media_type="application/json", headers={"ETag": tag})
