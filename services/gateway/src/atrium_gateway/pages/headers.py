"""What every answer says to browsers: where content may come from, and what they must not guess."""

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def content_policy(content_origin: str, framed_by: str = "'none'") -> str:
    """No inline scripts, styles or handlers; the object store is the one other address."""
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: {content_origin}".strip(),
            f"connect-src 'self' {content_origin}".strip(),
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action 'self' {content_origin}".strip(),
            f"frame-ancestors {framed_by}",
        )
    )


def security_headers(content_origin: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": content_policy(content_origin),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


class SecurityHeadersMiddleware:
    """Pure ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._headers: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not self._headers:
            self._headers = security_headers(scope["app"].state.settings.content_origin)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    sent.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class CompressionMiddleware(GZipMiddleware):
    """Pages and JSON; streams of hints and what is compressed already pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, minimum_size=800, compresslevel=5)
