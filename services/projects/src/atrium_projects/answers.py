"""How routes are described and answered."""

import hashlib
from collections.abc import Sequence
from typing import Any

from atrium_chassis import json
from atrium_chassis.requests import etag
from fastapi import Request
from fastapi.responses import Response
from pydantic import ConfigDict

STAFF = ("admin", "manager", "member")
MANAGERS = ("admin", "manager")
DECIDERS = ("admin", "manager", "member", "owner")
EVERYONE = ("admin", "manager", "member", "owner", "reader")

_MEANINGS = {
    401: ("not_signed_in", "Not signed in"),
    403: ("forbidden", "Yours to see, not to do"),
    404: ("not_found", "Not there, or not yours"),
    409: ("wrong_state", "Conflict"),
    412: ("stale_revision", "Changed meanwhile"),
    422: ("invalid", "Wrong input"),
}


def _problem(status: int) -> dict[str, Any]:
    code, meaning = _MEANINGS[status]
    example = {
        "type": f"https://atrium.dev/problems/{code}",
        "title": meaning,
        "status": status,
        "detail": meaning,
        "code": code,
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
    }
    return {"description": meaning, "content": {"application/problem+json": {"example": example}}}


def described(
    scope: str, roles: Sequence[str], example: dict[str, Any], status: int = 200, *, internal: bool = False
) -> dict[str, Any]:
    """Keyword arguments of a route: who it is for, an example of its answer, the problems it may answer with."""
    extra: dict[str, Any] = {"x-scope": scope, "x-roles": list(roles)}
    if internal:
        extra["x-internal"] = True
    responses: dict[int, Any] = {problem: _problem(problem) for problem in _MEANINGS}
    responses[status] = {"description": "Done", "content": {"application/json": {"example": example}}}
    return {"openapi_extra": extra, "status_code": status, "responses": responses}


def shown(example: dict[str, Any]) -> ConfigDict:
    """A body's configuration: an example that the operation takes."""
    return ConfigDict(json_schema_extra={"examples": [example]})


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
