"""Rows as CSV that no spreadsheet takes for a program."""

import csv
import io
from collections.abc import AsyncIterable, Iterable, Iterator

from starlette.responses import StreamingResponse

#: What makes a spreadsheet calculate; a leading apostrophe makes it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: By which spreadsheets know UTF-8; stands before the first line.
BYTE_ORDER_MARK = "\ufeff"

Cell = str | int | float | None


class CsvResponse(StreamingResponse):
    """A file to take along, sent as its lines are made."""

    media_type = "text/csv; charset=utf-8"


def csv_file(lines: Iterable[str] | AsyncIterable[str], name: str) -> CsvResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return CsvResponse(lines, headers=headers)


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula, marked as text; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(DANGEROUS):
        return f"'{cell}"
    return cell


def csv_line(row: Iterable[Cell]) -> str:
    """RFC 4180."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([harmless(cell) for cell in row])
    return buffer.getvalue()


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """A whole file, a line at a time."""
    yield BYTE_ORDER_MARK
    for row in rows:
        yield csv_line(row)
