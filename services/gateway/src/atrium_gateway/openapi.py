"""What every operation says about itself in the OpenAPI document: who may call it, and how it fails."""

from typing import Any, Literal

Scope = Literal["public", "customer", "provider", "both", "link"]

TITLES = {
    401: "Not signed in",
    403: "Yours to see, but not to do",
    404: "Not there, or not yours",
    409: "Conflict",
    412: "Changed meanwhile",
    421: "No portal at this address",
    422: "Wrong input",
    429: "Too many; see Retry-After",
    503: "Something is missing right now",
}
CODES = {
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    412: "stale_revision",
    421: "unknown_host",
    422: "invalid",
    429: "too_many_tries",
    503: "unavailable",
}


def access(scope: Scope, *roles: str) -> dict[str, Any]:
    return {"x-scope": scope, "x-roles": list(roles)}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem documents, each with an example. Every operation knows an unknown host and wrong input as well."""
    return {status: _problem(status) for status in sorted({*statuses, 421, 422})}


def answers(status: int, example: dict[str, Any], *problems: int) -> dict[int | str, dict[str, Any]]:
    """The answer of an operation as it looks, and its errors."""
    return {status: {"content": {"application/json": {"example": example}}}, **errors(*problems)}


def _problem(status: int) -> dict[str, Any]:
    example = {
        "type": f"https://atrium.dev/problems/{CODES[status]}",
        "title": TITLES[status],
        "status": status,
        "detail": TITLES[status],
        "code": CODES[status],
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    }
    return {
        "description": TITLES[status],
        "content": {"application/problem+json": {"schema": {"type": "object"}, "example": example}},
    }
