"""What every operation says of itself in the OpenAPI document."""

from typing import Any

_TITLES = {
    401: "Not signed in.",
    403: "Yours to see, but not to do.",
    404: "Not there, or not yours.",
    409: "Not in the state that things are in.",
    412: "Changed meanwhile: read it again.",
    422: "Wrong input, or an Idempotency-Key used for another body.",
    503: "The file store cannot be reached.",
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "trace_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "trace_id": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem documents an operation may answer with; 401 always."""
    return {
        status: {
            "description": _TITLES[status],
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
        for status in sorted({401, *statuses})
    }


def readable() -> dict[str, Any]:
    return {"x-scope": "both", "x-roles": ["admin", "manager", "member", "owner", "reader"]}


def writable() -> dict[str, Any]:
    """Readers of a customer write messages and requests, not files."""
    return {"x-scope": "both", "x-roles": ["admin", "manager", "member", "owner"]}


def internal() -> dict[str, Any]:
    return {"x-internal": True}
