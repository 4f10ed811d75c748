"""Drawings and tables that look like work, made when the demo is seeded. Documents are in `papers`."""

import io
from collections.abc import Sequence

import xlsxwriter
from PIL import Image, ImageDraw


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
