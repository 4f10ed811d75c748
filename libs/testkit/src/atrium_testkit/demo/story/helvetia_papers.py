"""Die Dokumente von Helvetia Foods."""

from atrium_testkit.demo.documents import Section, pdf, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def label_layout(version: int) -> bytes:
    sections = (
        Section(
            "Etikettenlayout Bio-Linie",
            "Das Layout gilt für alle Packungen der Bio-Linie ab Testlauf Linie 2.",
            (
                ("Feld", "Position", "Schrift"),
                ("Produktname", "oben links", "14 pt" if version > 1 else "12 pt"),
                ("Nährwerte", "rechts", "7 pt"),
                ("Charge", "unten" if version > 2 else "Rückseite", "9 pt"),
            ),
        ),
        Section("Barcode", "GS1-128 mit Charge und Mindesthaltbarkeit, 4 mm Ruhezone."),
    )
    return pdf("Etikettenlayout Bio-Linie", f"für Helvetia Foods, Version {version}", sections, 3)


def test_plan(version: int) -> bytes:
    steps = Section(
        "Ablauf",
        f"Testlauf Linie 2, Stand {version}. Zwei Stunden Leerlauf, danach drei Artikel.",
        (
            ("Zeit", "Schritt", "Wer"),
            ("06:00", "Waagen prüfen", "Schichtleitung"),
            ("06:30", "Etiketten drucken", "Nordwind"),
        ),
    )
    return pdf("Testplan Linie 2", f"für Helvetia Foods, Version {version}", (steps,), 5)


def scales(count: int) -> bytes:
    rows = [
        [f"W{n:02}", "Linie 2" if n > 10 else "Linie 1", "umgestellt" if n <= count else "offen"] for n in range(1, 23)
    ]
    return xlsx("Waagen", [["Waage", "Linie", "Stand"], *rows])
