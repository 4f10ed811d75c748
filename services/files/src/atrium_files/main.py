"""The files service: what content exists, and that it is what it claims to be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from atrium_chassis.problems import Conflict, FieldError, Invalid, Unavailable, problem_response
from atrium_chassis.service import Runtime, Service, run
from fastapi import FastAPI, Request
from fastapi.responses import Response
from minio.error import MinioException
from urllib3.exceptions import HTTPError

from atrium_files.checks.worker import check_versions, sweep_store
from atrium_files.differences.routes import router as differences
from atrium_files.library.model import NotNow, RuleBroken
from atrium_files.library.routes import router as library
from atrium_files.library.subscribers import subscriptions
from atrium_files.previews.routes import router as previews
from atrium_files.previews.worker import draw_previews
from atrium_files.search.routes import router as search
from atrium_files.settings import Settings
from atrium_files.transfers.routes import router as transfers
from atrium_files.transfers.setup import transfers_from


@asynccontextmanager
async def resources(runtime: Runtime) -> AsyncIterator[dict[str, Any]]:
    yield {"transfers": transfers_from(runtime.settings)}


def configure(app: FastAPI) -> None:
    """Broken rules, and a store that is away, as problem documents."""

    async def on_broken_rule(request: Request, error: Exception) -> Response:
        if isinstance(error, NotNow):
            return problem_response(Conflict(error.code, error.detail))
        if isinstance(error, RuleBroken):
            return problem_response(Invalid([FieldError(error.field, error.code, error.detail)], error.code))
        raise error

    async def on_store_away(request: Request, error: Exception) -> Response:
        return problem_response(Unavailable("The file store"))

    app.add_exception_handler(RuleBroken, on_broken_rule)
    for away in (MinioException, HTTPError):
        app.add_exception_handler(away, on_store_away)


service = Service(
    name="files",
    source="files",
    settings=Settings,
    package="atrium_files",
    routers=[library, transfers, previews, differences, search],
    subscriptions=subscriptions,
    worker_tasks=[check_versions, sweep_store, draw_previews],
    resources=resources,
    configure=configure,
    title="Atrium files",
)


def main() -> None:
    run(service)
