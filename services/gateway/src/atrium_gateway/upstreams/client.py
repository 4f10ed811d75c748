"""Calls to the services: one connection pool each, a deadline per call, a viewer token for exactly one service.

Circuit breaking is kept simple: after some failures in a row an upstream counts as away for a moment, so that pages
show their other parts at once instead of waiting for the deadline each time.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from atrium_chassis import json
from atrium_chassis.problems import FieldError, Problem, Unavailable
from atrium_chassis.repetition import note_effect
from atrium_chassis.telemetry import trace_headers, tracer
from atrium_chassis.viewer import TOKEN_SECONDS, TokenMinter, Viewer
from opentelemetry.trace import SpanKind

READ_SECONDS = 5.0
WRITE_SECONDS = 15.0
FAILURES_UNTIL_OPEN = 5
OPEN_SECONDS = 2.0
RETRY_SECONDS = 0.02
RETRIED = (aiohttp.ClientConnectionError, aiohttp.ServerDisconnectedError)


@dataclass(frozen=True)
class Answer:
    """What a service answered; the body unparsed."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body parsed. Raises the service's own Problem where it answered with one."""
        if self.status >= 400:
            raise self.problem()
        return json.loads(self.body) if self.body else None

    def problem(self) -> Problem:
        try:
            document = json.loads(self.body)
            known = {"type", "title", "status", "detail", "code", "trace_id", "errors"}
            errors = [FieldError(**error) for error in document.get("errors", [])]
            extra = {name: value for name, value in document.items() if name not in known}
            headers = {"Retry-After": self.headers["Retry-After"]} if "Retry-After" in self.headers else {}
            return Problem(
                self.status,
                document["code"],
                document["title"],
                document["detail"],
                errors=errors,
                extra=extra,
                headers=headers,
            )
        except (ValueError, KeyError, TypeError):
            return Unavailable("A part of the portal")


@dataclass
class _Breaker:
    failures: int = 0
    open_until: float = 0.0

    def is_open(self) -> bool:
        return self.failures >= FAILURES_UNTIL_OPEN and time.monotonic() < self.open_until

    def failed(self) -> None:
        self.failures += 1
        self.open_until = time.monotonic() + OPEN_SECONDS


@dataclass
class Upstreams:
    """The services by name, and the tokens to call them with."""

    urls: Mapping[str, str]
    minter: TokenMinter
    session: aiohttp.ClientSession
    _tokens: dict[tuple[Viewer, str], tuple[float, str]] = field(default_factory=dict)
    _breakers: dict[str, _Breaker] = field(default_factory=dict)

    def token(self, viewer: Viewer, service: str) -> str:
        """A token for one service; one minted within the last half of its life is used again."""
        now = time.monotonic()
        known = self._tokens.get((viewer, service))
        if known is not None and known[0] > now:
            return known[1]
        if len(self._tokens) > 5000:
            self._tokens = {who: entry for who, entry in self._tokens.items() if entry[0] > now}
        token = self.minter.mint(viewer, service)
        self._tokens[(viewer, service)] = (now + TOKEN_SECONDS / 2, token)
        return token

    async def call(
        self,
        viewer: Viewer,
        service: str,
        method: str,
        path: str,
        *,
        query: str = "",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """Call a service as the viewer. Raises Unavailable when it does not answer in time.

        Reads are tried again once after a broken connection; writes only where they carry an Idempotency-Key.
        """
        breaker = self._breakers.setdefault(service, _Breaker())
        if breaker.is_open():
            raise Unavailable(service)
        sent = {**(headers or {}), "Authorization": f"Bearer {self.token(viewer, service)}"}
        is_repeatable = method in {"GET", "HEAD"} or "Idempotency-Key" in sent
        url = f"{self.urls[service]}{path}{'?' + query if query else ''}"
        deadline = seconds or (READ_SECONDS if method in {"GET", "HEAD"} else WRITE_SECONDS)
        if method not in {"GET", "HEAD"}:
            note_effect()
        try:
            async with asyncio.timeout(deadline):
                try:
                    answer = await self._send(method, url, body, sent)
                except RETRIED:
                    if not is_repeatable:
                        raise
                    await asyncio.sleep(RETRY_SECONDS)
                    answer = await self._send(method, url, body, sent)
        except (aiohttp.ClientError, TimeoutError) as error:
            breaker.failed()
            raise Unavailable(service) from error
        breaker.failures = 0
        return answer

    async def _send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        with tracer.start_as_current_span(f"{method} upstream", kind=SpanKind.CLIENT):
            sent = {**headers, **trace_headers()}
            async with self.session.request(method, url, data=body, headers=sent, allow_redirects=False) as response:
                return Answer(response.status, response.headers, await response.read())

    async def get(
        self, viewer: Viewer, service: str, path: str, *, query: str = "", seconds: float | None = None
    ) -> Any:
        """The parsed JSON of a read. Raises the service's Problem."""
        return (await self.call(viewer, service, "GET", path, query=query, seconds=seconds)).json()

    async def send(
        self,
        viewer: Viewer,
        service: str,
        method: str,
        path: str,
        body: object,
        *,
        key: str | None = None,
        revision: int | None = None,
    ) -> Any:
        """A write with a JSON body; returns the parsed answer. Raises the service's Problem."""
        headers = {"Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return (await self.call(viewer, service, method, path, body=json.dumps(body), headers=headers)).json()


@asynccontextmanager
async def open_upstreams(urls: Mapping[str, str], minter: TokenMinter) -> AsyncIterator[Upstreams]:
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=64, keepalive_timeout=30)
    async with aiohttp.ClientSession(
        connector=connector, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield Upstreams({name: url.rstrip("/") for name, url in urls.items()}, minter, session)
