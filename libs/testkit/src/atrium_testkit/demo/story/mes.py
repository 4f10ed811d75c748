"""Der MES-Rollout in Thun: vor dem Testlauf fehlt Annas Freigabe des Etikettenlayouts."""

from atrium_testkit.demo.documents import png
from atrium_testkit.demo.story.helvetia_papers import XLSX, label_layout, scales, test_plan
from atrium_testkit.demo.story.mes_plan import PHASES
from atrium_testkit.demo.story.shapes import (
    Approval,
    Ask,
    Document,
    Message,
    Project,
    Status,
    Talk,
    Version,
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
    phases=PHASES,
    documents=DOCUMENTS,
    talks=TALKS,
    requests=REQUESTS,
    report=(
        (-75, "10:20"),
        "Bericht für den Lenkungsausschuss",
        "Der Stand des Rollouts für den Lenkungsausschuss, immer aktuell.",
    ),
)
