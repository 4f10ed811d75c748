"""Files, conversations, requests and the thin pages of the story."""

from dataclasses import replace
from datetime import date

from atrium_gateway.pages.presenting.files import FileGroup, FilesPage
from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.others import (
    ActPage,
    CatchUpPage,
    ErrorPage,
    Invitation,
    Member,
    Newcomer,
    NewsLine,
    PeoplePage,
    ProjectNews,
    SessionLine,
    SettingsPage,
)
from atrium_gateway.pages.presenting.requests import RequestAct, RequestPage, RequestsPage
from atrium_gateway.pages.presenting.shapes import (
    Change,
    Choice,
    Clock,
    FieldError,
    FileLine,
    Form,
    Health,
    RequestLine,
    TalkLine,
    Verb,
    Waits,
)
from atrium_gateway.pages.presenting.thread import ThreadsPage
from atrium_gateway.pages.samples.house import ANNA, JAN, MAYA, NORA, RETO, TOM, days
from atrium_gateway.pages.samples.portal import FORM, HOME
from atrium_gateway.pages.samples.work import DECISION, PRIVATE_THREAD, SHARED_THREAD, UPLOAD

FILES = FilesPage((FileGroup("Control room migration", "/projects/1", HOME.files, UPLOAD),))

TALKS = (
    TalkLine("Alarm philosophy", "/threads/2", "private", days(0.004), TOM, "Then so would I.", 1),
    TalkLine(
        "Alarm philosophy", "/threads/1", "shared", days(0.007), JAN, "Priority 2 now clears after 30 seconds.", 1
    ),
    TalkLine("Ardal control desk", "/threads/3", "shared", days(2), TOM, "Fine for the control room from my side."),
    TalkLine("Failover test", "/threads/4", "shared", days(3), NORA, "Three dates are in the item."),
    TalkLine("Shift rota in December", "/threads/5", "private", days(6), MAYA, "Nights with two people, please."),
)
THREADS = ThreadsPage(TALKS, "", 2, SHARED_THREAD, PRIVATE_THREAD, HOME.mine[0])

REQUESTS = RequestsPage(
    (
        RequestLine(
            "A-38",
            "Chargennummer bei Mischpaletten",
            "/requests/1",
            "customer",
            kind="Frage",
            project="MES-Rollout Thun",
            clock=Clock(8, 16),
            verb=Verb("answer"),
            due=date(2026, 11, 20),
            asked_by=NORA,
            question="Welche Chargennummer gilt bei Mischpaletten: die der ältesten Ware oder eine eigene?"
            " Davon hängt der Aufdruck auf Linie 2 ab.",
            waits=Waits(8, 4),
        ),
    ),
    (
        RequestLine(
            "A-41",
            "Waagenanbindung liefert doppelte Buchungen",
            "/requests/2",
            "provider",
            "In Analyse",
            "ok",
            "Fehler",
            "MES-Rollout Thun",
            ANNA,
            JAN,
            Clock(16, 24),
            at=days(0.2),
        ),
        RequestLine(
            "A-42",
            "Rückmeldung aus SAP fehlt nach Mitternacht",
            "/requests/3",
            "provider",
            "Neu",
            "",
            "Fehler",
            "MES-Rollout Thun",
            RETO,
            NORA,
            Clock(0.7, 8),
            at=days(0.2),
        ),
        RequestLine(
            "A-33",
            "Rollenkonzept für die Schichtleitung",
            "/requests/4",
            "provider",
            "In Arbeit",
            "ok",
            "Frage",
            "MES-Rollout Thun",
            ANNA,
            JAN,
            Clock(48, 40),
        ),
    ),
    (
        RequestLine(
            "A-29",
            "Waage 4: Firmware für Netzprotokoll",
            "/requests/5",
            "third_party",
            "Wartet",
            "",
            "Fehler",
            "",
            None,
            JAN,
            Clock(64, paused=True),
            third_party="Waagenhersteller",
        ),
    ),
    (
        RequestLine(
            "A-35", "Drucker Halle B einrichten", "/requests/6", "nobody", "Passt", "ok", assigned=JAN, done_at=days(3)
        ),
    ),
    counts={"": 7, "customer": 1, "provider": 5, "third_party": 1, "nobody": 23},
    asked=1,
    answer_hours=5,
    promised_days=(1, 5),
    form=Form("/requests", "k", values={"title": "Etikettendrucker Linie 1 druckt versetzt"}),
    kinds=(
        Choice("fault", "Fehler"),
        Choice("question", "Frage"),
        Choice("wish", "Wunsch"),
        Choice("access", "Zugang"),
    ),
    projects=(Choice("3", "MES-Rollout Thun"), Choice("4", "Rückverfolgbarkeit Frischprodukte")),
    urgencies=(
        Choice("stopped", "Der Betrieb steht", "Antwort in 1 Stunde"),
        Choice("hindered", "Es behindert die Arbeit", "bis morgen, 10:42"),
        Choice("time", "Es hat Zeit", "bis Di, 24. Nov."),
    ),
    readers=(ANNA, RETO, NORA, JAN),
    upload=Form("", "k", values={"project": "3"}),
)
REQUESTS_FOUND = replace(
    REQUESTS,
    mine=(),
    provider=REQUESTS.provider[:1],
    third_party=(),
    done=(),
    q="buchung",
    counts={"": 1, "provider": 1},
)
REQUESTS_NOT_FOUND = replace(REQUESTS_FOUND, provider=(), q="Strichcode", counts={"": 0})
REQUESTS_WRONG = RequestsPage(
    counts={"": 0, "customer": 0, "provider": 0, "third_party": 0, "nobody": 0},
    form=Form(
        "/requests",
        "k",
        errors=(FieldError("title", "Worum es geht: fehlt"), FieldError("text", "Beschreiben Sie es in einem Satz.")),
    ),
    kinds=REQUESTS.kinds,
    projects=REQUESTS.projects,
    urgencies=REQUESTS.urgencies,
    upload=REQUESTS.upload,
)
REQUEST = RequestPage(
    "1",
    "A-38",
    "Chargennummer bei Mischpaletten",
    "Welche Chargennummer drucken wir bei Mischpaletten?",
    "customer",
    "Rückfrage",
    kind="Frage",
    project="MES-Rollout Thun",
    project_id="3",
    by=ANNA,
    at=days(3),
    assigned=JAN,
    verb=Verb("answer"),
    due=date(2026, 11, 20),
    clock=Clock(8, 16),
    form=FORM,
    acts=(RequestAct("done", "Passt"), RequestAct("reopen", "Wieder öffnen")),
    thread=SHARED_THREAD,
    history=(Act(days(1), "Nora Lind fragte zurück", NORA),),
    files=(FileLine("Etikette Linie 1", "/files/5", "jpg", 1, by=ANNA, at=days(3), size=2_100_000),),
    upload=Form("/requests/1/files", "k", values={"project": "3", "request": "1"}),
)

CATCH_UP = CatchUpPage(
    days(7),
    HOME.mine[:3],
    (
        ProjectNews(
            "Control room migration",
            "/projects/1",
            Health("on_track"),
            (
                NewsLine(
                    "reached",
                    "Milestone reached: test network complete",
                    "/items/1",
                    days(3),
                    NORA,
                    "All twelve stations answer.",
                ),
                NewsLine(
                    "calendar",
                    "Date moved: failover test",
                    "/items/2",
                    days(3),
                    JAN,
                    change=Change("", "Thu 26 Nov", "week of 30 Nov"),
                ),
                NewsLine(
                    "thread", "Conversation on the alarm philosophy, 4 new messages", "/threads/1", days(0.1), JAN
                ),
            ),
            (NewsLine("files", "Ardal desk layout", "/files/2", days(4), JAN, "Version 2"),),
        ),
    ),
    HOME.update,
    FORM,
    3,
)
PEOPLE = PeoplePage(
    (
        Member(MAYA, "maya.singh@bluepeak.example", "Both", days(0)),
        Member(TOM, "tom.reed@bluepeak.example", "Both", days(1), FORM, has_token=True),
    ),
    (Member(NORA, "nora@nordwind.example"), Member(JAN, "jan@nordwind.example")),
    (
        Invitation("sam.fletcher@bluepeak.example", "member", MAYA, days(-5), FORM, FORM),
        Invitation("control.desk@bluepeak.example", "reader", NORA, days(3), FORM, FORM, ended=True),
    ),
    FORM,
    (
        Choice("owner", "Owner", "invites, signs off"),
        Choice("member", "Member", "reviews, answers"),
        Choice("reader", "Reader", "reads"),
    ),
    total=2,
)
SETTINGS = SettingsPage(
    Form("/settings", "k", 1, {"language": "en", "time_zone": "Europe/London"}),
    (Choice("en", "English"), Choice("de", "Deutsch")),
    (Choice("Europe/London", "London"), Choice("Europe/Zurich", "Zürich")),
    (Choice("", "As the system"), Choice("light", "Light"), Choice("dark", "Dark")),
    (Choice("on", "On"), Choice("off", "Off")),
    "maya.singh@bluepeak.example",
    (SessionLine("Firefox on Linux", days(0), True), SessionLine("Safari on iPhone", days(2), False, FORM)),
)
ACT = ActPage(
    FORM,
    MAYA,
    "m••••@bluepeak.example",
    "Alarm philosophy, version 3",
    Verb("sign_off"),
    "Control room migration",
    DECISION,
    "/items/1",
)
#: Whose link has lapsed, who has asked for a new one, and who comes after a colleague.
ACT_EXPIRED, ACT_SENT, ACT_DONE = (replace(ACT, state=state) for state in ("expired", "sent", "done"))
NEWCOMER = replace(
    CATCH_UP, newcomer=Newcomer(HOME.projects, (TOM,), (NORA, JAN)), decisions=HOME.mine[:1], projects=(), changes=0
)
NOT_HERE = ErrorPage(404, "not_found")
UNREACHABLE = ErrorPage(503, "unavailable", missing="Projects")
NOBODY = ErrorPage(421)
