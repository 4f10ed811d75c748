"""`GET /api/v1/openapi.json`: the whole public API, the services' operations included."""

from atrium_chassis import json
from fastapi import APIRouter, Request
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)


@router.get("/api/v1/openapi.json")
async def get_openapi(request: Request) -> Response:
    """OpenAPI 3.1. Made once per process: it changes with the code alone."""
    state = request.app.state
    if not hasattr(state, "openapi_document"):
        state.openapi_document = json.dumps(request.app.openapi())
    return Response(state.openapi_document, media_type="application/json", headers={"Cache-Control": "max-age=300"})
