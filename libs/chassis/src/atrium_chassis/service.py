"""Running a service: `python -m atrium_<name> api|worker|all|migrate|topics|openapi|dead`.

A service declares what it is made of; this module starts and stops those parts in the right order.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from atrium_contracts import Source
from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from atrium_chassis import json
from atrium_chassis.consumer import Applier, Consumer, Subscriptions
from atrium_chassis.database import Database
from atrium_chassis.dead_letters import list_dead_letters, replay_dead_letters
from atrium_chassis.describing import with_problems
from atrium_chassis.failures import FailureMiddleware
from atrium_chassis.health import health_router
from atrium_chassis.housekeeping import forget_regularly
from atrium_chassis.problems import install_problem_handlers
from atrium_chassis.relay import Relay
from atrium_chassis.repetition import RepetitionMiddleware
from atrium_chassis.settings import ServiceSettings, load_settings
from atrium_chassis.telemetry import TelemetryMiddleware, configure_logging, configure_tracing, log
from atrium_chassis.topics import create_topics
from atrium_chassis.viewer import TokenVerifier

GRACE_SECONDS = 20
#: Longer than proxies (60 s, usually) and the gateway (30 s) keep a connection to us: none is closed as it is used.
KEEP_ALIVE_SECONDS = 75
RESTART_SECONDS = 1.0


@dataclass
class Runtime:
    """What the running parts of one process share."""

    settings: Any
    database: Database
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    resources: dict[str, Any] = field(default_factory=dict)


Task = Callable[[Runtime], Awaitable[None]]


@dataclass(frozen=True)
class Service:
    """The parts of a service. `resources` yields what routes find on `app.state` and workers on `runtime.resources`."""

    name: str
    source: Source
    settings: type[ServiceSettings]
    package: str
    routers: Sequence[APIRouter] = ()
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    worker_tasks: Sequence[Task] = ()
    #: Tasks of every API process, such as the gateway's reading of the topics for live pages.
    api_tasks: Sequence[Task] = ()
    resources: Callable[[Runtime], AbstractAsyncContextManager[dict[str, Any]]] | None = None
    middleware: Sequence[Callable[[ASGIApp], ASGIApp]] = ()
    title: str = ""
    openapi: Callable[[FastAPI], dict[str, Any]] | None = None
    #: Last touches to the app: exception handlers, mounts.
    configure: Callable[[FastAPI], None] | None = None
    #: Further commands: name → function of (settings, arguments).
    commands: dict[str, Callable[[Any, list[str]], Awaitable[int]]] = field(default_factory=dict)


def create_app(service: Service, settings: ServiceSettings, *, api: bool = True, worker: bool = False) -> FastAPI:
    """The ASGI app of one process, with the parts that its mode runs."""
    configure_tracing(service.name, settings.otlp_endpoint, settings.trace_sampling)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(service, settings, app, api=api, worker=worker):
            yield

    app = FastAPI(
        title=service.title or f"Atrium {service.name}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Spans are ours (telemetry.py). FastAPI's own cost a third of the time, and name what stands in addresses.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings = settings
    install_problem_handlers(app)
    app.include_router(health_router())
    if api:
        for router in service.routers:
            app.router.routes.extend(router.routes)  # an included router is searched twice per request
    if service.configure is not None:
        service.configure(app)
    app.openapi = lambda: _described(service, app)  # type: ignore[method-assign]
    app.add_middleware(RepetitionMiddleware)
    for middleware in service.middleware:
        app.add_middleware(lambda app, wrap=middleware: wrap(app))
    app.add_middleware(FailureMiddleware)
    app.add_middleware(TelemetryMiddleware, service=service.name)
    return app


@asynccontextmanager
async def running(
    service: Service, settings: ServiceSettings, app: FastAPI, *, api: bool, worker: bool
) -> AsyncIterator[Runtime]:
    """Start resources and tasks; stop in the reverse order: not ready, tasks end, the relay flushes, pools close."""
    database = Database(settings.database_url, service.name, settings.database_pool_size)
    runtime = Runtime(settings, database)
    app.state.database = database
    app.state.runtime = runtime
    app.state.token_verifier = TokenVerifier(settings.viewer_keys_dir, service.name)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        if service.resources is not None:
            runtime.resources = await stack.enter_async_context(service.resources(runtime))
            for name, resource in runtime.resources.items():
                setattr(app.state, name, resource)
        tasks = [
            asyncio.create_task(supervise(task, runtime), name=getattr(task, "__name__", "task"))
            for task in _tasks(service, api=api, worker=worker)
        ]
        log.info("started", mode="all" if api and worker else "api" if api else "worker")
        try:
            yield runtime
        finally:
            runtime.stopping.set()
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_SECONDS) if tasks else (set(), set())
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            log.info("stopped")


def _tasks(service: Service, *, api: bool, worker: bool) -> list[Task]:
    tasks: list[Task] = list(service.api_tasks) if api else []
    if worker:

        async def relay(runtime: Runtime) -> None:
            settings = runtime.settings
            await Relay(service.name, settings.direct_url, settings, settings.outbox_shards, runtime.stopping).run()

        async def consume(runtime: Runtime) -> None:
            applier = Applier(service.name, runtime.database, service.subscriptions)
            await Consumer(applier, runtime.settings, runtime.settings.replica, runtime.stopping).run()

        async def forget(runtime: Runtime) -> None:
            await forget_regularly(runtime.database, runtime.settings.kafka_retention_days, runtime.stopping)

        tasks += [relay, consume, forget, *service.worker_tasks]
    return tasks


async def supervise(task: Task, runtime: Runtime) -> None:
    """Run a task until it ends by itself; one that fails is logged and started again."""
    while not runtime.stopping.is_set():
        try:
            await task(runtime)
            return
        except Exception as error:
            log.error("task_failed", task=getattr(task, "__name__", "task"), exc_info=error)
            await asyncio.sleep(RESTART_SECONDS)


class _Server(uvicorn.Server):
    """Says not ready before it drains, and lets streams know that they end."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: Any) -> None:
        runtime: Runtime | None = getattr(self._app.state, "runtime", None)
        if runtime is not None:
            runtime.stopping.set()
        super().handle_exit(sig, frame)


def serve(service: Service, settings: ServiceSettings, *, api: bool, worker: bool) -> None:
    """Serve until SIGTERM or SIGINT."""
    configure_logging(service.name, settings.log_level)
    app = create_app(service, settings, api=api, worker=worker)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    _Server(config, app).run()


def openapi_document(service: Service) -> dict[str, Any]:
    """The service's OpenAPI 3.1 document; needs no settings and no servers."""
    app = FastAPI(title=service.title or f"Atrium {service.name}", version="1")
    for router in service.routers:
        app.include_router(router)
    return _described(service, app)


def _described(service: Service, app: FastAPI) -> dict[str, Any]:
    return with_problems(service.openapi(app) if service.openapi is not None else FastAPI.openapi(app))


def run(service: Service, arguments: list[str] | None = None) -> None:
    """The command line of a service."""
    parser = argparse.ArgumentParser(prog=f"python -m {service.package}")
    modes = ["api", "worker", "all", "migrate", "topics", "openapi", "dead", *service.commands]
    parser.add_argument("command", choices=modes)
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parsed = parser.parse_args(arguments)
    if parsed.command == "openapi":
        document = json.loads(json.dumps(openapi_document(service), sort_keys=True))
        _write_openapi(document, parsed.rest)
        return
    settings = load_settings(service.settings)
    if parsed.command in {"api", "worker", "all"}:
        serve(service, settings, api=parsed.command != "worker", worker=parsed.command != "api")
        return
    configure_logging(service.name, settings.log_level)
    sys.exit(asyncio.run(_command(service, settings, parsed.command, parsed.rest)))


def _write_openapi(document: dict[str, Any], rest: list[str]) -> None:
    import json as standard_json  # noqa: PLC0415  # orjson indents by two, without sorted nesting control

    written = standard_json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if rest:
        Path(rest[0]).write_text(written)
    else:
        sys.stdout.write(written)


async def _command(service: Service, settings: ServiceSettings, command: str, rest: list[str]) -> int:
    if command == "migrate":
        if not settings.database_owner_url:
            sys.stderr.write("Cannot migrate: ATRIUM_DATABASE_OWNER_URL is not set.\n")
            return 2
        from atrium_chassis.migration import upgrade  # noqa: PLC0415  # Alembic is 10 MB that only this command needs

        await upgrade(settings.database_owner_url, service.package)
        return 0
    if command == "topics":
        await create_topics(settings, service.name, service.source)
        return 0
    if command == "dead":
        database = Database(settings.database_url, service.name, 2)
        try:
            if rest[:1] == ["replay"]:
                return await replay_dead_letters(Applier(service.name, database, service.subscriptions), rest[1:])
            return await list_dead_letters(database)
        finally:
            await database.close()
    return await service.commands[command](settings, rest)
