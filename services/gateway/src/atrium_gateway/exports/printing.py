"""A document on paper: as PDF, or its first page as a picture, in the colours, fonts and logo of a brand.

The press runs in a process of its own: neither a slow document nor a harmful logo holds up a page or stays in memory.
"""

import asyncio
import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from atrium_chassis.problems import Unavailable
from atrium_chassis.telemetry import log

from atrium_gateway import dates
from atrium_gateway.branding.colours import Lch
from atrium_gateway.branding.model import FONTS, NEUTRAL_CHROMA, Brand
from atrium_gateway.branding.pictures import proportion
from atrium_gateway.branding.queries import Picture
from atrium_gateway.branding.serving import letter_mark
from atrium_gateway.exports.model import Cell, Document, Number, Section
from atrium_gateway.pages.formats import Words
from atrium_gateway.pages.presenting.report import PLOT_HEIGHT, PLOT_WIDTH, BarFigure, LineFigure
from atrium_gateway.pages.translation import translations

Format = Literal["pdf", "svg"]
Json = dict[str, Any]

SECONDS = 15.0
#: So many are set at a time; more wait, so that memory stays what it is.
PRESSES = 2
#: In points, of a logo as high as the head of the page.
LOGO_HEIGHT, LONGEST_LOGO = 22.0, 150.0
#: All that the press is told of its surroundings: no secret of ours, and threads that take little.
SURROUNDINGS = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
REGIONS = {"de": "CH", "en": "GB"}
BETWEEN = " · "


@dataclass(frozen=True)
class Logo:
    """What stands in the head of each page; `proportion` is its width by its height."""

    content: bytes
    media_type: str
    proportion: float = 1.0


class NotSet(Exception):
    """The press could not set a document."""


def letter_of(brand: Brand) -> Logo:
    return Logo(letter_mark(brand).encode(), "image/svg+xml")


def logo_of(brand: Brand, pictures: Mapping[str, Picture | None]) -> Logo:
    """The brand's mark, else its logo, else its first letter."""
    for kind in ("mark", "light"):
        found = pictures.get(kind)
        if found is not None:
            return Logo(found.content, found.media_type, proportion(found.content, found.media_type) or 1.0)
    return letter_of(brand)


class Printer:
    """The presses of one process."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(PRESSES)

    async def printed(self, document: Document, brand: Brand, logo: Logo, kind: Format = "pdf") -> bytes:
        """Raises Unavailable where it takes too long. A logo that cannot be drawn gives way to the first letter."""
        try:
            async with asyncio.timeout(SECONDS), self._free:
                try:
                    return await _press(document, brand, logo, kind)
                except NotSet:
                    return await _press(document, brand, letter_of(brand), kind)
        except (TimeoutError, NotSet) as error:
            raise Unavailable("The press") from error


async def _press(document: Document, brand: Brand, logo: Logo, kind: Format) -> bytes:
    """Raises NotSet."""
    told = {"data": paper(document, brand, logo), "logo": base64.b64encode(logo.content).decode(), "format": kind}
    command = (sys.executable, "-I", "-m", "atrium_gateway.exports.press")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe, env=SURROUNDINGS)
    try:
        made, complaint = await process.communicate(json.dumps(told).encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        # The last line names the fault, and holds nothing of what was to be printed.
        fault = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        log.error("document_not_set", code=process.returncode, fault=fault[:200])
        raise NotSet
    return made


def paper(document: Document, brand: Brand, logo: Logo) -> Json:
    """What the press is told: every word and number as it is printed, colours and fonts as literals."""
    catalogue = translations(document.language)
    _, words = catalogue.gettext, Words(document.language, catalogue)
    heading = FONTS[brand.choices.font_heading]
    return {
        "language": document.language,
        "region": REGIONS[document.language],
        "title": document.title,
        "project": document.project,
        "introduction": document.introduction,
        "house": document.house,
        "as_of": document.as_of_words,
        "link": document.link,
        "computed": document.computed,
        "numbers": [_number(words, one) for one in document.numbers],
        "sections": [_section(words, one) for one in document.sections],
        "words": {
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "live": _("See the current state"),
            "between": BETWEEN,
        },
        "fonts": {
            "text": brand.choices.font_text,
            "heading": brand.choices.font_heading,
            "weight": heading.weight,
        },
        "colours": colours(brand),
        "logo": "logo.png" if logo.media_type == "image/png" else "logo.svg",
        "logo_width": min(LOGO_HEIGHT * logo.proportion, LONGEST_LOGO),
    }


def colours(brand: Brand) -> dict[str, str]:
    """Paper is white, so these are the light theme's; greys take the brand's hue, as on pages."""
    light = brand.theme.light
    hue = float(light["nh"])

    def grey(lightness: float) -> str:
        return Lch(lightness, NEUTRAL_CHROMA * 2, hue).hex

    return {
        "accent": light["accent"],
        "accent_ink": light["accent-ink"],
        "accent_tint": light["accent-tint"],
        "ink": grey(0.23),
        "muted": grey(0.46),
        "line": grey(0.88),
        "other": grey(0.6),
        "other_ground": grey(0.92),
    }


def _number(words: Words, one: Number) -> Json:
    whole = "" if one.of is None else words._("of %(whole)s") % {"whole": words.number(one.of)}
    return {"title": one.title, "value": words.number(one.value), "of": whole}


def _section(words: Words, one: Section) -> Json:
    drawn = one.chart
    return {
        "title": one.title,
        "finding": one.finding,
        "columns": [{"label": column.label, "is_number": column.is_number} for column in one.columns],
        "rows": [[_cell(words, cell) for cell in row] for row in one.rows],
        "chart": None
        if drawn is None
        else _line(words, drawn)
        if isinstance(drawn, LineFigure)
        else _bars(words, drawn),
    }


def _cell(words: Words, cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return dates.dated(words.language, cell) if isinstance(cell, date) else words.number(cell)


def _line(words: Words, chart: LineFigure) -> Json:
    """Places as shares of the plot, from its lower left corner."""
    last = max(1, len(chart.points) - 1)
    return {
        "kind": "line",
        "points": [[place / last, point.value / chart.top] for place, point in enumerate(chart.points)],
        "plan": [
            [place / last, point.plan / chart.top] for place, point in enumerate(chart.points) if point.plan is not None
        ],
        "grid": [[1 - y / PLOT_HEIGHT, words.number(value)] for value, y in chart.grid],
        "days": [[x / PLOT_WIDTH, dates.short_date(words.language, day)] for x, day in chart.labels],
        "last": f"{words.number(chart.points[-1].value)} {chart.unit}".strip(),
    }


def _bars(words: Words, chart: BarFigure) -> Json:
    def side(value: float) -> Json:
        return {"share": chart.share(value), "words": words.number(value)}

    return {
        "kind": "bars",
        "series": [name for name in chart.series if name],
        "bars": [{"label": bar.label, "mine": side(bar.mine), "other": side(bar.other)} for bar in chart.bars],
    }
