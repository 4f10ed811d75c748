"""How the texts are written: British English, Swiss German, plain words on buttons, in pages and in mails."""

import re
from collections.abc import Iterator

import pytest
from atrium_gateway.notifications.words import TEXTS
from atrium_gateway.pages.translation import source
from babel.messages.pofile import read_po


def said(language: str) -> Iterator[str]:
    """Every text in a language."""
    with source("de").open("rb") as file:
        for message in read_po(file, locale="de"):
            if message.id:
                texts = message.string if language == "de" else message.id
                yield from texts if isinstance(texts, (tuple, list)) else [str(texts)]
    yield from TEXTS[language].values()


def breaking(language: str, rule: str, flags: re.RegexFlag = re.NOFLAG) -> list[str]:
    return [text for text in said(language) if re.search(rule, text, flags)]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "rule",
    [
        "!",
        r"^(OK|Ok|Okay|Submit|Yes|No|Ja|Nein)$",
        r"\b(click|klicken Sie) hier",
        r"\b(please|bitte note|sorry)\b",
        r"  |\.\.\.|'",
    ],
)
def test_nothing_is_said_that_we_never_say(language: str, rule: str) -> None:
    assert breaking(language, rule) == []


@pytest.mark.parametrize(
    "rule", ["ß", "[“”„]", r"« | »", r"\b(ae|oe|ue)\b", r"\b(du|dein|deine|dich|dir)\b", "Item|Task\\b|Request\\b"]
)
def test_german_is_swiss_and_says_sie(rule: str) -> None:
    assert breaking("de", rule) == []


@pytest.mark.parametrize("word", ["color", "organiz", "authoriz", "canceled", "favorite", "center", "license[sd]"])
def test_english_is_british(word: str) -> None:
    assert breaking("en", rf"\b{word}", re.IGNORECASE) == []


def test_a_word_of_ours_has_one_translation() -> None:
    ours = {
        "Eintrag": "record",
        "Schaltfläche": "button",
        "Marke": "brand",
        "Publikum": "audience",
        "Zahlen": "figures",
    }
    with source("de").open("rb") as file:
        catalogue = read_po(file, locale="de")
    strange = [
        (message.id, message.string)
        for message in catalogue
        for word, meant in ours.items()
        if message.id
        and re.search(rf"\b{word}(e|en|s)?\b", str(message.string))
        and meant not in str(message.id).lower()
    ]
    assert strange == []
