"""A report: now, as of an earlier day, discussed, shared, as its link shows it."""

from dataclasses import replace
from datetime import date, timedelta

from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.report import (
    Bar,
    BarFigure,
    GuestGate,
    KeyFigure,
    LineFigure,
    Moment,
    OpenDecision,
    Opening,
    Point,
    ReportLine,
    ReportLink,
    ReportPage,
    ReportsPage,
    Visited,
)
from atrium_gateway.pages.presenting.shapes import Form, Verb
from atrium_gateway.pages.presenting.studio import Paper
from atrium_gateway.pages.samples.house import ANNA, TODAY, days
from atrium_gateway.pages.samples.portal import FORM
from atrium_gateway.pages.samples.work import SHARED_THREAD

STEPS = (0, 1, 2, 2, 4, 5, 6, 7, 8, 9, 9, 10, 10, 12, 14)
LINE = LineFigure(
    "progress",
    "Umgestellte Arbeitsplätze",
    "Einen Arbeitsplatz vor Plan. Die vier Waagenplätze der Linie 2 sind seit Montag umgestellt.",
    tuple(Point(TODAY - timedelta(weeks=14 - n), step, 22) for n, step in enumerate(STEPS)),
    discuss_url="/reports/1?figure=progress#figure-progress",
    changed="12. Nov.",
    visit=date(2026, 11, 12),
)
WAITING = BarFigure(
    "waiting_time",
    "Wartezeit je Seite",
    "Arbeitstage je Vorgang, Mittel. Bei Ihnen 2.4 statt 3.2 im Oktober.",
    (Bar("Aug", 5.2, 2.0), Bar("Sept", 4.1, 1.6), Bar("Okt", 3.2, 1.9), Bar("Nov", 2.4, 1.3)),
    series=("bei Helvetia", "bei Nordwind"),
    discuss_url="/reports/1?figure=waiting_time#figure-waiting_time",
    messages=3,
    changed="12. Nov.",
)
TURNS = BarFigure(
    "open_by_turn",
    "Offen nach Zug",
    "Vier Vorgänge liegen bei Ihnen.",
    (Bar("Helvetia", 4), Bar("Nordwind", 3), Bar("Dritte", 1)),
    discuss_url="/reports/1?figure=open_by_turn#figure-open_by_turn",
)
AXIS = (
    Moment("Beginn, 3. Aug.", "/reports/1?as_of=2026-08-03", "start"),
    Moment("31. Aug.", "/reports/1?as_of=2026-08-31"),
    Moment("30. Sept.", "/reports/1?as_of=2026-09-30"),
    Moment("31. Okt.", "/reports/1?as_of=2026-10-31"),
    Moment("Ihr letzter Besuch, 12. Nov.", "/reports/1?as_of=2026-11-12", "visit"),
    Moment("10:42 Uhr", "/reports/1", "now", True),
)
REPORTS = ReportsPage((ReportLine("Steering report", "/reports/1", "Control room migration", 2),))
REPORT = ReportPage(
    "1",
    "Bericht für den Lenkungsausschuss",
    "MES-Rollout Thun",
    "3",
    "Der Testlauf auf Linie 2 bleibt am 2. Dezember, wenn die Etiketten heute freigegeben werden.",
    key_figures=(
        KeyFigure("Meilensteine erreicht", "3", "6", delta="+1 seit 12. Nov.", remark="nächster 2. Dez."),
        KeyFigure("Arbeitsplätze umgestellt", "14", "22", delta="+4 seit 12. Nov.", remark="Plan 13"),
        KeyFigure("Offene Entscheidungen", "5", delta="+1 seit 12. Nov.", remark="1 heute fällig"),
        KeyFigure("Buchungen ohne Fehler", "98.6", unit="%", remark="unverändert seit 12. Nov."),
    ),
    lines=(LINE,),
    bars=(WAITING, TURNS),
    decisions=(
        OpenDecision("Etikettenlayout, Version 3", "customer", "/items/1", Verb("sign_off"), TODAY),
        OpenDecision(
            "Chargennummer Mischpalette", "customer", "/items/2", Verb("answer"), TODAY + timedelta(days=1), True
        ),
        OpenDecision("Nachtlauf der SAP-Rückmeldung", "provider", due=date(2026, 11, 24)),
    ),
    approvals=(Act(days(7), "Testplan Linie 2 freigegeben", ANNA, "Version 4"),),
    counted_items=18,
    exports=tuple((kind, f"/reports/1/export.{kind}") for kind in ("pdf", "xlsx", "csv")),
    may_share=True,
    axis=AXIS,
    visited=Visited("12. Nov.", 4, 7),
)
LINKS = (
    ReportLink(
        "1",
        "Verwaltungsrat, Sitzung vom 3. Dezember",
        "valid",
        days(-29),
        True,
        address="https://portal.helvetia.example/r/7fK2",
        password="divofa-lupena-4711",  # noqa: S106  # of nobody
        extend=FORM,
        renew=FORM,
        revoke=FORM,
    ),
    ReportLink(
        "2",
        "Steuerungsgruppe Thun",
        "valid",
        days(-8),
        True,
        12,
        days(0.1),
        (
            Opening("Firefox, Windows", "192.0.2.0/24", 9, days(0.1)),
            Opening("Safari, iPhone", "198.51.100.0/24", 2, days(1)),
            Opening("", "2001:db8:7::/48", 1, days(3)),
        ),
        extend=FORM,
        renew=FORM,
        revoke=FORM,
    ),
    ReportLink("3", "Messe Oktober", "revoked", openings=4, revoked_at=days(17)),
)
NEW_LINK = Form("/reports/1/links", "k", values={"password": "bavino-sumelo-2043"})
LIFETIMES = tuple((number, days(-number).date()) for number in (7, 30, 90))
PAST = (*(replace(one, current=one.kind == "visit") for one in AXIS),)
STATES = {
    "report-talk": replace(
        REPORT, discussed=SHARED_THREAD, discussed_key="waiting_time", discussed_title="Wartezeit je Seite"
    ),
    "report-share": replace(REPORT, links=LINKS, new_link=NEW_LINK, lifetimes=LIFETIMES),
    "report-past": replace(REPORT, as_of=days(7), axis=PAST, visited=None),
}
GUEST = replace(
    REPORT,
    axis=(),
    visited=None,
    may_share=False,
    lines=(replace(LINE, changed="", visit=None, discuss_url=""),),
    bars=tuple(replace(one, changed="", discuss_url="") for one in (WAITING, TURNS)),
)
GATE = GuestGate(FORM, "wrong")

DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'><path d='M20 29h170' stroke='%233a7620'/></svg>"
PAPER = Paper(f"data:image/svg+xml,{DRAWN}", REPORT.title)
