"""The studio's form and back, and how a house's own words stand in sentences."""

from datetime import UTC, datetime

import pytest
from atrium_chassis.problems import Conflict, FieldError, Invalid
from atrium_gateway.branding.model import Choices
from atrium_gateway.branding.terms import OURS, term
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.staff_brand import (
    brand_change,
    brand_errors,
    brand_values,
    changes_between,
    colour,
    showing,
    version_of,
    word_faults,
)
from atrium_gateway.pages.translation import translations

VORHABEN = {"article": "das", "singular": "Vorhaben", "plural": "Vorhaben"}


def scene(language: str) -> Scene:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    return Scene("", "provider", "admin", language, now, "UTC", lambda _: None, translations(language))


def test_a_form_gives_back_what_it_shows() -> None:
    choices = Choices("Helvetia", "#3f7d20", "accent", words={"de": {"project": VORHABEN}}, text_on_accent="white")
    change = brand_change(brand_values(choices))
    assert change.pop("words") == {"de": {"project": VORHABEN}, "en": {}}
    assert change == {name: getattr(choices, name) for name in change}
    assert len(change) == 8


def test_an_emptied_word_is_ours_again() -> None:
    values = brand_values(Choices("x", "#3f7d20", words={"de": {"project": VORHABEN}}))
    emptied = {name: "" if name.startswith("words_") else value for name, value in values.items()}
    assert brand_change(emptied)["words"] == {"de": {}, "en": {}}


def test_a_word_has_each_of_its_forms_or_none() -> None:
    faults = word_faults({"words_de_project_plural": "Vorhaben", "words_en_report_singular": "Brief"})
    assert {fault.pointer for fault in faults} == {
        "/words/de/project/article",
        "/words/de/project/singular",
        "/words/en/report/plural",
    }
    errors = brand_errors(scene("en"), Invalid(faults))
    assert {error.field for error in errors} >= {"words_de_project_article", "words_en_report_plural"}
    assert word_faults(brand_values(Choices("x", "#3f7d20", words={"de": {"project": VORHABEN}}))) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("#3f7d20", "#3f7d20"), ("3F7D20", "#3f7d20"), ("#abc", "#aabbcc"), ("fff", "#ffffff"), ("green", "green")],
)
def test_colours_are_taken_as_people_write_them(typed: str, meant: str) -> None:
    assert colour(typed) == meant


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_refusal_says_its_reason_in_the_readers_language(language: str) -> None:
    codes = ["picture_too_big", "picture_unsafe", "picture_outside", "picture_broken", "picture_unknown_type"]
    problem = Invalid([FieldError("/logos/light", code, "") for code in codes])
    said = [error.text for error in brand_errors(scene(language), problem)]
    assert len(set(said)) == len(codes)
    assert all(("SVG" in words or "Bild" in words or "picture" in words) for words in said)
    taken = Conflict("address_taken", "This address is taken.")
    assert brand_errors(scene(language), taken)[0].text.endswith(("another one.", "eine andere."))


def test_changes_are_counted_by_field() -> None:
    before = Choices("x", "#3f7d20", logos={"mark": "a"})
    after = Choices("y", "#3f7d21", logos={"mark": "b", "light": "c"})
    assert changes_between(before, before) == 0
    assert changes_between(after, before) == 4
    assert version_of(before) == version_of(Choices("x", "#3f7d20", logos={"mark": "a"})) != version_of(after)


def test_an_address_chooses_what_is_shown_and_nothing_else() -> None:
    shown = showing({"show": "mail", "theme": "dark", "language": "en"}, "de")
    assert (shown.page, shown.theme, shown.language, shown.others) == ("mail", "dark", "en", ("home", "sign-in", "pdf"))
    assert showing({"show": "../x", "theme": "x", "language": "fr"}, "de").language == "de"


@pytest.mark.parametrize(
    ("own", "new", "take_a", "on_a", "about_this", "to_the"),
    [
        ({}, "Neue Anfrage", "eine Anfrage", "einer Anfrage", "dieser Anfrage", "zur Anfrage"),
        (
            {"article": "das", "singular": "Anliegen", "plural": "Anliegen"},
            "Neues Anliegen",
            "ein Anliegen",
            "einem Anliegen",
            "diesem Anliegen",
            "zum Anliegen",
        ),
        (
            {"article": "der", "singular": "Wunsch", "plural": "Wünsche"},
            "Neuer Wunsch",
            "einen Wunsch",
            "einem Wunsch",
            "diesem Wunsch",
            "zum Wunsch",
        ),
    ],
)
def test_german_bends_what_stands_before_a_word(
    own: dict[str, str], new: str, take_a: str, on_a: str, about_this: str, to_the: str
) -> None:
    found = term({"request": own}, "de", "request")
    assert (found.new, found.take_a, found.on_a, found.about_this, found.to_the) == (
        new,
        take_a,
        on_a,
        about_this,
        to_the,
    )


def test_english_has_its_small_letters_and_its_article() -> None:
    found = term({"project": {"singular": "Engagement", "plural": "Engagements"}}, "en", "project")
    assert (found.new, found.a, found.many) == ("New engagement", "an engagement", "engagements")
    assert term({"request": {"singular": "RFC", "plural": "RFCs"}}, "en", "request").within == "RFC"


def test_both_languages_have_the_same_words_of_ours() -> None:
    assert OURS["en"].keys() == OURS["de"].keys()
