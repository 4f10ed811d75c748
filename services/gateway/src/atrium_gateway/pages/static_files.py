"""Built assets: named by their content, so kept for good; sent as they were compressed at the build."""

from dataclasses import dataclass
from functools import lru_cache
from mimetypes import guess_type

from atrium_chassis.problems import NotFound
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.pages.rendering import STATIC

router = APIRouter(include_in_schema=False)

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@dataclass(frozen=True)
class Asset:
    media_type: str
    plain: bytes
    compressed: dict[str, bytes]


@lru_cache(maxsize=200)
def _asset(name: str) -> Asset | None:
    path = STATIC / name
    if not path.is_file() or path.parent != STATIC:
        return None
    compressed = {
        encoding: path.with_name(name + ending).read_bytes()
        for encoding, ending in ENCODINGS
        if path.with_name(name + ending).is_file()
    }
    return Asset(MEDIA_TYPES.get(path.suffix) or guess_type(name)[0] or "text/plain", path.read_bytes(), compressed)


@router.get("/static/{name}")
async def get_asset(request: Request, name: str) -> Response:
    found = _asset(name)
    if found is None:
        raise NotFound()
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    for encoding, body in found.compressed.items():
        if encoding in accepted:
            headers["Content-Encoding"] = encoding
            return Response(body, media_type=found.media_type, headers=headers)
    return Response(found.plain, media_type=found.media_type, headers=headers)
