"""Stands where projects, files, threads and reports would: answers as told, and remembers as whom it was asked."""

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from atrium_chassis.viewer import TokenVerifier, Viewer
from atrium_testkit.ports import LOOPBACK, any_free
from atrium_testkit.viewers import ViewerKeys

#: Whose the paths are that begin with a word; all others are projects'.
SERVICES = {
    "files": "files",
    "threads": "threads",
    "readers": "threads",
    "reports": "reports",
    "report-links": "reports",
}


@dataclass
class Upstream:
    keys: ViewerKeys
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    #: Writes that are refused: with which status and code.
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    queries: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: dict[str, Any] = field(default_factory=dict)
    read_as: list[tuple[str, Viewer]] = field(default_factory=list)
    port: int = field(default_factory=any_free)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    async def _answer(self, request: web.Request) -> web.Response:
        token = request.headers["authorization"].removeprefix("Bearer ")
        service = SERVICES.get(request.path.split("/")[2], "projects")
        self.read_as.append((request.path, TokenVerifier(self.keys.public_dir, service).verify(token)))
        self.queries[request.path] = dict(request.query)
        self.asked.append(request.path_qs)
        if request.can_read_body:
            self.bodies[request.path] = await request.json()
        if request.method != "GET" and request.path in self.refusals:
            status, code = self.refusals[request.path]
            return web.json_response({"code": code, "title": "", "detail": "", "status": status}, status=status)
        if request.path in self.texts:
            disposition = {"content-disposition": "attachment"}
            return web.Response(text=self.texts[request.path], content_type="text/csv", headers=disposition)
        known = self.answers.get(request.path)
        if known is None:
            problem = {"code": "not_found", "title": "Not here", "detail": "Not here", "status": 404}
            return web.json_response(problem, status=404)
        return web.json_response(known)

    def start(self) -> None:
        started = threading.Event()

        async def serve() -> None:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", self._answer)
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, LOOPBACK, self.port).start()
            started.set()
            await self._stopping.wait()
            await runner.cleanup()

        def run() -> None:
            self._loop.run_until_complete(serve())

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert started.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)
