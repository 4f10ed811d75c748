"""Refusals in the reader's language: every code that a service gives has words, in the API too."""

import re
from pathlib import Path

import pytest
from atrium_chassis.problems import FieldError, Invalid, NotFound, Problem, Stale
from atrium_gateway.pages.composing.problems import faults, field_errors, problems, titles, translated
from atrium_gateway.pages.translation import translations

SERVICES = Path(__file__).parents[4]
GERMAN = translations("de").gettext
#: Shown with words of their own, where they happen (`staff_brand`), or only ever logged.
ELSEWHERE = {"too_big", "too_many_pixels", "too_detailed", "unknown_type", "broken", "unsafe", "outside"}


def codes(call: str) -> set[str]:
    """The first code-like literal of each such call in the services."""
    pattern = re.compile(rf"\b(?:{call})\(\s*(?:(?:f?\"[^\"]*\"|[\w.]+),\s*)?\"([a-z]\w+)\",")
    modules = [path for path in SERVICES.glob("*/src/**/*.py") if "pages" not in path.parts]
    return {code for module in modules for code in pattern.findall(module.read_text())}


@pytest.mark.parametrize("call", ["Conflict|NotNow", r"Problem|super\(\)\.__init__"])
def test_every_refusal_has_words(call: str) -> None:
    known = codes(call)
    assert known, "nothing looks like a refusal any more"
    assert known - problems(str).keys() - ELSEWHERE == set()


def test_every_fault_of_a_field_has_words() -> None:
    known = codes("FieldError|RuleBroken")
    assert len(known) > 20
    assert known - faults(str).keys() - problems(str).keys() - ELSEWHERE == set()


@pytest.mark.parametrize("words", [titles, problems, faults])
def test_they_are_german_for_german_readers(words: object) -> None:
    english, german = words(str), words(GERMAN)  # type: ignore[operator]
    assert [one for one in english if english[one] == german[one]] == []


def test_the_api_keeps_what_programs_read() -> None:
    stale = Stale(7)
    told = translated(stale, GERMAN)
    assert told.document() | {"title": "", "detail": ""} == stale.document() | {"title": "", "detail": ""}
    assert (told.title, told.detail.split(".")[0]) == ("Inzwischen geändert", "Das hat sich inzwischen geändert")


def test_a_field_that_was_refused_is_told_at_the_field() -> None:
    refused = Invalid([FieldError("/title", "string_too_short", "String should have at least 1 character")])
    told = translated(refused, GERMAN)
    assert (told.detail, told.errors) == (
        "Diese Angabe fehlt.",
        (FieldError("/title", "string_too_short", "Diese Angabe fehlt."),),
    )
    (shown,) = field_errors(refused, GERMAN, {})
    assert (shown.field, shown.text) == ("title", "Diese Angabe fehlt.")


def test_a_refusal_nobody_foresaw_is_told_plainly() -> None:
    told = translated(Problem(418, "teapot", "A teapot", "Short and stout."), GERMAN)
    assert (told.code, told.title, told.detail) == (
        "teapot",
        "Nicht möglich",
        "Das hat nicht geklappt. Nichts wurde geändert.",
    )
    assert translated(NotFound(), str).detail == NotFound().detail
