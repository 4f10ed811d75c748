"""What `/_components` shows: every component with data in its states, in both languages, for each demo house."""

from dataclasses import dataclass, replace
from datetime import date

from atrium_gateway.pages.presenting.compare import ComparePage
from atrium_gateway.pages.presenting.files import FileVersion
from atrium_gateway.pages.presenting.item import Act, Step
from atrium_gateway.pages.presenting.others import Member
from atrium_gateway.pages.presenting.page import Page, Toast
from atrium_gateway.pages.presenting.report import Bar, BarFigure, KeyFigure, LineFigure, Point
from atrium_gateway.pages.presenting.shapes import (
    Ask,
    Change,
    Choice,
    Clock,
    FieldError,
    Form,
    Person,
    Stale,
    StatusUpdate,
    Verb,
    Waiting,
)
from atrium_gateway.pages.presenting.thread import Message, Thread
from atrium_gateway.pages.presenting.viewing import NewPoint, Viewer
from atrium_gateway.pages.pseudo import PSEUDO, longer
from atrium_gateway.pages.samples import told
from atrium_gateway.pages.samples.house import ANNA, CUSTOMERS, HOUSES, JAN, MAYA, NORA, RETO, TODAY, TOM, days, page
from atrium_gateway.pages.samples.longer import in_pseudo
from atrium_gateway.pages.samples.portal import FORM, HOME, HOME_HELVETIA
from atrium_gateway.pages.samples.told import Told
from atrium_gateway.pages.samples.work import COMPOSER, HASH, UPLOAD

ADDRESS = "/_components"
KEYS = ("review", "confirm", "sign_off", "answer", "upload", "sync")
CLOCKS = (Clock(8, 24), Clock(16, 24), Clock(48, 40), Clock(3), Clock(3, 24, True))
DATES = (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 4))


@dataclass(frozen=True)
class Components:
    """Every component's data. `us` are the reader and a colleague, `them` two people of the other side."""

    told: Told
    us: tuple[Person, Person]
    them: tuple[Person, Person]
    asks: tuple[Ask, ...]
    waiting: tuple[Waiting, ...]
    update: StatusUpdate
    clocks: tuple[Clock, ...] = CLOCKS
    dates: tuple[date, ...] = DATES
    upload: Form = UPLOAD

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """The six, and one that a workflow invented."""
        return (*(Verb(key) for key in KEYS), Verb("inspect", self.told("Inspect", "Begutachten")))

    @property
    def houses(self) -> tuple[tuple[str, str], ...]:
        return tuple((slug, house.short_name) for slug, house in HOUSES.items())

    @property
    def people(self) -> tuple[Person, ...]:
        return (*self.us, *self.them)

    @property
    def change(self) -> Change:
        return Change("", self.told("after 60 s", "nach 60 s"), self.told("after 30 s", "nach 30 s"))

    @property
    def toast(self) -> Toast:
        return Toast(self.told("Training on 3 December confirmed", "Schulung am 3. Dezember bestätigt"), undo_url="/")

    @property
    def colleague(self) -> Ask:
        title = self.told("the operator training on 3 December", "die Schulung am 3. Dezember")
        return Ask(title, "/items/5", Verb("confirm"), due=date(2026, 11, 27), person=self.us[1])

    @property
    def steps(self) -> tuple[Step, ...]:
        t = self.told
        return (
            Step(t("Draft", "Entwurf"), "done", self.them[1], days(3)),
            Step(t("Technical review", "Fachprüfung"), "done", self.us[1], days(2)),
            Step(t("Sign-off", "Freigabe"), "now", self.us[0], due=TODAY),
            Step(t("Released", "Gültig"), "later"),
        )

    @property
    def acts(self) -> tuple[Act, ...]:
        t, colleague, theirs = self.told, self.us[1], self.them[1]
        return (
            Act(days(1.8), t(f"{colleague.name} approved", f"{colleague.name} hat zugestimmt"), colleague, version=3),
            Act(
                days(2.01),
                t(f"{theirs.name} uploaded version 3", f"{theirs.name} hat Version 3 hochgeladen"),
                theirs,
                t("Both points of the review are in it.", "Beide Punkte der Prüfung sind eingearbeitet."),
                3,
            ),
            Act(days(4), t("The due date moved to today", "Die Frist ist jetzt heute")),
        )

    @property
    def versions(self) -> tuple[FileVersion, ...]:
        t, theirs = self.told, self.them[1]
        return (
            FileVersion(4, "checking", "", 2_500_000, theirs, days(0.01)),
            FileVersion(
                3,
                "current",
                HASH,
                2_400_000,
                theirs,
                days(2),
                t("All twelve stations.", "Alle zwölf Stationen."),
                download_url="/d",
            ),
            FileVersion(
                2,
                "superseded",
                "61d8" + "0" * 56 + "07bc",
                2_200_000,
                theirs,
                days(34),
                approved_by=self.us[0],
                approved_at=days(30),
                superseded_by=3,
                download_url="/d",
                restore=FORM,
            ),
            FileVersion(1, "rejected", "", 900_000, theirs, days(45)),
        )

    @property
    def viewer(self) -> Viewer:
        return told.viewer(self.told)

    @property
    def new_point(self) -> NewPoint:
        return told.new_point(self.told, self.people)

    @property
    def compared(self) -> ComparePage:
        return told.compared(self.told, self.shared.title, self.versions[1:3])

    def _thread(self, audience: str, readers: tuple[Person, ...], *said: tuple[Person, str]) -> Thread:
        messages = tuple(
            Message(f"{audience}-{place}", days(0.03 - place / 100), text, by, unread=place == len(said) - 1)
            for place, (by, text) in enumerate(said)
        )
        title = self.told("Alarm philosophy", "Alarmkonzept")
        return Thread(audience, title, audience, readers, messages, COMPOSER)  # type: ignore[arg-type]

    @property
    def shared(self) -> Thread:
        t, (reader, colleague), (lead, engineer) = self.told, self.us, self.them
        thread = self._thread(
            "shared",
            self.people,
            (colleague, t("Fine from my side.", "Von mir aus in Ordnung.")),
            (reader, t("Is the limit in the simulator?", "Ist der Grenzwert im Simulator?")),
            (engineer, t("Yes, there and in the test network.", "Ja, dort und im Testnetz.")),
        )
        begin = Message("begin", days(0.2), t("Sign-off asked of you", "Sie wurden um die Freigabe gebeten"))
        quoted = replace(
            thread.messages[0],
            id="quoted",
            by=lead,
            text=t("Version 3 has all limits.", "Version 3 hat alle Grenzwerte."),
            reference=t("Alarm philosophy, version 3", "Alarmkonzept, Version 3"),
            reference_url="/files/1",
        )
        return replace(thread, messages=(quoted, begin, *thread.messages), earlier=4, earlier_url="/threads/1")

    @property
    def private(self) -> Thread:
        words = self.told("Would you still hold it back?", "Würden Sie noch warten?")
        return self._thread("private", self.us, (self.us[1], words))

    @property
    def internal(self) -> Thread:
        words = self.told("Nobody checked it against the order.", "Niemand hat es mit dem Auftrag verglichen.")
        return self._thread("internal", self.us, (self.us[1], words))

    @property
    def wrong(self) -> Form:
        t = self.told
        errors = (
            FieldError("title", t("Name the matter in one sentence.", "Nennen Sie die Sache in einem Satz.")),
            FieldError("kind", t("Choose one.", "Wählen Sie eines.")),
        )
        return Form("/", "k", values={"text": t("Since this morning.", "Seit heute Morgen.")}, errors=errors)

    @property
    def typed(self) -> Form:
        words = self.told("Station 9, second screen", "Station 9, zweites Bild")
        return Form("/", "k", values=dict.fromkeys(("typed", "typedhover", "typedfocus"), words))

    @property
    def choices(self) -> tuple[Choice, ...]:
        t = self.told
        return (
            Choice("a", t("Stands still", "Steht still"), t("answer today", "Antwort heute")),
            Choice("b", t("Hinders us", "Behindert uns"), t("answer tomorrow", "Antwort morgen")),
            Choice("c", t("Can wait", "Kann warten"), t("within a week", "innert einer Woche")),
        )

    @property
    def late(self) -> Stale:
        mine, theirs = (
            self.told("Wed 2 Dec, 8:00", "Mi, 2. Dez., 8:00"),
            self.told("Wed 2 Dec, 13:00", "Mi, 2. Dez., 13:00"),
        )
        return Stale((Change(self.told("Trial run", "Testlauf"), mine, theirs),), self.them[1], days(0.01))

    @property
    def members(self) -> tuple[Member, ...]:
        return (
            Member(self.us[0], "someone@company.example", "", days(0.01)),
            Member(self.us[1], "another@company.example", "", days(2), FORM),
        )

    @property
    def keys(self) -> tuple[KeyFigure, ...]:
        t = self.told
        return (
            KeyFigure(t("Milestones reached", "Meilensteine erreicht"), "3", "7"),
            KeyFigure(
                t("Open decisions", "Offene Entscheidungen"),
                "5",
                delta=t("1 new", "1 neu"),
                remark=t("one today", "eine heute"),
            ),
            KeyFigure(t("Bookings without error", "Buchungen ohne Fehler"), "98.6", unit="%"),
        )

    @property
    def line(self) -> LineFigure:
        points = tuple(Point(date(2026, 8 + n // 4, 1 + n % 4 * 7), n * 1.1, n * 1.2) for n in range(14))
        finding = self.told("One ahead of the plan.", "Eine Stelle vor Plan.")
        title = self.told("Converted workplaces", "Umgestellte Arbeitsplätze")
        return LineFigure("line", title, finding, points, discuss_url="/", messages=3)

    @property
    def bars(self) -> BarFigure:
        t = self.told
        bars = (Bar("A", 5.2, 2.0), Bar("B", 3.2, 1.9), Bar("C", 2.4, 1.3))
        finding = t("Days per item, on average.", "Tage je Vorgang, im Mittel.")
        return BarFigure(
            "bars",
            t("Waiting by side", "Wartezeit je Seite"),
            finding,
            bars,
            series=(t("you", "Sie"), t("they", "die andere Seite")),
        )


def style_page(house: str, language: str, theme: str) -> Page:
    """The page around the components, with everything it loads at its own address."""
    shown = page(house, ADDRESS, "home", language=language, theme=theme)
    if language == PSEUDO:
        shown = in_pseudo(shown)
    marks = tuple(replace(one, mark_url=f"{ADDRESS}/{one.slug}.svg") for one in CUSTOMERS)
    return replace(
        shown,
        house=replace(shown.house, theme_url=f"{ADDRESS}/{house}.css", mark_url=f"{ADDRESS}/{house}.svg"),
        query={"brand": house, "language": language, "theme": theme},
        customers=marks if shown.customers else (),
    )


def components(house: str, language: str) -> Components:
    """The components as that house's first reader sees them."""
    us = {"bluepeak": (MAYA, TOM), "helvetia": (ANNA, RETO), "nordwind": (NORA, JAN)}[house]
    them = (MAYA, TOM) if house == "nordwind" else (NORA, JAN)
    german = language == "de"

    def say(english: str, swiss: str) -> str:
        return swiss if german else longer(english) if language == PSEUDO else english

    home = HOME_HELVETIA if german else HOME
    why = say("The limits are set once you sign off.", "Nach Ihrer Freigabe werden die Grenzwerte gesetzt.")
    first = replace(home.mine[0], asked_by=them[1], why=why, first_page=None, delegate_url="/items/1")
    update = StatusUpdate(
        them[0], days(2), say("All twelve stations answer.", "Alle zwölf Stationen antworten."), days(-7), "/reports/1"
    )
    return Components(say, us, them, (first, *home.mine[1:]), home.waiting, update)
