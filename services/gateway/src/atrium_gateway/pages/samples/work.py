"""Project and item of the story."""

from datetime import UTC, date, datetime

from atrium_gateway.pages.presenting.item import (
    Act,
    BoundVersion,
    Decided,
    Decision,
    ItemPage,
    Step,
    Transition,
)
from atrium_gateway.pages.presenting.project import (
    Milestone,
    Phase,
    Placeholder,
    PlanRow,
    ProjectPage,
    ProjectsPage,
    Remark,
    Stretch,
)
from atrium_gateway.pages.presenting.shapes import (
    Ask,
    Change,
    Clock,
    FileLine,
    Form,
    Health,
    Verb,
    Waiting,
    Waits,
)
from atrium_gateway.pages.presenting.thread import Message, Thread
from atrium_gateway.pages.samples.house import ANNA, JAN, MAYA, NORA, RETO, TODAY, TOM, days
from atrium_gateway.pages.samples.paper import sheets
from atrium_gateway.pages.samples.portal import HOME, HOME_HELVETIA

HASH = "9f2c" + "0b" * 28 + "a41e"
COMPOSER = Form("/threads/1/messages", "2f1c2d5e-0000-4000-8000-000000000002")
UPLOAD = Form("/items/1/files", "2f1c2d5e-0000-4000-8000-000000000003", values={"project": "1"})

SHARED_THREAD = Thread(
    "1",
    "Alarm philosophy, version 3",
    "shared",
    (MAYA, TOM, NORA, JAN),
    (
        Message(
            "1",
            days(2.02),
            "Version 3 has the limits for all twelve stations. Section 4 is new; the rest is as you approved it in"
            " October.",
            NORA,
            "Alarm philosophy, version 3",
            "/files/1",
        ),
        Message("2", days(2.01), "Sign-off asked of you"),
        Message("3", days(1.8), "Fine for the control room from my side.", TOM),
        Message("4", days(0.03), "Is the 30 seconds for priority 2 already in the simulator?", MAYA),
        Message(
            "5",
            days(0.007),
            "Yes. Priority 2 now clears after 30 seconds, there and in the test network.",
            JAN,
            unread=True,
        ),
    ),
    COMPOSER,
    "Alarm philosophy",
    "/items/1",
)
PRIVATE_THREAD = Thread(
    "2",
    "Alarm philosophy, version 3",
    "private",
    (MAYA, TOM),
    (
        Message("6", days(0.014), "The limits are right. Would you still hold it back?", MAYA),
        Message(
            "7",
            days(0.004),
            "Only station 7 and its old firmware, and that does not touch the limits.",
            TOM,
            unread=True,
        ),
    ),
    COMPOSER,
)
INTERNAL_THREAD = Thread(
    "3",
    "Alarm philosophy, version 3",
    "internal",
    (NORA, JAN),
    (
        Message(
            "8",
            days(0.006),
            "The 60 seconds come from Voltar’s default. Nobody checked it against the customer’s spec.",
            JAN,
        ),
        Message("9", days(0.004), "Can Voltar confirm 30 without new firmware?", NORA),
    ),
    COMPOSER,
)

DECISION = Decision(
    Form("/items/1/transitions", "2f1c2d5e-0000-4000-8000-000000000004", 7),
    (
        Transition("sign_off", "Sign off", True, decision="approved"),
        Transition("changes", "Ask for changes", False, True, "changes_requested"),
    ),
    "Do you sign off version 3?",
    "Nordwind then configures the alarm limits of all twelve stations. Until you decide, this work stands still.",
    (BoundVersion("f1", "Alarm philosophy", "/files/1", "pdf", 3, HASH, 2_400_000),),
    (Decided(TOM, days(1.8), 3, comment="Fine for the control room"),),
    colleagues=(TOM,),
)

ITEM = ItemPage(
    id="1",
    title="Alarm philosophy, version 3",
    project_id="1",
    project="Control room migration",
    turn="customer",
    state="",
    verb=Verb("sign_off"),
    due=TODAY,
    asked_by=JAN,
    asked_at=days(2),
    person=MAYA,
    first_page=sheets(1, {})[0],
    workflow="Document with sign-off",
    decision=DECISION,
    changes=(
        Change("Priority 2 clears by itself", "after 60 s", "after 30 s", "page 7 · Tom’s point"),
        Change("Shelving an alarm", "8 hours", "4 hours", "page 7 · Tom’s point"),
        Change("Limits by station", "4 stations", "12 stations", "annex B"),
    ),
    compare_url="/files/1/compare?from=2&to=3",
    compared_with=2,
    steps=(
        Step("Draft", "done", JAN, days(3)),
        Step("Technical review", "done", TOM, days(2)),
        Step("Sign-off", "now", MAYA, due=TODAY),
        Step("Released", "later"),
    ),
    clock=Clock(16, 40),
    waits=Waits(16, 48),
    history=(
        Act(days(1.8), "Tom Reed approved", TOM, "“Fine for the control room from my side.”", 3),
        Act(days(2.01), "Jan Weber asked you to sign off", JAN, "Due Thu 19 Nov", 3),
        Act(
            days(2.02),
            "Jan Weber uploaded version 3",
            JAN,
            "All twelve stations; both of Tom’s points. Your sign-off of version 2 is superseded.",
            3,
        ),
        Act(days(30), "You signed off version 2", MAYA, "For the four stations of the pilot · SHA-256 61d8…07bc", 2),
    ),
    thread=SHARED_THREAD,
    files=(
        FileLine("Alarm philosophy", "/files/1", "pdf", 3, "14 pages · 2.4 MB"),
        FileLine("Limits by station", "/files/2", "xlsx", 2, size=310_000),
    ),
    upload=UPLOAD,
    follows=(
        Waiting(
            "Configure alarm limits for 12 stations",
            "/items/7",
            "provider",
            "Jan Weber · five days after your sign-off",
        ),
        Waiting("Alarm set in the test network", "/items/9", "provider", "Milestone 4 · Fri 4 Dec"),
    ),
)

ITEM_THEIRS = ItemPage(
    id="7",
    title="Configure alarm limits for 12 stations",
    project_id="1",
    project="Control room migration",
    turn="provider",
    state="In progress",
    due=date(2026, 11, 25),
    person=JAN,
    note="Nordwind starts as soon as version 3 is signed off.",
    clock=Clock(6, 40),
    thread=Thread("", "", "shared", (MAYA, TOM, NORA, JAN), (), COMPOSER, subject="projects/1/items/7"),
    private_thread=Thread("", "", "private", (MAYA, TOM), (), COMPOSER, subject="projects/1/items/7"),
)

PROJECTS = ProjectsPage(HOME.projects)

PROJECT = ProjectPage(
    id="3",
    title="MES-Rollout Thun",
    health=Health("on_track"),
    goal="Waagen, Etiketten und Verpackung arbeiten ab 22. Januar in einem System.",
    contacts=(NORA, JAN),
    next_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    next_title="Statusgespräch, 30 Minuten",
    next_milestone=Milestone("Testlauf Linie 2", date(2026, 12, 2), "next", 0.62),
    milestones=(
        Milestone("Anforderungen", date(2026, 8, 28), "reached", 0.12),
        Milestone("Testsystem steht", date(2026, 10, 9), "reached", 0.34),
        Milestone("Verpackung", date(2026, 11, 16), "reached", 0.53),
        Milestone("Testlauf Linie 2", date(2026, 12, 2), "next", 0.63),
        Milestone("Linie 2 produktiv", date(2027, 1, 11), "later", 0.86),
        Milestone("Abnahme", date(2027, 1, 22), "later", 0.96),
    ),
    today_place=0.56,
    stretches=(
        Stretch("Vorbereitung", 0.0, 0.36),
        Stretch("Anbindung und Test", 0.36, 0.63, True),
        Stretch("Einführung", 0.63, 1.0),
    ),
    reached=3,
    first_ask=Ask(
        "Etikettenlayout Bio-Linie, Version 3",
        "/items/1",
        Verb("sign_off"),
        due=TODAY,
        why="Danach druckt Nordwind die Testetiketten.",
    ),
    asks=4,
    phases=(
        Phase("Vorbereitung", (), (), date(2026, 10, 9), 11, 11, True),
        Phase(
            "Anbindung und Test",
            (
                PlanRow(
                    "Etikettenlayout Bio-Linie, Version 3",
                    "/items/1",
                    "customer",
                    "",
                    Verb("sign_off"),
                    "Reto Brunner hat geprüft",
                    ANNA,
                    TODAY,
                    True,
                ),
                PlanRow(
                    "Welche Chargennummer gilt bei Mischpaletten?",
                    "/items/2",
                    "customer",
                    "",
                    Verb("answer"),
                    "Frage von Jan Weber",
                    ANNA,
                    date(2026, 11, 20),
                    True,
                    days(0.2),
                ),
                PlanRow(
                    "Termin für den Testlauf auf Linie 2",
                    "/items/3",
                    "customer",
                    "",
                    Verb("sync"),
                    "3 Vorschläge, 30 Minuten",
                    ANNA,
                    date(2026, 11, 25),
                    True,
                ),
                PlanRow(
                    "Waagenanbindung liefert doppelte Buchungen",
                    "/items/4",
                    "provider",
                    "",
                    None,
                    "Waage 4 sendet nur noch einen Satz",
                    JAN,
                    date(2026, 11, 24),
                    at=days(0.2),
                ),
                PlanRow(
                    "Neue Firmware für die Etikettendrucker",
                    "/items/5",
                    "third_party",
                    "",
                    None,
                    "Uhr angehalten",
                    None,
                    date(2026, 11, 27),
                    third_party="Kolb Drucksysteme",
                    until=date(2026, 12, 1),
                ),
                PlanRow(
                    "Schnittstelle zur Verpackung",
                    "/items/6",
                    "nobody",
                    "",
                    None,
                    "bestätigt von Anna Keller",
                    ANNA,
                    date(2026, 11, 16),
                ),
            ),
            (),
            date(2026, 12, 2),
            5,
            11,
        ),
        Phase(
            "Einführung",
            (
                PlanRow(
                    "Schulung Schichtleitung am 3. Dezember",
                    "/items/7",
                    "customer",
                    "",
                    Verb("confirm"),
                    "12 Plätze in Thun",
                    ANNA,
                    date(2026, 11, 27),
                    True,
                ),
            ),
            (Placeholder(date(2026, 12, 7), date(2026, 12, 18)), Placeholder(date(2027, 1, 11), date(2027, 1, 22))),
            date(2027, 1, 22),
            0,
            4,
        ),
    ),
    counts={"": 26, "customer": 4, "provider": 3, "nobody": 16},
    remarks=(
        Remark(
            "risk",
            "Stammdaten fehlen für 38 Artikel",
            "/items/20",
            "Ohne sie druckt der Testlauf nur Standardware.",
            "mittel",
        ),
        Remark(
            "risk",
            "Firmware kommt nach dem 27. Nov.",
            "/items/21",
            "Dann läuft Linie 2 mit der alten Version.",
            "klein",
        ),
        Remark(
            "decision",
            "Alte Etiketten bis Ende Januar erlaubt",
            "/items/22",
            "Entschieden von Reto Brunner am Fr, 13. Nov.",
        ),
        Remark(
            "decision", "Testlauf auf Linie 2 statt Linie 1", "/items/23", "Entschieden im Lenkungsausschuss am 4. Nov."
        ),
    ),
    update=HOME.update,
    changes=(
        Change("Waagenanbindung", "3 Sätze", "1 Satz", at=days(0.007), by=JAN),
        Change("Chargennummer", "", "Frage an Sie", at=days(1), by=JAN),
        Change("Etikettenlayout Bio-Linie", "Version 2", "Version 3", at=days(2), by=JAN),
    ),
    changes_since=days(7),
    people=(ANNA, RETO, NORA, JAN),
    files=HOME_HELVETIA.files,
    upload=UPLOAD,
    talks=HOME_HELVETIA.talks,
)
