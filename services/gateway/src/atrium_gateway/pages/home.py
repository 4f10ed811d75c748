"""The home's composition, the same for `GET /api/v1/home` and for the page."""

from collections.abc import Mapping
from typing import Any

from atrium_chassis.viewer import Viewer

from atrium_gateway.upstreams.client import Upstreams
from atrium_gateway.upstreams.composition import gather_parts

SECONDS = 2.0
#: Upstreams whose part of the home is taken as it comes: an object whose members are the home's.
SOURCES = ("projects", "files", "threads", "reports")


async def home_bodies(upstreams: Upstreams, viewer: Viewer) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """The services' parts, unparsed, and the names of those that did not come in time."""

    async def part(service: str) -> bytes:
        answer = await upstreams.call(viewer, service, "GET", "/v1/home", seconds=SECONDS)
        if answer.status != 200:
            raise answer.problem()
        return answer.body

    parts = await gather_parts(optional={service: part(service) for service in SOURCES})
    return parts.arrived, parts.missing


def spliced(bodies: Mapping[str, Any], own: bytes) -> bytes:
    """One JSON object of several, without parsing them. All must be objects."""
    members = [body.strip()[1:-1] for body in (*bodies.values(), own)]
    return b"{" + b",".join(member for member in members if member.strip()) + b"}"
