"""A page as the drawing process leaves it."""

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

#: Pages beyond these are counted, not drawn.
MOST_PAGES = 200
#: Words of one page beyond these are not read: no page that people read has them.
MOST_WORDS = 20_000
WIDTH, THUMBNAIL_WIDTH = 1400, 160
#: Pages much higher than wide are narrower instead.
MOST_HEIGHTS_PER_WIDTH = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Page:
    """`words` with their boxes: left, top, width, height as fractions of the page."""

    width: float
    height: float
    words: list[tuple[str, *Box]] = field(default_factory=list)


def save(image: Image.Image, directory: Path, number: int) -> None:
    """The page's picture and its thumbnail; `image` is used up."""
    for width, name in ((WIDTH, f"{number}.webp"), (THUMBNAIL_WIDTH, f"{number}.small.webp")):
        image.thumbnail((width, width * MOST_HEIGHTS_PER_WIDTH))
        image.save(directory / name, "WEBP", quality=82, method=2)
