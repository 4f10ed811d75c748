"""Shapes of the previews' answers."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from atrium_files.previews.model import State

_ADDRESS = "https://files.example/atrium/previews/…/1.webp?X-Amz-Signature=…"
_PAGE: dict[str, Any] = {
    "number": 1,
    "width": 595.3,
    "height": 841.9,
    "picture_url": _ADDRESS,
    "thumbnail_url": _ADDRESS,
}


class PageView(BaseModel):
    """`width` and `height` in points of 1/72 inch; of a picture in pixels."""

    number: int
    width: float
    height: float
    picture_url: str = Field(description="WebP, at most 1400 px wide; for at most a minute.")
    thumbnail_url: str = Field(description="WebP, at most 160 px wide; for at most a minute.")


class PreviewView(BaseModel):
    """`none`: there is no preview of this type. `failed`: the content could not be drawn."""

    model_config = ConfigDict(json_schema_extra={"example": {"state": "ready", "page_count": 14, "pages": [_PAGE]}})

    state: State
    page_count: int | None = Field(description="How many pages there are; at most the first 200 are drawn.")
    pages: list[PageView]
