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


def tagged(request: Request, body: dict[str, Any]) -> Response:
    """An answer whose ETag is of its content, after its revision where it has one; 304 when the client has it.

    For what shows more than its own row: milestones, the newest version of a file, the steps that this role may take.
    """
    content = json.dumps(body)
    digest = hashlib.blake2b(content, digest_size=12).hexdigest()
    tag = f'"{body["revision"]}-{digest}"' if "revision" in body else f'"{digest}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(content, media_type="application/json", headers={"ETag": tag})
