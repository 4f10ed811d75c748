"""What ends before any route: a host that belongs to nobody (421), a body that is too large (413), a look's act (403).

Problems that are raised here are answered like those of routes, in the reader's language.
"""

import re

from atrium_chassis.problems import Forbidden, Problem
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atrium_gateway.signin.identity import READS, Identity, UnknownHost

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


MAX_BODY_BYTES = 1_500_000
#: Four pictures in one form, read only once staff are signed in: one that is too big is refused at its field.
MAX_STUDIO_BYTES = 8_000_000
STUDIO = re.compile(r"^/customers/[0-9a-f-]{36}/brand(/draft)?$")


class BodyLimitMiddleware:
    """Stops a body that is larger than anything we take, before it is held in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in READS:
            await self.app(scope, receive, send)
            return
        most = MAX_STUDIO_BYTES if STUDIO.match(scope["path"]) else MAX_BODY_BYTES
        if int(Headers(scope=scope).get("content-length", "0")) > most:
            raise TooLarge
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, TooLarge().title)
            return message

        await self.app(scope, limited, send)


class TooLarge(Problem):
    def __init__(self) -> None:
        super().__init__(413, "too_large", "Too large", "The body is too large. Upload files by their parts.")


class TenantMiddleware:
    """Whose house it is, and that nobody acts in it who only looks. Pure ASGI; on the hot path it reads a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in HOSTLESS:
            await self.app(scope, receive, send)
            return
        identity: Identity = scope["app"].state.identity
        try:
            tenant = await identity.tenant(Headers(scope=scope).get("host", ""))
        except UnknownHost:
            if scope["path"].startswith("/api/"):
                raise
            await HTMLResponse(PAGE, status_code=421)(scope, receive, send)
            return
        if scope["method"] not in READS and await identity.looking(tenant, scope["headers"]) is not None:
            raise Forbidden("This view is for reading only.", "read_only")
        await self.app(scope, receive, send)
