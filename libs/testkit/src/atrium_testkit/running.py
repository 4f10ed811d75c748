"""A service running in this process for a test: real settings, real HTTP, in a thread of its own."""

import threading
import time
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import uvicorn
from atrium_chassis.service import Service, create_app
from atrium_chassis.settings import ServiceSettings
from atrium_chassis.viewer import Viewer
from fastapi import FastAPI

from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.viewers import ViewerKeys

START_SECONDS = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.content)

    @property
    def etag(self) -> str:
        return self.headers["etag"]


@dataclass(frozen=True)
class RunningService:
    """`call` asks it as a viewer, with a token of 60 s as the gateway mints it."""

    name: str
    base_url: str
    app: FastAPI
    settings: ServiceSettings
    database: DatabaseUrls
    keys: ViewerKeys
    _server: uvicorn.Server
    _thread: threading.Thread

    async def call(
        self,
        method: str,
        path: str,
        viewer: Viewer | None = None,
        *,
        json: Any = None,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
    ) -> Answer:
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if viewer is not None:
            sent["authorization"] = f"Bearer {self.keys.token(viewer, self.name)}"
        if json is not None:
            data = orjson.dumps(json)
            sent.setdefault("content-type", "application/json")
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                method, f"{self.base_url}{path}", data=data, headers=sent, params=params, allow_redirects=False
            ) as response,
        ):
            received = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, received, await response.read())

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)


def start_service(
    service: Service, settings: ServiceSettings, database: DatabaseUrls, keys: ViewerKeys, *, worker: bool
) -> RunningService:
    """Returns once it answers. Raises RuntimeError when it does not start."""
    app = create_app(service, settings, api=True, worker=worker)
    server = uvicorn.Server(
        uvicorn.Config(app, host=settings.host, port=settings.port, log_config=None, access_log=False, lifespan="on")
    )
    thread = threading.Thread(target=server.run, name=f"service-{service.name}", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError(f"{service.name} did not start")
        time.sleep(0.01)
    url = f"http://{settings.host}:{settings.port}"
    return RunningService(service.name, url, app, settings, database, keys, server, thread)
