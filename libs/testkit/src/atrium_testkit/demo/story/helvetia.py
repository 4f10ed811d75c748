"""Helvetia Foods, German: der MES-Rollout in Thun und die Rückverfolgbarkeit der Frischprodukte."""

from atrium_testkit.demo.documents import Section, pdf, png, xlsx
from atrium_testkit.demo.story.shapes import Ask, Document, House, Line, Phase, Project, Talk, Version

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _label(version: int) -> bytes:
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


def _test_plan(version: int) -> bytes:
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


def _scales(count: int) -> bytes:
    rows = [
        [f"W{n:02}", "Linie 2" if n > 10 else "Linie 1", "umgestellt" if n <= count else "offen"] for n in range(1, 23)
    ]
    return xlsx("Waagen", [["Waage", "Linie", "Stand"], *rows])


MES = Project(
    title="MES-Rollout Thun",
    goal="Waagen, Etiketten und Verpackung arbeiten ab {+46} in einem System.",
    status="on_track",
    status_text="Die Schnittstelle zur Verpackung läuft seit Montag stabil. Für den Testlauf fehlen noch Ihre Etikettenfreigabe"
    " und die Artikelstammdaten.",
    lead="nora",
    contacts=(("nora", "Projektleitung"), ("jan", "Technik")),
    touchpoint=(3, "Statusgespräch", 30),
    span=(-80, 46),
    phases=(
        Phase(
            "Vorbereitung",
            -28,
            (
                Line("Anforderungen", -58, kind="milestone", state="done", owner="nora"),
                Line("Ist-Aufnahme Linie 1 und 2", -50, state="done"),
                Line("Testsystem steht", -28, kind="milestone", state="done"),
                Line("Schnittstellen beschrieben", -30, state="done"),
            ),
            done=True,
        ),
        Phase(
            "Anbindung und Test",
            9,
            (
                Line(
                    "Etikettenlayout Bio-Linie, v3",
                    0,
                    reads="Etikettenlayout Bio-Linie, Version 3",
                    note="Danach druckt Nordwind die Testetiketten für den Testlauf.",
                    internal="Druckerei braucht zwei Tage; ohne Freigabe heute kippt der Testlauf.",
                    workflow="sign_off",
                    asked=("anna",),
                    file="label",
                    key="label",
                ),
                Line(
                    "Chargennummer bei Mischpaletten klären",
                    1,
                    reads="Welche Chargennummer gilt bei Mischpaletten?",
                    note="Die der ältesten Ware oder eine eigene? Davon hängt der Aufdruck auf Linie 2 ab.",
                    state="answer",
                    asked=("anna",),
                ),
                Line(
                    "Termin Testlauf Linie 2",
                    4,
                    reads="Termin für den Testlauf auf Linie 2",
                    note="Drei Vorschläge, 30 Minuten.",
                    state="sync",
                    asked=("anna",),
                ),
                Line(
                    "Waagenanbindung liefert doppelte Buchungen",
                    3,
                    state="in_progress",
                    note="Waage 4 sendet nur noch einen Satz.",
                    key="scale",
                ),
                Line("Testetiketten für Linie 2 drucken", 1, note="Beginnt nach Ihrer Freigabe."),
                Line("Neue Firmware für die Etikettendrucker", 6, state="waiting", third="Kolb Drucksysteme"),
                Line("Vier Waagenplätze der Linie 2 umstellen", -3, state="done", file="scales"),
                Line("Schnittstelle zur Verpackung", -3, state="done"),
                Line("Verpackung angebunden", -3, kind="milestone", state="done"),
                Line("Testlauf Linie 2", 9, kind="milestone", owner="nora"),
                Line(
                    "Nachkalkulation Waagenanbindung",
                    2,
                    "internal",
                    owner="nora",
                    internal="38 Stunden über Plan, vorerst nicht verrechnen.",
                    hours=38,
                ),
                Line(
                    "Ersatzdrucker reservieren",
                    2,
                    "internal",
                    internal="Listenpreis 1 840, wir können auf 1 610 gehen.",
                ),
            ),
        ),
        Phase(
            "Einführung",
            46,
            (
                Line(
                    "Schulung Schichtleitung am {+10}",
                    6,
                    note="Zwölf Plätze in Thun.",
                    state="confirm",
                    owner="nora",
                    asked=("anna",),
                ),
                Line("Schulungsunterlagen auf Deutsch", 7, owner="nora", state="in_progress"),
                Line("Umstellung Linie 1", 20, "placeholder"),
                Line("Nachtschicht-Umstellung", 40, "placeholder"),
                Line("Linie 2 produktiv", 36, kind="milestone"),
                Line("Abnahme", 46, kind="milestone", owner="nora"),
            ),
        ),
        Phase(
            "Risiken und Entscheide",
            46,
            (
                Line(
                    "Stammdaten fehlen für 38 Artikel",
                    2,
                    kind="risk",
                    note="Ohne sie druckt der Testlauf nur Standardware.",
                ),
                Line(
                    "Firmware kommt nach dem {+6}",
                    6,
                    kind="risk",
                    note="Dann läuft Linie 2 mit der alten Version; geprüft.",
                ),
                Line("Alte Etiketten bis Ende {+45:month} erlaubt", -4, kind="decision", state="done"),
                Line("Testlauf auf Linie 2 statt Linie 1", -10, kind="decision", state="done"),
            ),
        ),
    ),
    documents=(
        Document(
            "label",
            "Etikettenlayout Bio-Linie.pdf",
            "application/pdf",
            (
                Version("jan", "Erster Entwurf.", _label(1)),
                Version("jan", "Produktname grösser.", _label(2)),
                Version("jan", "Charge auf der Vorderseite; Nährwerte nach Rezeptur.", _label(3)),
            ),
        ),
        Document(
            "testplan",
            "Testplan Linie 2.pdf",
            "application/pdf",
            tuple(
                Version("jan", note, _test_plan(n))
                for n, note in enumerate(("Entwurf.", "Mit Schichtzeiten.", "Drei Artikel.", "Freigegeben."), 1)
            ),
        ),
        Document(
            "scales",
            "Waagenplätze.xlsx",
            XLSX,
            (Version("jan", "Zehn von 22.", _scales(10)), Version("jan", "Vierzehn von 22.", _scales(14))),
        ),
        Document(
            "hall",
            "Hallenplan Linie 2.png",
            "image/png",
            (
                Version(
                    "anna",
                    "Mit den neuen Waagen.",
                    png(
                        "Halle 2, Linie 2", ("Waage 1", "Waage 2", "Etikettierer", "Waage 3", "Waage 4", "Palettierer")
                    ),
                ),
            ),
        ),
    ),
    talks=(
        Talk(
            "item:label",
            "shared",
            (
                ("jan", "Version 3 hat die Charge auf der Vorderseite, wie besprochen."),
                ("reto", "Nährwerte stimmen jetzt mit der Rezeptur überein."),
            ),
        ),
        Talk(
            "item:label",
            "internal",
            (("nora", "Ohne Freigabe heute verlieren wir den Drucktermin. Jan, ruf bitte bis vier an."),),
        ),
        Talk(
            "item:scale",
            "shared",
            (
                ("jan", "Waage 4 sendet nur noch einen Satz. Wir beobachten bis Dienstag."),
                ("reto", "Seit heute früh keine doppelte Buchung mehr."),
            ),
        ),
        Talk("project", "shared", (("nora", "Für den Testlauf liegen drei Vorschläge vor."),)),
        Talk(
            "request:second",
            "internal",
            (
                ("jan", "Listenpreis 1 840, wir können auf 1 610 gehen."),
                ("nora", "Mit Wartung für zwei Jahre bleiben wir bei 1 690."),
            ),
        ),
    ),
    requests=(
        Ask(
            "double",
            "anna",
            "Waagenanbindung liefert doppelte Buchungen",
            "fault",
            "hinders",
            "Waage 4 bucht jede zweite Palette doppelt.",
            (("take", "jan", {}),),
        ),
        Ask(
            "sap",
            "reto",
            "Rückmeldung aus SAP fehlt nach Mitternacht",
            "fault",
            "hinders",
            "Zwischen 0 und 1 Uhr kommen keine Rückmeldungen an.",
        ),
        Ask(
            "batch",
            "anna",
            "Chargennummer bei Mischpaletten",
            "question",
            "hinders",
            "Welche Nummer drucken wir?",
            (
                ("take", "nora", {}),
                (
                    "ask",
                    "nora",
                    {"comment": "Welche Chargennummer gilt bei Mischpaletten: die der ältesten Ware oder eine eigene?"},
                ),
            ),
        ),
        Ask(
            "scale4",
            "reto",
            "Waage 4: Firmware für Netzprotokoll",
            "fault",
            "time",
            "Der Hersteller kennt den Fehler.",
            (("take", "jan", {}), ("hand_on", "jan", {"third_party": "Waagenhersteller"})),
        ),
        Ask(
            "sizes",
            "reto",
            "Etiketten in zwei Grössen",
            "wish",
            "time",
            "Für die kleinen Schalen passt das heutige Format nicht.",
            (("take", "jan", {}),),
        ),
        Ask(
            "second",
            "anna",
            "Preis für einen zweiten Etikettendrucker",
            "question",
            "time",
            "Was kostet ein zweiter Drucker für Linie 1, mit Einrichtung?",
        ),
        Ask(
            "shifts",
            "anna",
            "Auswertung Ausschuss je Schicht",
            "wish",
            "time",
            "Der Ausschuss soll je Schicht ersichtlich sein.",
            (("take", "nora", {}), ("finish", "nora", {})),
        ),
        Ask(
            "printer",
            "reto",
            "Drucker Halle B einrichten",
            "access",
            "time",
            "Bitte den neuen Drucker aufnehmen.",
            (("take", "jan", {}), ("finish", "jan", {})),
        ),
    ),
    report=("Bericht für den Lenkungsausschuss", "Der Stand des Rollouts für den Lenkungsausschuss, immer aktuell."),
)

TRACE = Project(
    title="Rückverfolgbarkeit Frischprodukte",
    goal="Jede Packung lässt sich in zwei Minuten bis zum Lieferanten zurückverfolgen.",
    status="needs_attention",
    status_text="Die Artikelstammdaten des vierten Quartals fehlen noch; zwei von drei Dateien sind da.",
    lead="jan",
    contacts=(("jan", "Projektleitung"), ("nora", "Vertrag")),
    touchpoint=(6, "Fachgespräch Chargen", 45),
    span=(-40, 80),
    phases=(
        Phase(
            "Konzept",
            2,
            (
                Line("Warenfluss aufgenommen", -20, state="done"),
                Line("Konzept abgenommen", -12, kind="milestone", state="done"),
                Line(
                    "Artikelstammdaten 4. Quartal",
                    2,
                    note="Zwei von drei Dateien sind da; es fehlt Molkerei.",
                    workflow="document_request",
                    asked=("anna",),
                    key="master",
                ),
                Line("Chargenprotokoll auf Französisch", 8, state="in_progress"),
                Line(
                    "Konzept Sperrlager nach Ihren Hinweisen überarbeiten",
                    4,
                    state="in_progress",
                    note="Acht Seiten; es geht um die Sperrung ganzer Chargen.",
                    file="concept",
                ),
            ),
        ),
        Phase(
            "Aufbau",
            40,
            (
                Line("Scanner an sechs Rampen", 15),
                Line("Lieferantenportal", 25, "placeholder"),
                Line("Alle Lieferanten mit Chargencode", 28, kind="milestone"),
                Line("Auswertung für Audits", 30, "internal", reads="Auswertung für Audits", hours=60),
                Line(
                    "Anbindung Labor", 35, "internal", internal="Labor hat keine Schnittstelle; Angebot Dritter prüfen."
                ),
                Line("Erste Rückverfolgung in zwei Minuten", 40, kind="milestone"),
            ),
        ),
        Phase(
            "Betrieb",
            75,
            (
                Line("Schulung Qualitätssicherung", 60),
                Line("Audit", 70, "placeholder"),
                Line("Übergabe an den Betrieb", 75, kind="milestone"),
                Line("Reserve für Nacharbeiten", 70, "internal", owner="nora", internal="12 Tage, nicht ausweisen."),
                Line(
                    "Zwei Lieferanten liefern ohne Chargencode",
                    10,
                    kind="issue",
                    note="Wir drucken vorläufig eigene Codes.",
                ),
            ),
        ),
    ),
    documents=(
        Document(
            "concept",
            "Konzept Rückverfolgung.pdf",
            "application/pdf",
            (
                Version(
                    "jan",
                    "Zur Prüfung.",
                    pdf(
                        "Konzept Rückverfolgung",
                        "für Helvetia Foods",
                        (
                            Section("Ziel", "In zwei Minuten von der Packung zum Lieferanten."),
                            Section("Sperrlager", "Eine Sperrung gilt immer für die ganze Charge."),
                        ),
                        8,
                    ),
                ),
            ),
        ),
        Document(
            "articles",
            "Artikelstamm Q4.xlsx",
            XLSX,
            (
                Version(
                    "anna",
                    "Backwaren und Gemüse.",
                    xlsx(
                        "Artikel",
                        [["Artikel", "Lieferant"], ["Ruchbrot 500 g", "Mühle Lützel"], ["Rüebli 1 kg", "Seeland"]],
                    ),
                ),
            ),
        ),
    ),
    talks=(
        Talk(
            "project",
            "shared",
            (("jan", "Mit der dritten Datei können wir am Montag testen."), ("anna", "Molkerei liefert bis Freitag.")),
        ),
        Talk(
            "item:master",
            "internal",
            (("jan", "Ohne die Molkerei-Artikel testen wir nur die halbe Kette. Bitte nicht vor Montag erwähnen."),),
        ),
    ),
    requests=(
        Ask(
            "french",
            "anna",
            "Chargenprotokoll auch auf Französisch",
            "wish",
            "time",
            "Für das Werk in Bulle.",
            (("take", "nora", {}), ("plan", "nora", {})),
        ),
        Ask("roles", "reto", "Rollenkonzept für die Schichtleitung", "question", "time", "Wer darf Chargen sperren?"),
    ),
    report=("Stand der Rückverfolgung", "Fortschritt und offene Punkte, immer aktuell."),
)

HELVETIA = House(
    slug="helvetia",
    name="Helvetia Foods",
    language="de",
    people={
        "anna": ("anna.keller@helvetia.example", "Anna Keller", "owner"),
        "reto": ("reto.brunner@helvetia.example", "Reto Brunner", "reader"),
    },
    brand={
        "product_name": "Helvetia Foods",
        "accent": "#3f7d20",
        "header": "light",
        "font_heading": "Vollkorn",
        "font_text": "Inter",
        "sender_name": "Helvetia Foods",
        "support_address": "portal@helvetia.example",
        "words": {"de": {"conversation": {"singular": "Gespräch", "plural": "Gespräche", "article": "das"}}},
    },
    projects=(MES, TRACE),
    private=(
        Talk(
            "item:label",
            "private",
            (
                ("anna", "Reto, passt die Schriftgrösse für die Nachtschicht?"),
                ("reto", "Ja, ich habe sie an der Linie ausprobiert."),
            ),
        ),
    ),
)
