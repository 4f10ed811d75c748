"""A report as rows of a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from atrium_chassis.csv_export import Cell

Report = Mapping[str, Any]


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
