"""What composing knows about the reader and the moment, and the small steps from JSON to shapes that pages share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from atrium_gateway.branding.terms import Term, Words, term
from atrium_gateway.dates import long_date
from atrium_gateway.pages.presenting.shapes import Clock, Person, Verb

Json = Mapping[str, Any]

WORKDAY = (time(9), time(17))
HOURS_A_DAY = 8.0
SATURDAY = 5


@dataclass(frozen=True)
class Scene:
    """One reader at one moment. `person` finds the face behind an id; None for nobody and for the unknown."""

    reader: str
    side: str
    role: str
    language: str
    now: datetime
    time_zone: str
    person: Callable[[Any], Person | None]
    words: NullTranslations
    own: Words = field(default_factory=dict)
    """The house's own words, in the reader's language."""
    calendar: str = ""
    """The zone in which a customer's house counts days and waiting; in the workspace it is the reader's own."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.calendar or self.time_zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def decides(self) -> bool:
        """Readers see everything and decide nothing."""
        return self.role != "reader"

    def _(self, text: str) -> str:
        return self.words.gettext(text)

    def term(self, word: str) -> Term:
        return term(self.own, self.language, word)

    def persons(self, identifiers: Iterable[Any] | None) -> tuple[Person, ...]:
        return tuple(person for one in identifiers or () if (person := self.person(one)) is not None)

    def named(self, names: Mapping[str, str] | None) -> str:
        """A name that is data, in the reader's language, else in any."""
        if not names:
            return ""
        return names.get(self.language) or names.get("en") or next(iter(names.values()), "")

    def name(self, identifier: Any) -> str:
        """How a sentence calls someone: the reader is `You`."""
        if str(identifier) == self.reader:
            return self._("You")
        person = self.person(identifier)
        return person.name if person else self._("Someone")


def moment(value: str | None) -> datetime | None:
    """A time as services write it."""
    return datetime.fromisoformat(value) if value else None


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def typed_day(scene: Scene, value: str) -> str:
    """A day out of a form as the reader writes it; what is no day stays as it was typed."""
    try:
        return long_date(scene.language, date.fromisoformat(value))
    except ValueError:
        return value


def newest(value: str | None) -> datetime:
    """For sorting: what has no time comes last."""
    return moment(value) or datetime.min.replace(tzinfo=UTC)


def verb(row: Json) -> Verb | None:
    return Verb(row["verb"]) if row.get("verb") else None


def working_hours(since: datetime, until: datetime, zone: ZoneInfo) -> float:
    """Hours between two moments within Monday to Friday, nine to five."""
    start, end = since.astimezone(zone), until.astimezone(zone)
    hours, current = 0.0, start.date()
    while current <= end.date():
        if current.weekday() < SATURDAY:
            opens, closes = (datetime.combine(current, edge, zone) for edge in WORKDAY)
            hours += max(0.0, (min(end, closes) - max(start, opens)).total_seconds() / 3600)
        current += timedelta(days=1)
    return hours


def clock(scene: Scene, row: Json) -> Clock | None:
    """How long whoever has the turn has had it."""
    since = moment(row.get("turn_since"))
    if since is None or row.get("turn") == "nobody":
        return None
    agreed = row.get("agreed_days")
    hours = working_hours(since, scene.now, scene.zone)
    return Clock(hours, agreed * HOURS_A_DAY if agreed else None, paused=row["turn"] == "third_party")


def extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def stem(name: str) -> str:
    """A file's name as people say it, without its extension."""
    before, dot, _ = name.rpartition(".")
    return before if dot and before else name
