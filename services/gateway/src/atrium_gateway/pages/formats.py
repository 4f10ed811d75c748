"""Dates, numbers and names in the reader's words: British English, Swiss German. Pure functions; templates call them
through the filters of `rendering`."""

from datetime import date, datetime, timedelta
from gettext import NullTranslations
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from atrium_gateway import dates
from atrium_gateway.dates import LOCALES
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.presenting.shapes import Person

NARROW_SPACE = "\u202f"
WORKING_HOURS_A_DAY = 8.0
SIZES = ("B", "kB", "MB", "GB", "TB")


class Zoned(Protocol):
    """What has a clock of its own: a page, a scene."""

    @property
    def zone(self) -> ZoneInfo: ...


class Words:
    """The formats of one language; `translations` carry the few words in them."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language if language in LOCALES else "en"
        self.locale = LOCALES[self.language]
        self._ = translations.gettext
        self._n = translations.ngettext

    def day(self, page: Page, moment: date | datetime) -> str:
        """`today`, `tomorrow`, `yesterday`, else `Thu 19 Nov` / `Do, 19. Nov.`"""
        day = _local_day(page, moment)
        return self._near(page, day) or self.weekday_date(page, day)

    def whole_day(self, page: Page, moment: date | datetime) -> str:
        """`Today`, `Yesterday`, else `Monday, 16 November`, with the year when it is another one: for a line between
        days."""
        day = _local_day(page, moment)
        is_other_year = day.year != page.now.astimezone(page.zone).year
        return capitalised(self._near(page, day)) or dates.whole_day(self.language, day, year=is_other_year)

    def _near(self, page: Page, day: date) -> str:
        away = (day - page.now.astimezone(page.zone).date()).days
        return {0: self._("today"), 1: self._("tomorrow"), -1: self._("yesterday")}.get(away, "")

    def weekday_date(self, page: Page, moment: date | datetime) -> str:
        """`Thu 19 Nov`, with the year when it is another one."""
        day = _local_day(page, moment)
        if day.year != page.now.astimezone(page.zone).year:
            return dates.dated(self.language, day)
        return dates.weekday_date(self.language, day)

    def short_date(self, page: Zoned, moment: date | datetime) -> str:
        """`19 Nov` / `19. Nov.`"""
        return dates.short_date(self.language, _local_day(page, moment))

    def long_date(self, page: Zoned, moment: date | datetime) -> str:
        """`19 November 2026`, for documents."""
        return dates.long_date(self.language, _local_day(page, moment))

    def month(self, page: Page, moment: date | datetime) -> str:
        return dates.month(self.language, _local_day(page, moment))

    def clock(self, page: Zoned, moment: datetime) -> str:
        """`10:42` / `10:42 Uhr`"""
        text = f"{moment.astimezone(page.zone):%H:%M}"
        return f"{text} Uhr" if self.language == "de" else text

    def seconds(self, page: Zoned, moment: datetime) -> str:
        """`10:42:07`: the trail tells what came first."""
        return f"{moment.astimezone(page.zone):%H:%M:%S}"

    def ago(self, page: Page, moment: datetime) -> str:
        """For rows: the time today, then the weekday within six days, then the date."""
        day, today = _local_day(page, moment), page.now.astimezone(page.zone).date()
        if day == today:
            return f"{moment.astimezone(page.zone):%H:%M}"
        if day == today - timedelta(days=1):
            return self._("yesterday")
        if timedelta(0) < today - day < timedelta(days=6):
            return dates.weekday(self.language, day)
        return self.short_date(page, day)

    def at(self, page: Page, moment: datetime) -> str:
        """For histories: `Tue 17 Nov, 15:40`, `today, 10:31`."""
        return f"{self.day(page, moment)}, {self.clock(page, moment)}"

    def number(self, value: float, digits: int = 1) -> str:
        """`12,480.5` / `12’480.5`"""
        pattern = "#,##0" if float(value).is_integer() else "#,##0." + "#" * digits
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def percent(self, share: float) -> str:
        """0.87 → `87 %` with a narrow space."""
        return f"{self.number(round(share * 100, 1))}{NARROW_SPACE}%"

    def size(self, octets: int) -> str:
        """`4.6 MB`"""
        value, unit = float(octets), 0
        while value >= 1000 and unit < len(SIZES) - 1:
            value, unit = value / 1000, unit + 1
        return f"{self.number(round(value, 1 if value < 100 else 0))} {SIZES[unit]}"

    def waited(self, hours: float) -> str:
        """Working time: `40 min`, `6 hours`, `2 days`, a half day where it matters."""
        if hours < 1:
            return self._("%(n)s min") % {"n": max(1, round(hours * 60))}
        if hours < WORKING_HOURS_A_DAY:
            whole = round(hours)
            return self._n("%(n)s hour", "%(n)s hours", whole) % {"n": whole}
        days = round(hours / WORKING_HOURS_A_DAY * 2) / 2
        return self._n("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": self.number(days)}

    def days(self, hours: float) -> str:
        """An agreement, always in days: `of 3 days` takes this."""
        days = hours / WORKING_HOURS_A_DAY
        return self._n("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": self.number(round(days, 1))}

    def count(self, value: int) -> str:
        """Numbers up to twelve in words within sentences."""
        names = self._("none,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve").split(",")
        return names[value] if 0 <= value < len(names) else self.number(value)

    def called(self, person: Person) -> str:
        """How a colleague is named in a sentence: first name in English, full name in German."""
        return person.name if self.language == "de" else person.given

    def addressed(self, person: Person) -> str:
        """How the reader is greeted: `Maya`, `Frau Keller`, else the full name."""
        if self.language != "de":
            return person.given
        return f"{person.salutation} {person.family}" if person.salutation else person.name

    def joined(self, names: list[str]) -> str:
        """`Nora, Jan and Tom`"""
        if len(names) < 2:
            return "".join(names)
        return self._("%(list)s and %(last)s") % {"list": ", ".join(names[:-1]), "last": names[-1]}


def _local_day(page: Zoned, moment: date | datetime) -> date:
    return moment.astimezone(page.zone).date() if isinstance(moment, datetime) else moment


def short_hash(sha256: str) -> str:
    """First and last four digits, the same everywhere."""
    return f"{sha256[:4]}…{sha256[-4:]}" if sha256 else ""


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_urgent(page: Page, due: date | None) -> bool:
    """Today or over, by the days of the house."""
    return due is not None and due <= page.today
