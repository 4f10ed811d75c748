"""Pages of a document, drawn: what a preview's pictures stand for in samples."""

from base64 import b64encode
from collections.abc import Iterator

from atrium_gateway.pages.presenting.shapes import Sheet

WIDTH, HEIGHT = 595, 842
INK, GREY, LINE, TINT = "#30384a", "#c3c9d4", "#cfd5e0", "#eef2f9"
LEFT, RIGHT = 52, 543
#: Rows of the table in the middle of each page: top edge and height of a line.
TABLE_TOP, ROW = 250, 28


def _bar(x: float, y: float, width: float, height: float = 5, fill: str = GREY) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{fill}"/>'


def _lines(top: float, count: int, seed: int) -> Iterator[str]:
    for line in range(count):
        width = (RIGHT - LEFT) * (0.72 + (line * 7 + seed * 5) % 27 / 100)
        yield _bar(LEFT, top + line * 17, width)


def _table(top: float, rows: int, seed: int) -> Iterator[str]:
    yield f'<rect x="{LEFT}" y="{top}" width="{RIGHT - LEFT}" height="{ROW}" fill="{TINT}"/>'
    for row in range(rows + 1):
        y = top + row * ROW
        yield f'<path d="M{LEFT} {y + ROW}H{RIGHT}" stroke="{LINE}"/>'
        fill = INK if row == 0 else GREY
        yield from (
            _bar(LEFT + 10 + column * 122, y + 11, 40 + (row * 13 + column * 17 + seed) % 46, 6, fill)
            for column in range(4)
        )


def picture(number: int, seed: int = 0) -> str:
    """A page as an address that holds all of it."""
    rows = 3 + (number + seed) % 3
    parts = [
        _bar(LEFT, 40, 130, 5, "#0e6073"),
        f'<path d="M{LEFT} 62H{RIGHT}" stroke="{LINE}"/>',
        _bar(LEFT, 88, 220 + number * 13 % 120, 16, INK),
        *_lines(128, 4, number),
        _bar(LEFT, 218, 140, 11, INK),
        *_table(TABLE_TOP, rows, number + seed),
        _bar(LEFT, 470, 160, 11, INK),
        *_lines(500, 6, number + seed),
        _bar(LEFT, 636, 120, 11, INK),
        *_lines(664, 5, number + 3),
        f'<path d="M{LEFT} 780H{RIGHT}" stroke="{LINE}"/>',
        _bar(LEFT, 796, 70),
        _bar(RIGHT - 60, 796, 60),
    ]
    white = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{white}{''.join(parts)}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def sheets(count: int, points: dict[int, int], seed: int = 0) -> tuple[Sheet, ...]:
    """A version's pages, with their numbers of points."""
    return tuple(
        Sheet(
            number,
            WIDTH,
            HEIGHT,
            drawn := picture(number, seed),
            drawn,
            f"/files/1?page={number}",
            points.get(number, 0),
        )
        for number in range(1, count + 1)
    )
