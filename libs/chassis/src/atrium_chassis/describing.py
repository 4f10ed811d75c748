"""What every operation says of itself in the OpenAPI document: whom it is for, what it answers, how it refuses."""

from collections.abc import Sequence
from typing import Any, Literal

from atrium_chassis.problems import MEDIA_TYPE

Scope = Literal["public", "customer", "provider", "both", "link"]

STAFF = ("admin", "manager", "member")
MANAGERS = ("admin", "manager")
ALL_BUT_READERS = (*STAFF, "owner")
EVERYONE = (*ALL_BUT_READERS, "reader")

#: The usual code and its meaning, by status; an operation's own codes are in its text.
PROBLEMS = {
    401: ("not_signed_in", "Not signed in"),
    403: ("forbidden", "Yours to see, but not to do"),
    404: ("not_found", "Not there, or not yours"),
    409: ("wrong_state", "Not in the state that things are in"),
    410: ("link_ended", "The link has ended"),
    412: ("stale_revision", "Changed meanwhile"),
    421: ("unknown_host", "No portal at this address"),
    422: ("invalid", "Wrong input"),
    429: ("too_many_tries", "Too many; see Retry-After"),
    503: ("unavailable", "Something cannot be reached right now; see Retry-After"),
}

_TEXT = {"type": "string"}
_FIELD = {"type": "object", "properties": dict.fromkeys(("pointer", "code", "detail"), _TEXT)}
_DOCUMENT = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `trace_id` finds the request in the logs.",
    "required": ["type", "title", "status", "detail", "code", "trace_id"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "code", "trace_id"), _TEXT),
        "status": {"type": "integer"},
        "errors": {"type": "array", "items": _FIELD},
    },
}


def described(
    scope: Scope,
    roles: Sequence[str],
    *problems: int,
    example: dict[str, Any] | None = None,
    status: int = 200,
) -> dict[str, Any]:
    """Keyword arguments of a route. Every operation may find input wrong, and all but public ones want a viewer."""
    asked = problems if scope == "public" else (401, *problems)
    return {
        "openapi_extra": {"x-scope": scope, "x-roles": list(roles)},
        "status_code": status,
        "responses": _responses(asked, example, status),
    }


def internal(*problems: int, example: dict[str, Any] | None = None) -> dict[str, Any]:
    """Keyword arguments of a route that only the gateway asks."""
    return {"openapi_extra": {"x-internal": True}, "responses": _responses((401, *problems), example, 200)}


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Adds the schema that every described problem refers to."""
    document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _DOCUMENT
    return document


def _responses(problems: Sequence[int], example: dict[str, Any] | None, status: int) -> dict[int | str, dict[str, Any]]:
    responses: dict[int | str, dict[str, Any]] = {problem: _problem(problem) for problem in sorted({*problems, 422})}
    if example is not None:
        responses[status] = {"content": {"application/json": {"example": example}}}
    return responses


def _problem(status: int) -> dict[str, Any]:
    code, meaning = PROBLEMS[status]
    example = {
        "type": f"https://atrium.dev/problems/{code}",
        "title": meaning,
        "status": status,
        "detail": meaning,
        "code": code,
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
    }
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": meaning, "content": {MEDIA_TYPE: content}}
