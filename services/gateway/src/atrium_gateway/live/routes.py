"""`GET /api/v1/events`: one stream per browser, shared by its tabs. An idle page gets a heartbeat and nothing else."""

import asyncio
from collections.abc import AsyncIterator

from atrium_chassis import json
from atrium_chassis.describing import EVERYONE
from atrium_chassis.service import Runtime
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from atrium_gateway.live.hub import Hub, Stream
from atrium_gateway.signin.identity import CurrentSession

router = APIRouter()

HEARTBEAT_SECONDS = 25.0
RETRY_MS = 1000


def _event(name: str, data: object) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + json.dumps(data) + b"\n\n"


async def _messages(stream: Stream, hub: Hub, stopping: asyncio.Event) -> AsyncIterator[bytes]:
    try:
        yield f"retry: {RETRY_MS}\n".encode() + _event("open", {})
        while not stream.ended and not stopping.is_set():
            try:
                await asyncio.wait_for(stream.wake.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield _event("beat", {})
                continue
            stream.wake.clear()
            if stream.overflown:
                stream.overflown = False
                yield _event("refresh", {})
            while stream.pending:
                _, hint = stream.pending.popitem(last=False)
                yield _event("hint", {"subject": hint.subject, "revision": hint.revision, "trace_id": hint.trace_id})
        if stream.ended and not stopping.is_set():
            yield _event("ended", {})
    finally:
        hub.close(stream)


@router.get(
    "/api/v1/events",
    operation_id="stream_hints",
    summary="Server-sent hints of what changed",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {"example": 'event: hint\ndata: {"subject": "projects/…"}\n\n'}}}
    },
    openapi_extra={"x-scope": "both", "x-roles": list(EVERYONE)},
)
async def stream_hints(request: Request, session: CurrentSession) -> StreamingResponse:
    """Each `hint` names a subject and its revision, never content; the reader refetches through the ordinary routes."""
    hub: Hub = request.app.state.hub
    runtime: Runtime = request.app.state.runtime
    stream = hub.open(session.viewer)
    return StreamingResponse(
        _messages(stream, hub, runtime.stopping),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
