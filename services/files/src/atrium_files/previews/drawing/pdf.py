"""PDF by PDFium: pages as pictures, and the words on them."""

from collections.abc import Iterator
from ctypes import c_int
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from atrium_files.previews.drawing.page import MOST_HEIGHTS_PER_WIDTH, MOST_PAGES, MOST_WORDS, WIDTH, Box, Page, save

DAMAGED = (pypdfium2.PdfiumError,)
#: PDFium turns coordinates of the page into whole ones of a device; so fine a device is as good as fractions.
FINE = 1_000_000
SOFT_HYPHEN = "\x02"  # PDFium's sign for a hyphen at the end of a line
Edges = tuple[float, float, float, float]  # left, bottom, right, top in the page's own units


def draw_pdf(content: Path, directory: Path) -> tuple[int, list[Page]]:
    """How many pages there are, and those that are drawn. Raises one of `DAMAGED`, for a locked one too."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        pages = []
        for number in range(1, min(len(document), MOST_PAGES) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / width, WIDTH * MOST_HEIGHTS_PER_WIDTH / height)
            save(page.render(scale=scale).to_pil().convert("RGB"), directory, number)
            pages.append(Page(width, height, list(_words(page))))
            page.close()
        return len(document), pages


def _words(page: pypdfium2.PdfPage) -> Iterator[tuple[str, *Box]]:
    text = page.get_textpage()
    letters: list[str] = []
    edges: list[Edges] = []
    found = 0
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if not letter.isspace() and letter != "\0":
            letters.append("-" if letter == SOFT_HYPHEN else letter)
            edges.append(_edges(text, index))
            if letter != SOFT_HYPHEN:
                continue
        if letters:
            yield _word(page, letters, edges)
            letters, edges, found = [], [], found + 1
            if found == MOST_WORDS:
                return
    if letters:
        yield _word(page, letters, edges)


def _edges(text: pypdfium2.PdfTextPage, index: int) -> Edges:
    """As high as the line, whatever the letter."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _word(page: pypdfium2.PdfPage, letters: list[str], edges: list[Edges]) -> tuple[str, *Box]:
    lefts, bottoms, rights, tops = zip(*edges, strict=True)
    one, other = _fine(page, min(lefts), min(bottoms)), _fine(page, max(rights), max(tops))
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    # Characters beyond the basic plane come as two halves.
    word = "".join(letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return word, left, top, round(right - left, 6), round(bottom - top, 6)


def _fine(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point as fractions of the page as it is seen, whichever way it is turned and cropped."""
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
    return min(max(across.value / FINE, 0.0), 1.0), min(max(down.value / FINE, 0.0), 1.0)
