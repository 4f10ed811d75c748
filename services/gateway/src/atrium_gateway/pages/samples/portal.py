"""The customer's pages: the story of the demo at Bluepeak and at Helvetia."""

from datetime import UTC, date, datetime
from typing import Any

from atrium_gateway.pages.presenting.entry import CodeStep, EmailStep, LinkStep
from atrium_gateway.pages.presenting.home import HomePage
from atrium_gateway.pages.presenting.page import Looking
from atrium_gateway.pages.presenting.shapes import (
    Ask,
    Clock,
    FileLine,
    Form,
    Health,
    ProjectLine,
    RequestLine,
    StatusUpdate,
    TalkLine,
    Verb,
    Waiting,
)
from atrium_gateway.pages.samples.house import ANNA, JAN, MAYA, NORA, RETO, TODAY, TOM, days
from atrium_gateway.pages.samples.paper import sheets

LOOKING = Looking(MAYA, (TOM,), "en", "/", "/customers/b")
LOOKING_DE = Looking(RETO, (ANNA,), "de", "/", "/customers/h")

FORM = Form("/act", "2f1c2d5e-0000-4000-8000-000000000001", 7)

HOME = HomePage(
    mine=(
        Ask(
            "Alarm philosophy, version 3",
            "/items/1",
            Verb("sign_off"),
            due=TODAY,
            why="Nordwind configures the alarm limits once you sign off. Tom has approved this version; both of his"
            " comments are in it.",
            asked_by=JAN,
            asked_at=days(2),
            version=3,
            first_page=sheets(1, {})[0],
            delegate_url="/items/1#delegate",
        ),
        Ask(
            "Screen layout for the Ardal control desk",
            "/items/2",
            Verb("review"),
            "Control room migration",
            date(2026, 11, 20),
        ),
        Ask(
            "Network drawings for the Glen Mor site",
            "/items/3",
            Verb("upload"),
            "Hydro site telemetry · 1 of 4 files received",
            date(2026, 11, 23),
        ),
        Ask(
            "Agree a date for the failover test",
            "/items/4",
            Verb("sync"),
            "3 proposed times, 45 minutes",
            date(2026, 11, 25),
        ),
    ),
    colleagues=(
        Ask("the operator training on 3 December", "/items/5", Verb("confirm"), due=date(2026, 11, 27), person=TOM),
    ),
    waiting=(
        Waiting(
            "Historian export drops milliseconds",
            "/items/6",
            "provider",
            "Your request of 16 Nov · fix in test",
            JAN,
            date(2026, 11, 20),
        ),
        Waiting(
            "Configure alarm limits for 12 stations",
            "/items/7",
            "provider",
            "Starts after your sign-off",
            JAN,
            after="5 days after",
        ),
        Waiting(
            "Operator training schedule",
            "/items/8",
            "provider",
            "Control room migration · in progress",
            NORA,
            date(2026, 11, 27),
        ),
    ),
    talks=(
        TalkLine(
            "Alarm philosophy", "/threads/1", "shared", days(0.007), JAN, "Priority 2 now clears after 30 seconds.", 1
        ),
        TalkLine("Ardal control desk", "/threads/2", "shared", days(2), TOM, "Fine for the control room from my side."),
        TalkLine("Failover test", "/threads/3", "shared", days(3), NORA, "Three dates are in the item."),
    ),
    requests=(
        RequestLine("A-41", "Historian export drops milliseconds", "/requests/1", "provider", clock=Clock(24)),
        RequestLine(
            "A-38", "Firmware for station 7", "/requests/2", "third_party", clock=Clock(48), third_party="Voltar"
        ),
        RequestLine("A-35", "Second screen for the shift desk", "/requests/3", "nobody", done_at=days(7)),
    ),
    projects=(
        ProjectLine("Control room migration", "/projects/1", Health("on_track"), 3, 7, "alarm set", date(2026, 12, 4)),
        ProjectLine("Hydro site telemetry", "/projects/2", Health("attention"), 1, 5, "drawings", date(2026, 11, 23)),
    ),
    files=(
        FileLine("Alarm philosophy", "/files/1", "pdf", 3, verb=Verb("sign_off")),
        FileLine("Ardal desk layout", "/files/2", "png", 2, by=JAN, at=days(1)),
        FileLine("Failover test plan", "/files/3", "pdf", 4, "Signed off · 12 Nov"),
    ),
    update=StatusUpdate(
        NORA,
        days(2),
        "All twelve stations answer in the test network. The alarm limits are the one thing on the critical path;"
        " your sign-off unlocks them.",
        datetime(2026, 11, 26, 13, 0, tzinfo=UTC),
        "/reports/1",
    ),
    changes=17,
    changes_since=days(7),
)

HOME_HELVETIA = HomePage(
    mine=(
        Ask(
            "Etikettenlayout Bio-Linie, Version 3",
            "/items/1",
            Verb("sign_off"),
            due=TODAY,
            why="Nordwind druckt nach Ihrer Freigabe die Testetiketten für Linie 2. Der Hinweis von Reto Brunner zur"
            " Nährwerttabelle ist eingearbeitet.",
            asked_by=JAN,
            asked_at=days(2),
            version=3,
        ),
        Ask(
            "Welche Chargennummer gilt bei Mischpaletten?",
            "/items/2",
            Verb("answer"),
            "MES-Rollout Thun",
            date(2026, 11, 20),
        ),
        Ask("Artikelstammdaten 4. Quartal", "/items/3", Verb("upload"), "2 von 3 Dateien", date(2026, 11, 23)),
        Ask(
            "Termin für den Testlauf auf Linie 2",
            "/items/4",
            Verb("sync"),
            "3 Vorschläge, 30 Minuten",
            date(2026, 11, 25),
        ),
        Ask(
            "Schulung Schichtleitung am 3. Dezember",
            "/items/5",
            Verb("confirm"),
            "MES-Rollout Thun",
            date(2026, 11, 27),
        ),
    ),
    waiting=(
        Waiting(
            "Waagenanbindung liefert doppelte Buchungen",
            "/items/6",
            "provider",
            "Ihre Anfrage vom 17. Nov. · in Analyse",
            JAN,
            date(2026, 11, 24),
        ),
        Waiting(
            "Testetiketten für Linie 2 drucken",
            "/items/7",
            "provider",
            "Beginnt nach Ihrer Freigabe",
            JAN,
            after="1 Tag danach",
        ),
        Waiting(
            "Schulungsunterlagen auf Deutsch",
            "/items/8",
            "provider",
            "MES-Rollout Thun · in Arbeit",
            NORA,
            date(2026, 11, 30),
        ),
    ),
    talks=(
        TalkLine("Waagenanbindung", "/threads/1", "shared", days(0.007), JAN, "Waage 4 sendet nur noch einen Satz.", 1),
        TalkLine("Etikettenlayout Bio-Linie", "/threads/2", "shared", days(1), RETO, "Nährwerte stimmen jetzt."),
    ),
    requests=(
        RequestLine("A-41", "Waagenanbindung doppelte Buchungen", "/requests/1", "provider", clock=Clock(16)),
        RequestLine("A-38", "Chargennummer bei Mischpaletten", "/requests/2", "customer", clock=Clock(8)),
        RequestLine("A-35", "Drucker Halle B einrichten", "/requests/3", "nobody", done_at=days(3)),
    ),
    projects=(
        ProjectLine("MES-Rollout Thun", "/projects/3", Health("on_track"), 3, 6, "Testlauf", date(2026, 12, 2)),
        ProjectLine(
            "Rückverfolgbarkeit Frischprodukte",
            "/projects/4",
            Health("attention"),
            1,
            4,
            "Stammdaten",
            date(2026, 11, 23),
        ),
    ),
    files=(FileLine("Etikettenlayout Bio-Linie", "/files/1", "pdf", 3, verb=Verb("sign_off")),),
    changes=11,
    changes_since=days(3),
)

EMAIL = EmailStep(FORM)
CODE = CodeStep(FORM, FORM, "maya.singh@bluepeak.example", "m••••@bluepeak.example", days(0))
CODE_WRONG = CodeStep(
    Form("/sign-in/code", "k", values={"code": "407153"}),
    FORM,
    "a",
    "m••••@bluepeak.example",
    days(0),
    state="wrong",
    tries_left=3,
)
LINK = LinkStep(FORM, ANNA, "a••••@helvetia.example", days(0.003), days(-0.02), FORM, "anna.keller@helvetia.example")
LINK_EXPIRED = LinkStep(
    FORM, None, "a••••@helvetia.example", state="expired", purpose="Etikettenlayout Bio-Linie, Version 3"
)
SIGNED_OUT: dict[str, Any] = {"reader": None, "counts": {}}
PEOPLE = (MAYA, TOM, NORA, JAN)
