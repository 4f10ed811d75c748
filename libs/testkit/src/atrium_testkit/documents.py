"""Reading back the files that people take along."""

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader

_COLOUR = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)")


@dataclass(frozen=True)
class Pdf:
    """What a PDF says, page by page, with runs of white space as one blank; `colours` are those it is drawn in."""

    title: str
    language: str
    tagged: bool
    pages: tuple[str, ...]
    links: frozenset[str]
    fonts: frozenset[str]
    colours: frozenset[str]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def read_pdf(content: bytes) -> Pdf:
    """Raises pypdf's own error for what is no PDF."""
    read = PdfReader(io.BytesIO(content))
    root = read.root_object
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", ())]
    resources = [page["/Resources"]["/Font"].values() for page in read.pages]  # type: ignore[index]
    drawn = b"".join(contents.get_data() for page in read.pages if (contents := page.get_contents()) is not None)
    return Pdf(
        title=str(read.metadata.title) if read.metadata else "",
        language=str(root.get("/Lang", "")),
        tagged=bool(root.get("/MarkInfo", {}).get("/Marked")),
        pages=tuple(" ".join(page.extract_text().split()) for page in read.pages),
        links=frozenset(str(note["/A"]["/URI"]) for note in notes if "/A" in note),
        fonts=frozenset(str(font.get_object()["/BaseFont"]).partition("+")[2] for fonts in resources for font in fonts),
        colours=frozenset(
            "#" + "".join(f"{round(float(part) * 255):02x}" for part in found) for found in _COLOUR.findall(drawn)
        ),
    )
