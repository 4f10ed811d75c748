"""`/livez`: the process answers. `/readyz`: what it needs is there. `/metrics`: Prometheus."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

PROBE_SECONDS = 2.0


def health_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def livez() -> Response:
        return PlainTextResponse("ok")

    @router.get("/readyz")
    async def readyz(request: Request) -> Response:
        if request.app.state.runtime.stopping.is_set():
            return PlainTextResponse("stopping", status_code=503)
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await request.app.state.database.ready()
        except Exception:  # whatever it is, the database cannot be used
            return PlainTextResponse("database: not reachable", status_code=503)
        return PlainTextResponse("ok")

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
