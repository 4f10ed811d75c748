"""Pictures: one page each; a TIFF may have several."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from atrium_files.previews.drawing.page import MOST_HEIGHTS_PER_WIDTH, MOST_PAGES, WIDTH, Page, save

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF")
#: A small file can say it has billions of pixels.
MOST_PIXELS = 50_000_000
#: What Pillow raises for content that is not what it says.
DAMAGED = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


def draw_picture(content: Path, directory: Path) -> tuple[int, list[Page]]:
    """How many pages there are, and those that are drawn. Raises one of `DAMAGED`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(content, formats=FORMATS) as image:
        # The frames of a GIF or WebP are an animation, of which the first stands for all.
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        pages = []
        for number in range(1, min(count, MOST_PAGES) + 1):
            image.seek(number - 1)
            pages.append(_page(image, directory, number))
    return count, pages


def _page(image: Image.Image, directory: Path, number: int) -> Page:
    width, height = image.size
    image.draft("RGB", (2 * WIDTH, 2 * WIDTH))  # a JPEG is read in the size that is needed
    image.thumbnail((WIDTH * MOST_HEIGHTS_PER_WIDTH,) * 2)
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    save(paper.convert("RGB"), directory, number)
    lay_on_its_side = (width > height) != (upright.width > upright.height)
    return Page(float(height), float(width)) if lay_on_its_side else Page(float(width), float(height))
