"""The story's calendar: every date is counted in working days from today, in texts too."""

import re
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date

#: A date in a text: `{+10}` as «3 December», `{+48:month}` as «January», `{-3:weekday}` as «Monday».
DATE = re.compile(r"\{([+-]\d+)(:month|:weekday)?\}")
DAY_PATTERNS = {"en": "d MMMM", "de": "d. MMMM"}
PATTERNS = {":month": "MMMM", ":weekday": "EEEE"}

#: When something happened: working days from today, and what the clock said at the customer's. Day 0 is just now.
When = tuple[int, str]
NOW: When = (0, "")
#: Whatever has no time of its own happened between these; its steps on one day follow each other.
MORNING, MINUTES, BETWEEN_STEPS = 8 * 60 + 40, 240, 70

Told = TypeVar("Told")


def workday(offset: int, today: date | None = None) -> date:
    """The working day that many working days from today; today itself where it is one."""
    day, left = today or datetime.now(UTC).date(), abs(offset)
    step = timedelta(days=1 if offset >= 0 else -1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    while left:
        day += step
        left -= day.weekday() < 5
    return day


def moment(when: When, zone: str, today: date | None = None) -> datetime | None:
    """The past moment; None for just now."""
    day, clock = when
    if day == 0:
        return None
    return datetime.combine(workday(day, today), time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


def in_office(day: int, name: str, step: int = 0) -> When:
    """A time of that day in office hours, the same for a name whenever the story is told."""
    minutes = MORNING + zlib.crc32(name.encode()) % MINUTES + step * BETWEEN_STEPS
    return (day, f"{minutes // 60:02}:{minutes % 60:02}")


def dated_text(text: str, language: str, today: date | None = None) -> str:
    """The text with its dates in words of the language."""

    def in_words(found: re.Match[str]) -> str:
        pattern = PATTERNS.get(found[2], DAY_PATTERNS[language])
        return format_date(workday(int(found[1]), today), pattern, locale=language)

    return DATE.sub(in_words, text)


def dated(told: Told, language: str, today: date | None = None) -> Told:
    """A part of the story, however deep, with the dates of all its texts."""
    return cast(Told, _map_texts(told, lambda text: dated_text(text, language, today)))


def _map_texts(part: object, change: Callable[[str], str]) -> object:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        return tuple(_map_texts(each, change) for each in part)
    if isinstance(part, dict):
        return {key: _map_texts(value, change) for key, value in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _map_texts(getattr(part, each.name), change) for each in fields(part)})
    return part
