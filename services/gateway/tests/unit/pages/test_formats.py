"""The words of dates, numbers and names, in British English and Swiss German."""

from datetime import UTC, date, datetime, timedelta

import pytest
from atrium_gateway.dates import short_month, weekday_date
from atrium_gateway.pages.formats import Words, short_hash
from atrium_gateway.pages.presenting.shapes import Clock, Person
from atrium_gateway.pages.samples.house import ANNA, MAYA, NOW, page
from atrium_gateway.pages.translation import translations

EN = Words("en", translations("en"))
DE = Words("de", translations("de"))
PAGE = page("helvetia", "/")


@pytest.mark.parametrize(
    ("day", "english", "german"),
    [
        (date(2026, 11, 19), "today", "heute"),
        (date(2026, 11, 20), "tomorrow", "morgen"),
        (date(2026, 11, 18), "yesterday", "gestern"),
        (date(2026, 11, 24), "Tue 24 Nov", "Di, 24. Nov."),
        (date(2027, 1, 22), "22 Jan 2027", "22. Jan. 2027"),
    ],
)
def test_days_are_near_words_or_a_weekday(day: date, english: str, german: str) -> None:
    assert EN.day(PAGE, day) == english
    assert DE.day(PAGE, day) == german


@pytest.mark.parametrize(
    ("day", "english", "german"),
    [
        (date(2026, 11, 19), "Today", "Heute"),
        (date(2026, 11, 16), "Monday, 16 November", "Montag, 16. November"),
        (date(2025, 12, 1), "Monday, 1 December 2025", "Montag, 1. Dezember 2025"),
    ],
)
def test_a_line_between_days_names_the_whole_day(day: date, english: str, german: str) -> None:
    assert EN.whole_day(PAGE, day) == english
    assert DE.whole_day(PAGE, day) == german


def test_time_is_the_readers_own() -> None:
    moment = datetime(2026, 11, 19, 9, 42, tzinfo=UTC)
    assert EN.clock(PAGE, moment) == "10:42"
    assert DE.clock(PAGE, moment) == "10:42 Uhr"
    assert EN.ago(PAGE, NOW - timedelta(days=2)) == "Tue"
    assert DE.ago(PAGE, NOW - timedelta(days=20)) == "30. Okt."


@pytest.mark.parametrize(
    ("month", "english", "german"),
    [(3, "Thu 19 Mar", "Do, 19. März"), (6, "Fri 19 Jun", "Fr, 19. Juni"), (9, "Sat 19 Sept", "Sa, 19. Sept.")],
)
def test_months_are_shortened_as_each_language_does(month: int, english: str, german: str) -> None:
    day = date(2026, month, 19)
    assert EN.weekday_date(PAGE, day) == english == weekday_date("en", day)
    assert DE.weekday_date(PAGE, day) == german == weekday_date("de", day)
    assert short_month("de", day) == german.rsplit(" ", 1)[1].rstrip(".")


def test_documents_name_the_whole_date() -> None:
    assert EN.long_date(PAGE, NOW) == "19 November 2026"
    assert DE.long_date(PAGE, NOW) == "19. November 2026"
    assert DE.at(PAGE, NOW - timedelta(days=2)) == "Di, 17. Nov., 10:42 Uhr"
    assert EN.at(PAGE, NOW) == "today, 10:42"


@pytest.mark.parametrize(
    ("number", "english", "german"),
    [
        (999, "999", "999"),
        (4600, "4,600", "4’600"),
        (1_234_567.25, "1,234,567.2", "1’234’567.2"),
        (-1200, "-1,200", "-1’200"),
        (0.5, "0.5", "0.5"),
    ],
)
def test_thousands_are_parted_as_the_country_does(number: float, english: str, german: str) -> None:
    assert EN.number(number) == english
    assert DE.number(number) == german


def test_plurals_follow_the_number() -> None:
    assert [EN.waited(hours) for hours in (1, 2, 8, 20)] == ["1 hour", "2 hours", "1 day", "2.5 days"]
    assert [DE.waited(hours) for hours in (1, 2, 8, 20)] == ["1 Stunde", "2 Stunden", "1 Tag", "2.5 Tage"]
    items = [translations("de").ngettext("%(num)s item", "%(num)s items", n) % {"num": n} for n in (0, 1, 2)]
    assert items == ["0 Vorgänge", "1 Vorgang", "2 Vorgänge"]


def test_numbers_follow_the_country() -> None:
    assert EN.number(12480.5) == "12,480.5"
    assert DE.number(12480.5) == "12’480.5"
    assert DE.percent(0.87) == "87\u202f%"
    assert DE.size(4_600_000) == "4.6 MB"
    assert EN.count(4) == "four"
    assert EN.count(13) == "13"


def test_waiting_is_told_in_working_time() -> None:
    assert EN.waited(0.7) == "42 min"
    assert EN.waited(12) == "1.5 days"
    assert DE.waited(8) == "1 Tag"
    assert Clock(48, 40).over
    assert Clock(16, 24).late
    assert not Clock(3).late


def test_people_are_addressed_as_their_language_does() -> None:
    assert EN.addressed(MAYA) == "Maya"
    assert DE.addressed(ANNA) == "Frau Keller"
    assert DE.addressed(Person("x", "Kim Berg", "customer")) == "Kim Berg"
    assert EN.joined(["Nora", "Jan", "you"]) == "Nora, Jan and you"
    assert DE.joined(["Nora", "Jan"]) == "Nora und Jan"


def test_a_hash_is_shown_by_its_ends() -> None:
    assert short_hash("9f2c" + "0" * 56 + "a41e") == "9f2c…a41e"
