"""A report as rows of a table, and rows as CSV that no spreadsheet takes for a program."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

#: What makes a spreadsheet calculate; a leading apostrophe makes it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | float | None
Report = Mapping[str, Any]


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula, marked as text; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(DANGEROUS):
        return f"'{cell}"
    return cell


def rows_of(report: Report, link: str | None) -> Iterator[list[Cell]]:
    """Title, moment and live address; then every figure with its numbers."""
    yield [report["title"]]
    yield ["as_of", report["as_of"].isoformat()]
    if link:
        yield ["link", link]
    for figure in report["figures"]:
        yield []
        yield from _figure(figure)


def _figure(figure: Mapping[str, Any]) -> Iterator[list[Cell]]:
    yield [cell for cell in (figure["key"], figure["value"], figure["of"], figure["unit"]) if cell is not None]
    if figure["series"]:
        yield ["", *(series["name"] for series in figure["series"])]
        for number, label in enumerate(figure["labels"]):
            yield [label, *(series["values"][number] for series in figure["series"])]
    if figure["rows"]:
        names = [name for name, value in figure["rows"][0].items() if not isinstance(value, list | dict)]
        yield [*names]
        for row in figure["rows"]:
            yield [row[name] for name in names]


def csv_lines(rows: Iterator[list[Cell]]) -> Iterator[str]:
    """RFC 4180, a line at a time; with a byte order mark, by which spreadsheets know UTF-8."""
    buffer = io.StringIO("\ufeff")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
