"""REST operations that belong to one service: forwarded as they are, the body never parsed.

The gateway adds who is asking and takes away nothing: the service decides what is in the answer. A refusal alone is
read, to be told in the reader's language.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from atrium_chassis.problems import MEDIA_TYPE, NotFound, Problem
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from atrium_gateway.signin.identity import session_of
from atrium_gateway.upstreams.client import Upstreams
from atrium_gateway.upstreams.merge import METHODS, PUBLIC_PREFIX, SERVICE_PREFIX, published

MAX_BODY_BYTES = 1_000_000
FORWARDED = ("content-type", "if-match", "if-none-match", "idempotency-key")
RETURNED = ("content-type", "etag", "location", "retry-after", "cache-control", "content-disposition")
SCOPES = {
    "provider": {"provider"},
    "customer": {"customer"},
    "both": {"provider", "customer"},
    "link": {"provider", "customer"},  # a link's holder comes by the link's own page
}


async def read_body(request: Request) -> bytes | None:
    """Raises Problem 413 before more than the limit is held in memory."""
    if request.method in {"GET", "HEAD", "DELETE"} and "content-length" not in request.headers:
        return None
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise Problem(413, "too_large", "Too large", "The body is larger than 1 MB. Upload files by their parts.")
        chunks.append(chunk)
    return b"".join(chunks)


def _forwarder(service: str, scope: str, path: str) -> Callable[[Request], Awaitable[Response]]:
    sides = SCOPES.get(scope, set())

    async def forward(request: Request) -> Response:
        request.state.route = path
        session = await session_of(request)
        if session.viewer.side.value not in sides:
            raise NotFound()
        upstreams: Upstreams = request.app.state.upstreams
        answer = await upstreams.call(
            session.viewer,
            service,
            request.method,
            SERVICE_PREFIX + request.scope["raw_path"].decode("latin-1").removeprefix(PUBLIC_PREFIX),
            query=request.url.query,
            body=await read_body(request),
            headers={name: request.headers[name] for name in FORWARDED if name in request.headers},
        )
        if answer.headers.get("content-type") == MEDIA_TYPE:
            raise answer.problem()
        headers = {name: answer.headers[name] for name in RETURNED if name in answer.headers}
        return Response(answer.body, status_code=answer.status, headers=headers)

    return forward


class ForwardedRoutes(BaseRoute):
    """The operations of all services as one route: a request is compared with those of its first word alone."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_word: dict[str, list[Route]] = {}
        for route in routes:
            self._by_word.setdefault(_first_word(route.path), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(PUBLIC_PREFIX):
            return Match.NONE, {}
        best, known = Match.NONE, {}
        for route in self._by_word.get(_first_word(scope["path"]), ()):
            match, found = route.matches(scope)
            if match.value > best.value:
                best, known = match, {**found, "route": route}
            if match is Match.FULL:
                break
        return best, known

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)


def _first_word(path: str) -> str:
    return path.removeprefix(PUBLIC_PREFIX).lstrip("/").partition("/")[0]


def passthrough_router(document: dict[str, Any] | None = None) -> APIRouter:
    """A route per public operation of the services."""
    routes = [
        Route(
            path,
            _forwarder(operation["x-service"], operation.get("x-scope", ""), path),
            methods=[method.upper()],
            name=operation["operationId"],
            include_in_schema=False,
        )
        for path, operations in (document or published())["paths"].items()
        for method, operation in operations.items()
        if method in METHODS
    ]
    router = APIRouter()
    router.routes.append(ForwardedRoutes(routes))
    return router


def with_upstream_operations(own: dict[str, Any]) -> dict[str, Any]:
    """The gateway's own OpenAPI document, completed by the services' public operations."""
    merged = published()
    paths = {**own["paths"]}
    for path, operations in merged["paths"].items():
        paths[path] = {**operations, **paths.get(path, {})}
    components = own.get("components", {})
    schemas = {**merged["schemas"], **components.get("schemas", {})}
    return {**own, "paths": dict(sorted(paths.items())), "components": {**components, "schemas": schemas}}
