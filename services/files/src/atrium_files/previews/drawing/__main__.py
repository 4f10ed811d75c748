"""Draws one content and ends: 0 drawn, 3 it cannot be drawn and never will, anything else is an accident."""

import json
import sys
from pathlib import Path

from atrium_files.previews.drawing import pdf, pictures
from atrium_files.previews.drawing.limits import limit

CANNOT = 3


def main(kind: str, content: str, directory: str, seconds: str, memory: str) -> int:
    limit(int(seconds), int(memory))
    draw, damaged = (pdf.draw_pdf, pdf.DAMAGED) if kind == "pdf" else (pictures.draw_picture, pictures.DAMAGED)
    try:
        count, pages = draw(Path(content), Path(directory))
    except damaged:
        return CANNOT
    written = {"page_count": count, "pages": [vars(page) for page in pages]}
    (Path(directory) / "pages.json").write_text(json.dumps(written), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
