"""A document as a workbook: a sheet a figure, numbers as numbers, days as days, and no text that calculates."""

import io
import re
from datetime import date
from typing import TYPE_CHECKING

from atrium_gateway.exports.model import Cell, Document
from atrium_gateway.pages.translation import translations

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Nothing is taken for more than the text that it is.
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
WIDTH, NARROW = 46, 16
#: Title, project, moment and address stand above every figure.
HEAD = 5


def workbook(document: Document) -> bytes:
    """Takes some milliseconds of a thread of its own."""
    import xlsxwriter  # noqa: PLC0415  # only a process that exports has it in memory

    _ = translations(document.language).gettext
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, PLAIN) as book:
        book.set_properties({"title": document.title, "author": document.house, "comments": document.as_of_words})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        }
        names = _names([_("Key figures"), *(section.title for section in document.sections)])
        sheet = book.add_worksheet(names[0])
        _head(sheet, document, document.title, document.computed, formats)
        _rows(sheet, [_("Key figure"), _("Value"), _("Of")], _numbers(document), formats)
        for name, section in zip(names[1:], document.sections, strict=True):
            sheet = book.add_worksheet(name)
            _head(sheet, document, section.title, section.finding, formats)
            _rows(sheet, [column.label for column in section.columns], section.rows, formats)
    return made.getvalue()


def _numbers(document: Document) -> tuple[tuple[Cell, ...], ...]:
    return tuple((one.title, one.value, one.of) for one in document.numbers)


def _names(titles: list[str]) -> list[str]:
    """As a sheet may be called, each once."""
    names: list[str] = []
    for title in titles:
        plain = FORBIDDEN.sub(" ", title).strip()[:LONGEST_NAME] or str(len(names) + 1)
        taken = {name.lower() for name in names}
        names.append(plain if plain.lower() not in taken else f"{plain[: LONGEST_NAME - 3]} {len(names) + 1}")
    return names


def _head(sheet: "Worksheet", document: Document, title: str, finding: str, formats: dict[str, "Format"]) -> None:
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 5, NARROW)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, f"{document.house} · {document.project}")
    sheet.write_string(2, 0, document.as_of_words)
    sheet.write_url(3, 0, document.link, string=document.link)
    sheet.write_string(4, 0, finding)


def _rows(
    sheet: "Worksheet", labels: list[str], rows: tuple[tuple[Cell, ...], ...], formats: dict[str, "Format"]
) -> None:
    for place, label in enumerate(labels):
        sheet.write_string(HEAD + 1, place, label, formats["head"])
    for line, row in enumerate(rows, HEAD + 2):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(line, place, cell, formats["day"])
            elif cell is not None:
                sheet.write_number(line, place, cell)
    sheet.freeze_panes(HEAD + 2, 0)
