"""How routes are described and answered."""

import hashlib
from collections.abc import Sequence
from typing import Any

from atrium_chassis import json
from atrium_chassis.requests import etag
from fastapi import Request
from fastapi.responses import Response

STAFF = ("admin", "manager", "member")
MANAGERS = ("admin", "manager")
DECIDERS = ("admin", "manager", "member", "owner")
EVERYONE = ("admin", "manager", "member", "owner", "reader")

_PROBLEM = {
    "content": {"application/problem+json": {"example": {"title": "Not here", "status": 404, "code": "not_found"}}}
}
_MEANINGS = {
    401: "Not signed in",
    403: "Yours to see, not to do",
    404: "Not there, or not yours",
    409: "Conflict",
    412: "Changed meanwhile",
    422: "Wrong input",
}


def described(scope: str, roles: Sequence[str], *, internal: bool = False) -> dict[str, Any]:
    """Keyword arguments of a route: who it is for, and the problems it may answer with."""
    extra: dict[str, Any] = {"x-scope": scope, "x-roles": list(roles)}
    if internal:
        extra["x-internal"] = True
    responses = {status: {"description": meaning, **_PROBLEM} for status, meaning in _MEANINGS.items()}
    return {"openapi_extra": extra, "responses": responses}


def created(answer: dict[str, Any], status: int = 201) -> Response:
    headers = {"ETag": etag(answer["revision"])} if "revision" in answer else {}
    return Response(json.dumps(answer), status_code=status, media_type="application/json", headers=headers)


def tagged(request: Request, body: object) -> Response:
    """An answer whose ETag is of its content, for what has no revision of its own; 304 when the client has it."""
    content = json.dumps(body)
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type="application/json", headers={"ETag": tag})
