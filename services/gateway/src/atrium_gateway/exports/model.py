"""A report as a document: what its PDF prints and its workbook holds, the same figures as on the page."""

from dataclasses import dataclass
from datetime import date, datetime

from atrium_gateway.pages.presenting.report import BarFigure, LineFigure

Cell = str | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: what it shows in a sentence, drawn where it can be, and all its values as a table."""

    key: str
    title: str
    finding: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: LineFigure | BarFigure | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A key figure, of its whole where it has one."""

    title: str
    value: float
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """`link` is where the report is live; `as_of` the moment at which its figures held."""

    language: str
    title: str
    project: str
    introduction: str
    house: str
    as_of: datetime
    as_of_words: str
    link: str
    computed: str
    numbers: tuple[Number, ...]
    sections: tuple[Section, ...]

    @property
    def file_name(self) -> str:
        return f"report-{self.as_of:%Y-%m-%d}"
