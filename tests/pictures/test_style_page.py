"""What a change of the style sheet or of a component does to how things look is seen here first.

It is meant? `make pictures-accept`, and look at what becomes different.
"""

from itertools import product

import pytest
from atrium_testkit.looking import Look, accept, changed, sections
from playwright.sync_api import Page

LOOKS = [
    *(Look(*look) for look in product(("bluepeak", "helvetia"), ("en", "de"), ("light", "dark"), (1280, 390))),
    Look("nordwind", "en", "light", 1280),
    Look("nordwind", "de", "dark", 390),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_component_looks_as_it_did(page: Page, address: str, look: Look, request: pytest.FixtureRequest) -> None:
    seen = sections(page, address, look)
    if request.config.getoption("--accept"):
        accept(look, seen)
    assert changed(look, seen) == [], "see build/pictures/diff; if it is meant: make pictures-accept"


@pytest.mark.parametrize(
    ("css", "where"),
    [
        (".button { padding-inline: 18px }", "buttons"),
        (".chip { padding-left: 9px }", "verbs"),
        (":root { --bad: oklch(.54 .19 45) }", "forms"),
        (".face.provider { border-radius: 50% }", "signs"),
        (".note { padding-left: 17px }", "states"),
    ],
)
def test_a_small_change_is_seen(page: Page, address: str, css: str, where: str) -> None:
    assert where in changed(LOOKS[0], sections(page, address, LOOKS[0], css), keep=False)


@pytest.mark.parametrize("look", [one for one in LOOKS if one.language == "en"], ids=lambda look: look.name)
def test_nothing_scrolls_sideways(page: Page, address: str, look: Look) -> None:
    page.set_viewport_size({"width": 320 if look.width < 1000 else look.width, "height": 900})
    page.goto(address + look.query)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
