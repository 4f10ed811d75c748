"""How operations are documented: who they are for, and their errors."""

from typing import Any, Literal

from pydantic import BaseModel


class ProblemShape(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    trace_id: str
    errors: list[dict[str, str]] = []


ERRORS = {
    401: "Not signed in.",
    403: "Yours to see, but not to do.",
    404: "Not there, or not yours.",
    422: "Wrong input.",
}
EVERYBODY = ["admin", "manager", "member", "owner", "reader"]


def documented(scope: Literal["both"], *, writes: bool = False, internal: bool = False) -> dict[str, Any]:
    """Keyword arguments of a route."""
    errors = {
        status: {"description": text, "model": ProblemShape}
        for status, text in ERRORS.items()
        if writes or status != 403
    }
    extra: dict[str, Any] = {"x-internal": True} if internal else {"x-scope": scope, "x-roles": EVERYBODY}
    return {"responses": errors, "openapi_extra": extra}
