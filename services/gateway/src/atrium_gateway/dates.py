"""Dates in the words of each language, British English and Swiss German: the same on pages, in charts and in mails."""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

LOCALES = {"en": Locale("en", "GB"), "de": Locale("de", "CH")}


@lru_cache(maxsize=4096)  # a tenth of a page's time: a page names few days, and the same ones again and again
def _formatted(language: str, day: date, english: str, german: str) -> str:
    is_german = language == "de"
    return str(format_date(day, german if is_german else english, locale=LOCALES["de" if is_german else "en"]))


def weekday(language: str, day: date) -> str:
    """`Thu` / `Do`"""
    return _formatted(language, day, "EEE", "EEE").rstrip(".")


def short_date(language: str, day: date) -> str:
    """`19 Nov` / `19. Nov.`"""
    return _formatted(language, day, "d MMM", "d. MMM")


def weekday_date(language: str, day: date) -> str:
    """`Thu 19 Nov` / `Do, 19. Nov.`"""
    return f"{weekday(language, day)}{',' if language == 'de' else ''} {short_date(language, day)}"


def whole_day(language: str, day: date, *, year: bool = False) -> str:
    """`Monday, 16 November` / `Montag, 16. November`"""
    return _formatted(language, day, f"EEEE, d MMMM{' y' * year}", f"EEEE, d. MMMM{' y' * year}")


def dated(language: str, day: date) -> str:
    """`19 Nov 2026` / `19. Nov. 2026`"""
    return _formatted(language, day, "d MMM y", "d. MMM y")


def long_date(language: str, day: date) -> str:
    """`19 November 2026` / `19. November 2026`, for documents."""
    return _formatted(language, day, "d MMMM y", "d. MMMM y")


def month(language: str, day: date) -> str:
    """`November`"""
    return _formatted(language, day, "LLLL", "LLLL")


def short_month(language: str, day: date) -> str:
    """`Nov`, for an axis."""
    return _formatted(language, day, "MMM", "MMM").rstrip(".")
