"""Der MES-Rollout in Thun: vor dem Testlauf fehlt Annas Freigabe des Etikettenlayouts."""

from atrium_testkit.demo.documents import png
from atrium_testkit.demo.story.helvetia_papers import XLSX, label_layout, scales, test_plan
from atrium_testkit.demo.story.shapes import (
    Approval,
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
        Line("Umstellung Linie 1", 20, "placeholder"),
        Line("Nachtschicht-Umstellung", 40, "placeholder"),
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

DOCUMENTS = (
    Document(
        "label",
        "Etikettenlayout Bio-Linie.pdf",
        "application/pdf",
        (
            Version((-27, "14:30"), "jan", "Erster Entwurf.", label_layout(1)),
            Version((-18, "10:15"), "jan", "Produktname grösser.", label_layout(2)),
            Version((-2, "09:20"), "jan", "Charge auf der Vorderseite; Nährwerte nach Rezeptur.", label_layout(3)),
        ),
        approvals=(Approval((-15, "09:45"), "anna", "label", "Für die erste Andruckprobe."),),
    ),
    Document(
        "testplan",
        "Testplan Linie 2.pdf",
        "application/pdf",
        (
            Version((-20, "16:20"), "jan", "Entwurf.", test_plan(1)),
            Version((-13, "11:10"), "jan", "Mit Schichtzeiten.", test_plan(2)),
            Version((-8, "15:35"), "jan", "Drei Artikel.", test_plan(3)),
            Version((-4, "10:50"), "jan", "Freigegeben.", test_plan(4)),
        ),
    ),
    Document(
        "scales",
        "Waagenplätze.xlsx",
        XLSX,
        (
            Version((-16, "16:55"), "jan", "Zehn von 22.", scales(10)),
            Version((-5, "16:30"), "jan", "Vierzehn von 22.", scales(14)),
        ),
    ),
    Document(
        "hall",
        "Hallenplan Linie 2.png",
        "image/png",
        (
            Version(
                (-11, "13:45"),
                "anna",
                "Mit den neuen Waagen.",
                png("Halle 2, Linie 2", ("Waage 1", "Waage 2", "Etikettierer", "Waage 3", "Waage 4", "Palettierer")),
            ),
        ),
    ),
)

TALKS = (
    Talk(
        "item:label",
        "shared",
        (
            Message((-2, "09:30"), "jan", "Version 3 hat die Charge auf der Vorderseite, wie besprochen."),
            Message((-2, "15:40"), "reto", "Nährwerte stimmen jetzt mit der Rezeptur überein."),
        ),
    ),
    Talk(
        "item:label",
        "internal",
        (
            Message(
                (-1, "14:50"),
                "nora",
                "Ohne Freigabe bis morgen verlieren wir den Drucktermin. Jan, ruf bitte am Vormittag an.",
            ),
        ),
    ),
    Talk(
        "item:scale",
        "shared",
        (
            Message((-4, "16:40"), "jan", "Waage 4 sendet nur noch einen Satz. Wir beobachten bis {+1:weekday}."),
            Message((-1, "08:25"), "reto", "Seit gestern früh keine doppelte Buchung mehr."),
        ),
    ),
    Talk(
        "project",
        "shared",
        (Message((-3, "11:20"), "nora", "Für den Testlauf liegen drei Vorschläge vor."),),
    ),
    Talk(
        "request:second",
        "internal",
        (
            Message((-1, "10:10"), "jan", "Listenpreis 1 840, wir können auf 1 610 gehen."),
            Message((-1, "10:35"), "nora", "Mit Wartung für zwei Jahre bleiben wir bei 1 690."),
        ),
    ),
    Talk(
        "request:sap",
        "shared",
        (
            Message((-1, "09:40"), "jan", "Fehlen die Rückmeldungen ganz, oder kommen sie nach ein Uhr nach?"),
            Message((-1, "13:15"), "reto", "Sie kommen nach, gesammelt um 1.05 Uhr."),
        ),
    ),
    Talk(
        "figure:open_by_turn",
        "shared",
        (
            Message((-3, "14:25"), "anna", "Was von den offenen Punkten bei Nordwind hängt an uns?"),
            Message(
                (-3, "16:05"), "nora", "Die Testetiketten, sie beginnen nach Ihrer Freigabe; der Rest läuft ohne Sie."
            ),
        ),
    ),
)

REQUESTS = (
    Ask(
        "printer",
        (-41, "09:55"),
        "reto",
        "Drucker Halle B einrichten",
        "access",
        "time",
        "Bitte den neuen Drucker aufnehmen.",
        (((-41, "11:20"), "jan", "take", {}), ((-39, "14:45"), "jan", "finish", {})),
    ),
    Ask(
        "shifts",
        (-26, "15:10"),
        "anna",
        "Auswertung Ausschuss je Schicht",
        "wish",
        "time",
        "Der Ausschuss soll je Schicht ersichtlich sein.",
        (((-25, "09:25"), "nora", "take", {}), ((-19, "16:30"), "nora", "finish", {})),
    ),
    Ask(
        "scale4",
        (-13, "08:35"),
        "reto",
        "Waage 4: Firmware für Netzprotokoll",
        "fault",
        "time",
        "Der Hersteller kennt den Fehler.",
        (((-13, "10:05"), "jan", "take", {}), ((-12, "15:20"), "jan", "hand_on", {"third_party": "Waagenhersteller"})),
    ),
    Ask(
        "double",
        (-5, "07:50"),
        "anna",
        "Waagenanbindung liefert doppelte Buchungen",
        "fault",
        "hinders",
        "Waage 4 bucht jede zweite Palette doppelt.",
        (((-5, "08:30"), "jan", "take", {}),),
    ),
    Ask(
        "sizes",
        (-3, "13:40"),
        "reto",
        "Etiketten in zwei Grössen",
        "wish",
        "time",
        "Für die kleinen Schalen passt das heutige Format nicht.",
        (((-2, "10:55"), "jan", "take", {}),),
    ),
    Ask(
        "batch",
        (-3, "15:30"),
        "anna",
        "Chargennummer bei Mischpaletten",
        "question",
        "time",
        "Welche Nummer drucken wir?",
        (
            ((-2, "09:05"), "nora", "take", {}),
            (
                (-1, "11:45"),
                "nora",
                "ask",
                {"comment": "Welche Chargennummer gilt bei Mischpaletten: die der ältesten Ware oder eine eigene?"},
            ),
        ),
    ),
    Ask(
        "second",
        (-1, "08:40"),
        "anna",
        "Preis für einen zweiten Etikettendrucker",
        "question",
        "time",
        "Was kostet ein zweiter Drucker für Linie 1, mit Einrichtung?",
    ),
    Ask(
        "sap",
        (-1, "09:10"),
        "reto",
        "Rückmeldung aus SAP fehlt nach Mitternacht",
        "fault",
        "hinders",
        "Zwischen 0 und 1 Uhr kommen keine Rückmeldungen an.",
    ),
)

MES = Project(
    title="MES-Rollout Thun",
    goal="Waagen, Etiketten und Verpackung arbeiten ab {+46} in einem System.",
    statuses=(
        Status((-76, "16:10"), "on_track", "Die Aufnahme der beiden Linien läuft."),
        Status((-28, "16:40"), "on_track", "Das Testsystem steht; die Anbindung der Waagen hat begonnen."),
        Status(
            (-1, "16:15"),
            "on_track",
            "Die Schnittstelle zur Verpackung läuft seit {-4:weekday} stabil. Für den Testlauf fehlen noch Ihre"
            " Etikettenfreigabe und die Artikelstammdaten.",
        ),
    ),
    lead="nora",
    contacts=(("nora", "Projektleitung"), ("jan", "Technik")),
    touchpoint=(3, "Statusgespräch", 30),
    span=(-80, 46),
    phases=(PREPARATION, TESTING, ROLLOUT, RISKS),
    documents=DOCUMENTS,
    talks=TALKS,
    requests=REQUESTS,
    report=(
        (-75, "10:20"),
        "Bericht für den Lenkungsausschuss",
        "Der Stand des Rollouts für den Lenkungsausschuss, immer aktuell.",
    ),
)
