"""Searching: each service is asked for its kinds at once, the same for `GET /api/v1/search` and for the page."""

from collections.abc import Mapping
from urllib.parse import urlencode

from atrium_chassis.problems import FieldError, Invalid
from atrium_chassis.search import SearchRequest
from atrium_chassis.viewer import Viewer

from atrium_gateway.upstreams.client import Upstreams
from atrium_gateway.upstreams.composition import gather_parts

SECONDS = 2.0
#: Who finds what, in the order in which it is shown.
KINDS = {
    "projects": "projects",
    "items": "projects",
    "requests": "projects",
    "files": "files",
    "threads": "threads",
    "reports": "reports",
}


async def found_bodies(
    upstreams: Upstreams, viewer: Viewer, asked: SearchRequest
) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """The services' parts, unparsed, and the names of those that did not come in time.

    Raises Invalid for a kind that there is not, and for one kind alone whatever its service answers.
    """
    if asked.kind is not None and asked.kind not in KINDS:
        raise Invalid([FieldError("?kind", "unknown_kind", f"It is one of {', '.join(KINDS)}.")])
    told = {"q": asked.q, "limit": asked.limit, "kind": asked.kind, "cursor": asked.cursor}
    query = urlencode({name: value for name, value in told.items() if value is not None})

    async def part(service: str) -> bytes:
        answer = await upstreams.call(viewer, service, "GET", "/v1/search", query=query, seconds=SECONDS)
        if answer.status != 200:
            raise answer.problem()
        return answer.body

    if asked.kind is not None:
        parts = await gather_parts(required={KINDS[asked.kind]: part(KINDS[asked.kind])})
    else:
        parts = await gather_parts(optional={service: part(service) for service in dict.fromkeys(KINDS.values())})
    return parts.arrived, parts.missing
