"""A host that belongs to nobody ends before any route: 421, as a plain page or as a problem document."""

from atrium_chassis.problems import problem_response
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from atrium_gateway.signin.identity import Identity, UnknownHost

#: What the platform asks, by whatever name it reaches the pod.
HOSTLESS = frozenset({"/livez", "/readyz", "/metrics", "/openapi.json"})

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>No portal here</title></head>
<body><h1>There is no portal at this address.</h1>
<p>Check the address in the e-mail that you were invited with.</p>
<p lang="de">An dieser Adresse gibt es kein Portal. Prüfen Sie die Adresse in Ihrer Einladung.</p></body>
</html>
"""


class TenantMiddleware:
    """Pure ASGI; on the hot path it reads a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in HOSTLESS:
            await self.app(scope, receive, send)
            return
        identity: Identity = scope["app"].state.identity
        try:
            await identity.tenant(Headers(scope=scope).get("host", ""))
        except UnknownHost as problem:
            is_api = scope["path"].startswith("/api/")
            response = problem_response(problem) if is_api else HTMLResponse(PAGE, status_code=421)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)
