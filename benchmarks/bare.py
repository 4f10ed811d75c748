"""The reference of the gateway's throughput: a plain FastAPI app with the same upstream calls and nothing else.

python bare.py PORT CALLS      where CALLS is JSON: route → list of [address, headers]
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response

Calls = list[tuple[str, dict[str, str]]]


def bare_app(routes: dict[str, Calls]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        connector = aiohttp.TCPConnector(limit=0, limit_per_host=64)
        async with aiohttp.ClientSession(connector=connector) as session:
            app.state.session = session
            yield

    app = FastAPI(lifespan=lifespan)
    for path, calls in routes.items():
        app.add_api_route(path, _route(calls))
    return app


def _route(calls: Calls) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async def fetch(url: str, headers: dict[str, str]) -> bytes:
            async with request.app.state.session.get(url, headers=headers) as response:
                return bytes(await response.read())

        parts = await asyncio.gather(*(fetch(url, headers) for url, headers in calls))
        return Response(b"[" + b",".join(parts) + b"]", media_type="application/json")

    return answer


if __name__ == "__main__":
    uvicorn.run(bare_app(json.loads(sys.argv[2])), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
