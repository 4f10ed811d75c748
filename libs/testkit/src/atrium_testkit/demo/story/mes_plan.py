"""Der Plan des MES-Rollouts."""

from atrium_testkit.demo.story.shapes import Line, Phase, Step

PREPARATION = Phase(
    "Vorbereitung",
    -28,
    (
        Line("Ist-Aufnahme Linie 1 und 2", -66, state="done"),
        Line("Anforderungen", -58, kind="milestone", state="done", owner="nora"),
        Line(
            "Pflichtenheft",
            -52,
            reads="Pflichtenheft, 40 Seiten",
            steps=(
                Step((-64, "09:10"), "jan", "start"),
                Step((-57, "15:20"), "jan", "ask_review", "Bitte vor allem Kapitel 3 prüfen.", ("anna",)),
                Step((-52, "11:05"), "anna", "reviewed"),
            ),
        ),
        Line("Server und Netz in Halle 2", -44, state="done"),
        Line("Schnittstellen beschrieben", -36, state="done"),
        Line("Testsystem steht", -28, kind="milestone", state="done"),
    ),
    born=-78,
    done=-28,
)

TESTING = Phase(
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
            steps=(
                Step((-18, "10:40"), "jan", "submit", "Version 2 ist bereit zur Prüfung.", ("anna",)),
                Step((-17, "13:25"), "anna", "reviewed", "", ("anna",)),
            ),
            file="label",
            key="label",
        ),
        Line(
            "Chargennummer bei Mischpaletten klären",
            1,
            reads="Welche Chargennummer gilt bei Mischpaletten?",
            note="Die der ältesten Ware oder eine eigene? Davon hängt der Aufdruck auf Linie 2 ab.",
            state="answer",
            since=0,
            born=-3,
            says="Die der ältesten Ware oder eine eigene?",
            asked=("anna",),
        ),
        Line(
            "Termin Testlauf Linie 2",
            4,
            reads="Termin für den Testlauf auf Linie 2",
            note="Drei Vorschläge, 30 Minuten.",
            state="sync",
            since=-3,
            born=-5,
            says="Wir schlagen vor: {+3} um 10 Uhr, {+4} um 14 Uhr oder {+5} um 9 Uhr, je 30 Minuten.",
            asked=("anna",),
        ),
        Line(
            "Waagenanbindung liefert doppelte Buchungen",
            3,
            state="in_progress",
            since=-4,
            born=-5,
            note="Waage 4 sendet nur noch einen Satz.",
            key="scale",
        ),
        Line("Testetiketten für Linie 2 drucken", 1, note="Beginnt nach Ihrer Freigabe.", born=-6),
        Line(
            "Neue Firmware für die Etikettendrucker",
            6,
            state="waiting",
            since=-8,
            born=-14,
            third="Kolb Drucksysteme",
        ),
        Line("Zehn Waagenplätze der Linie 1 umstellen", -16, state="done"),
        Line("Schnittstelle zum Artikelstamm", -10, state="done"),
        Line("Vier Waagenplätze der Linie 2 umstellen", -5, state="done", file="scales"),
        Line("Schnittstelle zur Verpackung", -4, state="done"),
        Line("Verpackung angebunden", -3, kind="milestone", state="done"),
        Line("Testlauf Linie 2", 9, kind="milestone", owner="nora"),
        Line(
            "Nachkalkulation Waagenanbindung",
            2,
            "internal",
            owner="nora",
            internal="38 Stunden über Plan, vorerst nicht verrechnen.",
            hours=38,
            born=-4,
        ),
        Line(
            "Ersatzdrucker reservieren",
            2,
            "internal",
            internal="Listenpreis 1 840, wir können auf 1 610 gehen.",
            born=-8,
        ),
    ),
    born=-32,
)

ROLLOUT = Phase(
    "Einführung",
    46,
    (
        Line(
            "Schulung Schichtleitung am {+10}",
            6,
            note="Zwölf Plätze in Thun.",
            state="confirm",
            since=-1,
            born=-4,
            says="Von 8 bis 12 Uhr im Schulungsraum. Passt das zum Schichtplan?",
            owner="nora",
            asked=("anna",),
        ),
        Line("Schulungsunterlagen auf Deutsch", 7, owner="nora", state="in_progress", since=-6, born=-12),
        Line("Umstellung Linie 1", 20, "placeholder", until=28),
        Line("Nachtschicht-Umstellung", 40, "placeholder", until=45),
        Line("Linie 2 produktiv", 36, kind="milestone"),
        Line("Abnahme", 46, kind="milestone", owner="nora"),
    ),
    born=-21,
)

RISKS = Phase(
    "Risiken und Entscheide",
    46,
    (
        Line(
            "Stammdaten fehlen für 38 Artikel",
            2,
            kind="risk",
            note="Ohne sie druckt der Testlauf nur Standardware.",
            born=-7,
        ),
        Line(
            "Firmware kommt nach dem {+6}",
            6,
            kind="risk",
            note="Dann läuft Linie 2 mit der alten Version; geprüft.",
            born=-8,
        ),
        Line("Testlauf auf Linie 2 statt Linie 1", -10, kind="decision", state="done", born=-16),
        Line("Alte Etiketten bis Ende {+45:month} erlaubt", -4, kind="decision", state="done", born=-9),
    ),
    born=-30,
)

PHASES = (PREPARATION, TESTING, ROLLOUT, RISKS)
