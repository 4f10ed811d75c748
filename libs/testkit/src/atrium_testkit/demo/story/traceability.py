"""Die Rückverfolgbarkeit der Frischprodukte: die Stammdaten der Molkerei fehlen."""

from atrium_testkit.demo.documents import xlsx
from atrium_testkit.demo.papers import Chapter, Cover, Text, pdf
from atrium_testkit.demo.story.helvetia_papers import XLSX
from atrium_testkit.demo.story.shapes import (
    Ask,
    Document,
    Line,
    Message,
    Phase,
    Project,
    Status,
    Step,
    Talk,
    Version,
)

CONCEPT = Phase(
    "Konzept",
    2,
    (
        Line("Warenfluss aufgenommen", -27, state="done"),
        Line("Lieferanten befragt", -19, state="done"),
        Line("Konzept abgenommen", -12, kind="milestone", state="done"),
        Line(
            "Artikelstammdaten 4. Quartal",
            2,
            note="Zwei von drei Dateien sind da; es fehlt Molkerei.",
            workflow="document_request",
            born=-10,
            asked=("anna",),
            steps=(
                Step((-4, "15:15"), "anna", "hand_in"),
                Step((-3, "10:30"), "jan", "return", "Backwaren und Gemüse sind da, es fehlt noch Molkerei."),
            ),
            key="master",
        ),
        Line("Chargenprotokoll auf Französisch", 8, state="in_progress", since=-2, born=-4),
        Line(
            "Konzept Sperrlager nach Ihren Hinweisen überarbeiten",
            4,
            born=-16,
            steps=(
                Step((-15, "09:15"), "jan", "start"),
                Step((-6, "11:40"), "jan", "ask_review", "Acht Seiten zur Prüfung.", ("anna",)),
                Step((-3, "14:05"), "anna", "send_back", "Eine Sperrung muss immer die ganze Charge treffen."),
            ),
            note="Acht Seiten; es geht um die Sperrung ganzer Chargen.",
            file="concept",
        ),
    ),
    born=-38,
)

BUILDING = Phase(
    "Aufbau",
    40,
    (
        Line("Scanner an sechs Rampen", 15),
        Line("Lieferantenportal", 25, "placeholder"),
        Line("Alle Lieferanten mit Chargencode", 28, kind="milestone"),
        Line("Auswertung für Audits", 30, "internal", reads="Auswertung für Audits", hours=60),
        Line("Anbindung Labor", 35, "internal", internal="Labor hat keine Schnittstelle; Angebot Dritter prüfen."),
        Line("Erste Rückverfolgung in zwei Minuten", 40, kind="milestone"),
    ),
    born=-12,
)

OPERATION = Phase(
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
            born=-9,
        ),
    ),
    born=-11,
)

PAPERS = (
    Document(
        "concept",
        "Konzept Rückverfolgung.pdf",
        "application/pdf",
        (
            Version(
                (-6, "11:25"),
                "jan",
                "Zur Prüfung.",
                pdf(
                    "Konzept Rückverfolgung",
                    "für Helvetia Foods",
                    (
                        Cover(("Projekt Rückverfolgung", "Zur Prüfung durch Helvetia Foods")),
                        Chapter("1  Ziel"),
                        Text(
                            "In zwei Minuten von der Packung zum Lieferanten, in fünf vom Lieferanten zu allen Packungen."
                            " Beides ohne Papier und ohne Rückfrage im Lager."
                        ),
                        Chapter("2  Sperrlager"),
                        Text(
                            "Eine Sperrung gilt immer für die ganze Charge. Sie wirkt sofort, auch auf Paletten, die schon"
                            " verladen sind; aufgehoben wird sie nur von der Qualitätssicherung."
                        ),
                    ),
                    page_of="Seite {} von {}",
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
                (-4, "15:00"),
                "anna",
                "Backwaren und Gemüse.",
                xlsx(
                    "Artikel",
                    [["Artikel", "Lieferant"], ["Ruchbrot 500 g", "Mühle Lützel"], ["Rüebli 1 kg", "Seeland"]],
                ),
            ),
        ),
    ),
)

TRACE = Project(
    title="Rückverfolgbarkeit Frischprodukte",
    goal="Jede Packung lässt sich in zwei Minuten bis zum Lieferanten zurückverfolgen.",
    statuses=(
        Status((-36, "15:50"), "on_track", "Der Warenfluss wird aufgenommen."),
        Status(
            (-3, "16:50"),
            "needs_attention",
            "Die Artikelstammdaten des vierten Quartals fehlen noch; zwei von drei Dateien sind da.",
        ),
    ),
    lead="jan",
    contacts=(("jan", "Projektleitung"), ("nora", "Vertrag")),
    touchpoint=(6, "Fachgespräch Chargen", 45),
    span=(-40, 80),
    phases=(CONCEPT, BUILDING, OPERATION),
    documents=PAPERS,
    talks=(
        Talk(
            "project",
            "shared",
            (
                Message((-3, "10:40"), "jan", "Mit der dritten Datei können wir am Montag testen."),
                Message((-2, "08:45"), "anna", "Molkerei liefert bis Freitag."),
            ),
        ),
        Talk(
            "item:master",
            "internal",
            (
                Message(
                    (-3, "10:55"),
                    "jan",
                    "Ohne die Molkerei-Artikel testen wir nur die halbe Kette. Bitte nicht vor Montag erwähnen.",
                ),
            ),
        ),
    ),
    requests=(
        Ask(
            "french",
            (-5, "14:10"),
            "anna",
            "Chargenprotokoll auch auf Französisch",
            "wish",
            "time",
            "Für das Werk in Bulle.",
            (((-5, "15:45"), "nora", "take", {}), ((-4, "09:50"), "nora", "plan", {})),
        ),
        Ask(
            "roles",
            (-1, "14:30"),
            "reto",
            "Rollenkonzept für die Schichtleitung",
            "question",
            "time",
            "Wer darf Chargen sperren?",
        ),
    ),
    report=((-35, "09:30"), "Stand der Rückverfolgung", "Fortschritt und offene Punkte, immer aktuell."),
)
