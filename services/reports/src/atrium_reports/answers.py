"""How routes are described, and whom they let in."""

from collections.abc import Sequence
from typing import Any

from atrium_chassis.problems import Forbidden, NotFound
from atrium_chassis.viewer import Side, Viewer

STAFF = ("admin", "manager", "member")
SHARERS = (*STAFF, "owner")
EVERYONE = (*SHARERS, "reader")

_PROBLEM = {
    "content": {"application/problem+json": {"example": {"title": "Not here", "status": 404, "code": "not_found"}}}
}
_MEANINGS = {
    401: "Not signed in",
    403: "Yours to see, not to do",
    404: "Not there, or not yours",
    409: "Conflict",
    410: "The link has ended",
    412: "Changed meanwhile",
    422: "Wrong input",
}


def described(scope: str, roles: Sequence[str], *problems: int) -> dict[str, Any]:
    """Keyword arguments of a public route: who it is for, and the problems it may answer with."""
    return {"openapi_extra": {"x-scope": scope, "x-roles": list(roles)}, "responses": _responses(problems)}


def internal(*problems: int) -> dict[str, Any]:
    """Keyword arguments of a route that only the gateway asks."""
    return {"openapi_extra": {"x-internal": True}, "responses": _responses(problems)}


def _responses(problems: Sequence[int]) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": _MEANINGS[status], **_PROBLEM} for status in sorted({401, 404, 422, *problems})}


def require_person(viewer: Viewer) -> None:
    """For the holder of a link such an operation is not there."""
    if viewer.side not in (Side.PROVIDER, Side.CUSTOMER):
        raise NotFound()


def require_staff(viewer: Viewer) -> None:
    """For customers such an operation is not there."""
    if viewer.side is not Side.PROVIDER:
        raise NotFound()


def require_sharer(viewer: Viewer) -> None:
    """Staff and the customer's owners decide who else may read a report."""
    require_person(viewer)
    if viewer.preview is not None:
        raise Forbidden("This view is for reading only.", "read_only")
    if viewer.role not in SHARERS or (viewer.side is Side.CUSTOMER and viewer.role != "owner"):
        raise Forbidden("Only the provider and your owners share reports.")
