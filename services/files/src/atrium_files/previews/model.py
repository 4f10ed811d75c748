"""The rules of previews: what can be drawn, and how often that is tried."""

import zlib
from dataclasses import dataclass
from typing import Literal

from atrium_chassis import json

State = Literal["making", "ready", "none", "failed"]
Kind = Literal["pdf", "picture"]

#: Content that has ended the drawing process so often will do it again.
MOST_ATTEMPTS = 3
#: Larger content is not drawn.
MOST_BYTES = 256 * 1024**2

_PICTURES = frozenset({"image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/webp", "image/tiff"})


@dataclass(frozen=True)
class Word:
    """A word and its box, in fractions of the page from its upper left corner."""

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Page:
    """In points of 1/72 inch, or in pixels of a picture."""

    number: int
    width: float
    height: float
    words: bytes  # packed


@dataclass(frozen=True)
class Preview:
    """`page_count` says how many pages there are; those of a long document are not all drawn."""

    state: State
    object_prefix: str
    page_count: int | None
    pages: tuple[Page, ...] = ()


def kind_of(media_type: str) -> Kind | None:
    """How content of this type is drawn; None where it has no preview."""
    if media_type == "application/pdf":
        return "pdf"
    return "picture" if media_type in _PICTURES else None


def packed(words: list[tuple[str, float, float, float, float]]) -> bytes:
    return zlib.compress(json.dumps(words))


def unpacked(words: bytes) -> list[Word]:
    return [Word(*word) for word in json.loads(zlib.decompress(words))]
