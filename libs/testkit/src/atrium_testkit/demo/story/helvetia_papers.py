"""Die Dokumente von Helvetia Foods."""

from dataclasses import dataclass

from atrium_testkit.demo.documents import xlsx
from atrium_testkit.demo.papers import INK, MARGIN, TEAL, Block, Chapter, Cover, Heading, Paper, Table, Text, pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE_OF = "Seite {} von {}"
BARS = (1, 2, 1, 1, 3, 1, 2, 2, 1, 3, 1, 1, 2, 1, 3, 2, 1, 1, 2, 3, 1, 2, 1, 1, 3, 1, 1, 2, 2, 1)


@dataclass(frozen=True)
class Label:
    """Das Etikett in natürlicher Grösse."""

    size: float
    on_front: bool

    def put(self, paper: Paper) -> None:
        left, top = MARGIN, paper.get_y() + 2
        paper.set_draw_color(*INK)
        paper.set_line_width(0.4)
        paper.rect(left, top, 100, 60)
        paper.set_fill_color(*TEAL)
        paper.rect(left, top, 100, 6, "F")
        nutrition = ("Nährwerte je 100 g", "Energie 1548 kJ", "Fett 6,9 g", "Zucker 1,1 g", "Eiweiss 13 g")
        words: list[tuple[float, float, float, str]] = [
            (4, 10, self.size, "Bio-Haferflocken"),
            (4, 20, 8, "500 g, aus der Schweiz"),
        ]
        words += [(66, 10 + 4.5 * n, 7, line) for n, line in enumerate(nutrition)]
        if self.on_front:
            words.append((4, 48, 9, "Charge L2-0412"))
        for x, y, size, line in words:
            paper.set_font("Helvetica", "B" if size == self.size else "", size)
            paper.text(left + x, top + y + size * 0.3, line)
        self._barcode(paper, left + 62, top + 36)
        paper.set_y(top + 66)

    def _barcode(self, paper: Paper, x: float, y: float) -> None:
        paper.set_fill_color(*INK)
        for number, width in enumerate(BARS):
            if number % 2 == 0:
                paper.rect(x, y, width * 0.55, 18, "F")
            x += width * 0.55


def label_layout(version: int) -> bytes:
    size = 14 if version > 1 else 12
    batch = "unten links, Vorderseite" if version > 2 else "oben rechts, Rückseite"
    basis = "nach Rezeptur" if version > 2 else "nach Tabelle"
    fields = (
        ("Feld", "Ort", "Schrift", "Herkunft"),
        ("Produktname", "oben links", f"{size} pt", "Artikelstamm"),
        ("Nährwerte", "rechts", "7 pt", basis),
        ("Charge", batch, "9 pt", "Linie 2"),
        ("Mindesthaltbarkeit", "unten links", "9 pt", "Linie 2"),
        ("Barcode", "unten rechts", "–", "GS1-128"),
    )
    blocks: tuple[Block, ...] = (
        Cover(("Dokument HF-MES-0031", "MES-Einführung, Linie 2")),
        Chapter("1  Layout"),
        Text("Das Layout gilt für alle Packungen der Bio-Linie ab dem Testlauf der Linie 2."),
        Label(size, on_front=version > 2),
        Heading("1.1  Felder"),
        Table(fields, "Tabelle 1. Alle Felder des Etiketts.", (40, 54, 24, 40)),
        Chapter("2  Barcode und Druck"),
        Text("GS1-128 mit Charge und Mindesthaltbarkeit, 4 mm Ruhezone auf beiden Seiten."),
        Heading("2.1  Prüfung"),
        Text(
            "Jede Rolle wird am Anfang und am Ende geprüft. Ein Etikett, das der Leser zweimal nicht erkennt, hält die"
            " Linie an; die Packungen seit der letzten guten Prüfung gehen ins Sperrlager."
        ),
    )
    return pdf(
        "Etikettenlayout Bio-Linie",
        "für Helvetia Foods",
        blocks,
        version=f"Version {version}",
        reference="HF-MES-0031",
        page_of=PAGE_OF,
    )


def test_plan(version: int) -> bytes:
    steps = (
        ("Zeit", "Schritt", "Wer"),
        ("06:00" if version > 1 else "07:00", "Waagen prüfen", "Schichtleitung"),
        ("06:30" if version > 1 else "07:30", "Etiketten drucken", "Nordwind"),
        ("08:00", "Leerlauf, zwei Stunden", "Linie 2"),
        ("10:00", "Drei Artikel, je 200 Packungen" if version > 2 else "Ein Artikel, 200 Packungen", "Linie 2"),
    )
    blocks = (
        Cover(("Dokument HF-MES-0044", "MES-Einführung, Linie 2")),
        Chapter("1  Ablauf"),
        Text("Zwei Stunden Leerlauf, danach Betrieb mit Ware. Die Linie 1 läuft unverändert weiter."),
        Table(steps, "Tabelle 1. Zeiten des Testtags.", (28, 88, 42)),
        Chapter("2  Abbruch"),
        Text("Abgebrochen wird, wenn eine Waage um mehr als 2 g abweicht oder ein Etikett fehlt."),
    )
    return pdf(
        "Testplan Linie 2",
        "für Helvetia Foods",
        blocks,
        version=f"Version {version}",
        reference="HF-MES-0044",
        page_of=PAGE_OF,
    )


def scales(count: int) -> bytes:
    rows = [
        [f"W{n:02}", "Linie 2" if n > 10 else "Linie 1", "umgestellt" if n <= count else "offen"] for n in range(1, 23)
    ]
    return xlsx("Waagen", [["Waage", "Linie", "Stand"], *rows])
