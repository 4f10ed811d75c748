"""Files that look like work: documents, drawings, tables, made when the demo is seeded."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from fpdf import FPDF
from PIL import Image, ImageDraw

ACCENT = (14, 96, 115)


@dataclass(frozen=True)
class Section:
    title: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()


def pdf(title: str, subtitle: str, sections: Sequence[Section], pages: int) -> bytes:
    """A document of that many A4 pages; sections repeat as annexes until it is full."""
    document = FPDF(format="A4", unit="mm")
    document.set_auto_page_break(True, margin=20)
    document.set_title(title)
    for page in range(1, pages + 1):
        document.add_page()
        document.set_text_color(*ACCENT)
        document.set_font("Helvetica", "B", 9)
        document.cell(0, 6, _latin(f"Nordwind Systems   {subtitle}"), new_x="LMARGIN", new_y="NEXT")
        document.set_text_color(20, 24, 30)
        section = sections[(page - 1) % len(sections)]
        document.set_font("Helvetica", "B", 18 if page == 1 else 14)
        document.ln(6)
        document.multi_cell(
            0, 9, _latin(title if page == 1 else f"{page}  {section.title}"), new_x="LMARGIN", new_y="NEXT"
        )
        document.ln(2)
        document.set_font("Helvetica", "", 11)
        document.multi_cell(0, 6, _latin(section.text), new_x="LMARGIN", new_y="NEXT")
        document.ln(3)
        _table(document, section.table)
        document.set_y(-24)
        document.set_font("Helvetica", "", 8)
        document.cell(0, 6, f"{page} / {pages}", align="R")
    return bytes(document.output())


def _table(document: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    if not rows:
        return
    document.set_font("Helvetica", "", 9)
    with document.table(first_row_as_headings=True, line_height=6, width=170) as table:
        for row in rows:
            cells = table.row()
            for value in row:
                cells.cell(_latin(value))


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")


def png(title: str, boxes: Sequence[str]) -> bytes:
    """A plain layout drawing: named boxes on a grid."""
    image = Image.new("RGB", (1600, 1000), "#f6f8fa")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 1560, 960), outline="#8796a5", width=4)
    draw.text((70, 60), title, fill="#14181e", font_size=34)
    for position, name in enumerate(boxes):
        column, row = position % 3, position // 3
        left, top = 80 + column * 490, 140 + row * 270
        draw.rounded_rectangle((left, top, left + 450, top + 230), 18, outline="#0e6073", fill="#e6f1f4", width=4)
        draw.text((left + 26, top + 26), name, fill="#0b5061", font_size=28)
        draw.line((left + 26, top + 90, left + 420, top + 90), fill="#b6d5dd", width=3)
        draw.line((left + 26, top + 130, left + 360, top + 130), fill="#b6d5dd", width=3)
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return stored.getvalue()


def xlsx(sheet: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet[:31])
        head = book.add_format({"bold": True, "bg_color": "#e6f1f4"})
        for number, row in enumerate(rows):
            page.write_row(number, 0, row, head if number == 0 else None)
        page.autofit()
    return stored.getvalue()
