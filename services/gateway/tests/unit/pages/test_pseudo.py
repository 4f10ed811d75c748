"""The developers' language: longer everywhere, and still filled in."""

import pytest
from atrium_gateway.pages.formats import Words
from atrium_gateway.pages.pseudo import PSEUDO, longer
from atrium_gateway.pages.rendering import render
from atrium_gateway.pages.samples.catalogue import samples
from atrium_gateway.pages.samples.longer import in_pseudo
from atrium_gateway.pages.translation import LANGUAGES, translations


@pytest.mark.parametrize("text", ["Send code", "%(num)s items", "Xyz", "This did not work: {reason}"])
def test_a_text_grows_by_two_fifths_at_least(text: str) -> None:
    assert len(longer(text)) >= len(text) * 1.4 - len("%(num)s{reason}")
    assert longer(text) == f"[{longer(text)[1:-1]}]"


def test_what_is_filled_in_stays() -> None:
    words = translations(PSEUDO)
    assert words.ngettext("%(num)s item", "%(num)s items", 2) % {"num": 2} == "[2 îîtééms]"
    assert longer("{n} of 87 %% chosen").startswith("[{n} ")
    assert "%%" in longer("{n} of 87 %% chosen")
    assert longer("") == ""


def test_formats_are_those_of_english() -> None:
    words = Words(PSEUDO, translations(PSEUDO))
    assert words.number(12480.5) == "12,480.5"
    assert words.count(2) == "twöö"


def test_every_text_of_a_page_speaks_it() -> None:
    home = next(sample for sample in samples() if sample.name == "home-bluepeak")
    html = render(home.template, in_pseudo(home.page), home.view)
    assert f'<html lang="{PSEUDO}"' in html
    assert longer("Your turn") in html
    assert longer("Projects") in html
    assert "Your turn" not in html


def test_no_reader_can_choose_it() -> None:
    assert PSEUDO not in LANGUAGES
