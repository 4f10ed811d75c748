"""The press: a process of its own that sets one document and ends, so that its memory is nobody's for longer.

`python -m atrium_gateway.exports.press` reads `{"data", "logo", "format"}` and writes the file: a PDF, or the first
page as an SVG. It knows nothing but what it is told: no package, no font of the machine, no other file.
"""

import base64
import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("report.typ")
FONTS = Path(__file__).parent.parent / "static" / "print"
#: What is set for longer or larger than this was made to harm.
CPU_SECONDS = 10
MOST_BYTES = 256 << 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    told = json.load(sys.stdin)
    files: Any = {  # by name; the library's own types know one file alone
        "main.typ": TEMPLATE.read_bytes(),
        "data.json": json.dumps(told["data"]).encode(),
        told["data"]["logo"]: base64.b64decode(told["logo"]),
    }
    # One script after the other: a letter is looked for in the later ones where the first has none.
    scripts = sorted(FONTS.iterdir())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=scripts)
    made = typst.compile(files, font_paths=fonts, format=told["format"])
    sys.stdout.buffer.write(made[0] if isinstance(made, list) else made)


if __name__ == "__main__":
    main()
