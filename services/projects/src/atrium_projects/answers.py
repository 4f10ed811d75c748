"""How routes answer."""

import hashlib
from typing import Any

from atrium_chassis import json
from atrium_chassis.requests import etag
from fastapi import Request
from fastapi.responses import Response
from pydantic import ConfigDict


def shown(example: dict[str, Any]) -> ConfigDict:
    """A body's configuration: an example that the operation takes."""
    return ConfigDict(json_schema_extra={"examples": [example]})


def created(answer: dict[str, Any], status: int = 201) -> Response:
    headers = {"ETag": etag(answer["revision"])} if "revision" in answer else {}
    return Response(json.dumps(answer), status_code=status, media_type="application/json", headers=headers)


def tagged(request: Request, body: object) -> Response:
    """An answer whose ETag is of its content, for what has no revision of its own; 304 when the client has it."""
    content = json.dumps(body)
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type="application/json", headers={"ETag": tag})
