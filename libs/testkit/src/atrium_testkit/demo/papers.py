"""Documents that look like work: A4 pages of one house, with running heads, chapters, tables and their captions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fpdf import FPDF

Colour = tuple[int, int, int]
TEAL, INK, GREY, RULE, SHADE = (14, 96, 115), (20, 24, 30), (95, 106, 118), (196, 205, 214), (234, 240, 246)
MARGIN, TEXT_WIDTH, LINE, ROW = 26.0, 158.0, 5.6, 7.2
#: Left and right of what stands in a cell.
CELL = 2.5


class Block(Protocol):
    """Something that stands on a page."""

    def put(self, paper: "Paper") -> None: ...


class Paper(FPDF):
    """`reference` stands at the foot, `head` at the right of every page but the first. `page_of`: «Page {} of {}»."""

    def __init__(self, title: str, head: str, reference: str, customer: str, page_of: str) -> None:
        super().__init__(format="A4", unit="mm")
        self.title_text, self.head_text, self.reference, self.customer = title, head, reference, customer
        self.page_of = page_of
        self.core_fonts_encoding = "cp1252"  # so that dashes and quotes can be set
        self.set_title(title)
        self.set_margins(MARGIN, 40, MARGIN)
        self.set_auto_page_break(True, margin=34)

    def write_line(self, text: str, size: float, *, bold: bool = False, colour: Colour = INK, after: float = 0) -> None:
        self.set_font("Helvetica", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(TEXT_WIDTH, size * 0.48, text, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def header(self) -> None:
        if self.page == 1:
            return
        self.set_xy(MARGIN, 18)
        self.set_font("Helvetica", "B", 8.5)
        self.set_text_color(*TEAL)
        self.cell(self.get_string_width("Nordwind Systems ") + 1, 5, "Nordwind Systems")
        self.set_font("Helvetica", "", 8.5)
        self.set_text_color(*GREY)
        self.cell(60, 5, self.customer)
        self.set_x(MARGIN)
        self.cell(TEXT_WIDTH, 5, self.head_text, align="R")
        self.rule(26)
        self.set_xy(MARGIN, 36)

    def footer(self) -> None:
        self.rule(272)
        self.set_xy(MARGIN, 275)
        self.set_font("Helvetica", "", 8.5)
        self.set_text_color(*GREY)
        self.cell(TEXT_WIDTH, 5, self.reference)
        self.set_x(MARGIN)
        self.cell(TEXT_WIDTH, 5, self.page_of.format(self.page, "{nb}"), align="R")

    def rule(self, y: float) -> None:
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(MARGIN, y, MARGIN + TEXT_WIDTH, y)


@dataclass(frozen=True)
class Cover:
    lines: tuple[str, ...]

    def put(self, paper: Paper) -> None:
        paper.set_fill_color(*TEAL)
        paper.rect(0, 0, 8, 297, "F")
        paper.set_y(92)
        paper.write_line("Nordwind Systems", 12, bold=True, colour=TEAL, after=6)
        paper.write_line(paper.title_text, 30, bold=True, after=5)
        paper.write_line(paper.customer, 14, colour=GREY, after=16)
        for line in self.lines:
            paper.write_line(line, 10, after=2)


@dataclass(frozen=True)
class Chapter:
    """Begins on a page of its own."""

    title: str

    def put(self, paper: Paper) -> None:
        paper.add_page()
        paper.write_line(self.title, 17, bold=True, after=5)


@dataclass(frozen=True)
class Heading:
    title: str

    def put(self, paper: Paper) -> None:
        paper.ln(3)
        paper.write_line(self.title, 12.5, bold=True, after=1.5)


@dataclass(frozen=True)
class Text:
    words: str

    def put(self, paper: Paper) -> None:
        paper.set_font("Helvetica", "", 10)
        paper.set_text_color(*INK)
        paper.multi_cell(TEXT_WIDTH, LINE, self.words, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(2.5)


@dataclass(frozen=True)
class Table:
    """The first row is its head. `right`: columns of figures. `marks`: a coloured square before each row."""

    rows: Sequence[Sequence[str]]
    caption: str = ""
    widths: tuple[float, ...] = ()
    right: tuple[int, ...] = ()
    marks: tuple[Colour, ...] = ()
    row_height: float = ROW

    def put(self, paper: Paper) -> None:
        widths = self.widths or (TEXT_WIDTH / len(self.rows[0]),) * len(self.rows[0])
        for number, row in enumerate(self.rows):
            self._row(paper, number, row, widths)
        if self.caption:
            paper.ln(1.2)
            paper.write_line(self.caption, 8.5, colour=GREY, after=2)

    def _row(self, paper: Paper, number: int, row: Sequence[str], widths: Sequence[float]) -> None:
        height = self.row_height
        paper.set_font("Helvetica", "" if number else "B", min(9, height * 1.8))
        paper.set_text_color(*INK)
        y = paper.get_y()
        if number == 0:
            paper.set_fill_color(*SHADE)
            paper.rect(MARGIN, y, TEXT_WIDTH, height, "F")
        for column, (value, width) in enumerate(zip(row, widths, strict=True)):
            indent = 0.0
            if self.marks and number and column == 0:
                paper.set_fill_color(*self.marks[number - 1])
                paper.rect(paper.get_x() + CELL, y + height / 2 - 1.3, 2.6, 2.6, "F")
                indent = 4.2
            paper.set_x(paper.get_x() + indent)
            paper.cell(width - indent, height, value, align="R" if column in self.right else "L")
        paper.ln(height)
        paper.rule(y + height)


def pdf(
    title: str,
    customer: str,
    blocks: Sequence[Block],
    *,
    version: str = "",
    reference: str = "",
    page_of: str = "Page {} of {}",
) -> bytes:
    paper = Paper(title, f"{title}, {version}" if version else title, reference, customer, page_of)
    paper.c_margin = CELL
    paper.add_page()
    for block in blocks:
        block.put(paper)
    return bytes(paper.output())
