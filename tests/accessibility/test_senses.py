"""For every eye and hand: large targets, narrow and enlarged pages, no movement, the system's own colours."""

import pytest
from playwright.sync_api import Browser, Page

from .served import Gallery, Look, looks, once

WIDE = 1440
#: A page at 200 % has half the width; 320 px is 400 % of 1280.
NARROW = (WIDE // 2, 320)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Links within a sentence are as high as their line, a row's link is its row; everything else can be hit.
SMALL = """(least) => [...document.querySelectorAll('a[href], button, select, summary, input:not([type=hidden])')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((one) => getComputedStyle(one).display !== 'inline' && !one.matches('.whole, .skip, [inert] *'))
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, { width, height }]) => height > 0 && (Math.round(height) < least || width < 24))
  .map(([one, { height }]) => `${Math.round(height)} px: ${one.outerHTML.slice(0, 120)}`)"""
MOVING = """() => [...document.querySelectorAll('*')]
  .filter((one) => {
    const { animationName, transitionDuration } = getComputedStyle(one);
    return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
  })
  .map((one) => one.outerHTML.slice(0, 120))"""
#: A sign that loses its ground keeps an edge, a picture and its word.
BARE = """() => [...document.querySelectorAll('.chip, .audience-badge, .audience, .composer, .button, .input, .note')]
  .filter((one) => !one.matches('.skeleton'))
  .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) < 1)
  .map((one) => one.outerHTML.slice(0, 120))"""
WORDLESS = """() => [...document.querySelectorAll('.chip, .audience-badge')]
  .filter((one) => !one.querySelector('svg, i') || !one.textContent.trim()).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("look", list(once("de")), ids=lambda look: look.name)
def test_a_page_enlarged_or_narrow_scrolls_in_one_direction(still: Page, served: Gallery, look: Look) -> None:
    still.goto(served.address(look))
    wide = []
    for width in NARROW:
        still.set_viewport_size({"width": width, "height": 900})
        if still.evaluate(SIDEWAYS) > 0:
            wide.append(width)
    still.set_viewport_size({"width": WIDE, "height": 900})
    assert wide == []


def test_nothing_moves_for_those_who_asked_for_that(still: Page, served: Gallery) -> None:
    for look in once("en"):
        still.goto(served.address(look))
        assert still.evaluate(MOVING) == [], look.name


#: The workspace is made for desks; its targets are as large as axe asks for.
THUMBS = [one for one in looks("en") if one.house == "bluepeak" and not one.sample.startswith("components")]


@pytest.mark.parametrize("look", THUMBS, ids=lambda look: look.name)
def test_a_thumb_hits_everything(phone: Page, served: Gallery, look: Look) -> None:
    phone.goto(served.address(look))
    assert phone.evaluate(SMALL, 44) == []


@pytest.fixture(scope="module")
def forced(browser: Browser) -> Page:
    context = browser.new_context(forced_colors="active", bypass_csp=True)
    return context.new_page()


@pytest.mark.parametrize("name", ["components-bluepeak", "components-nordwind", "item-bluepeak", "staff-item"])
def test_the_systems_own_colours_leave_edges_and_words(forced: Page, served: Gallery, name: str) -> None:
    forced.goto(served.address(Look(name, "nordwind" if "nordwind" in name or "staff" in name else "bluepeak", "en")))
    assert forced.evaluate(BARE) == []
    assert forced.evaluate(WORDLESS) == []


def test_what_these_tests_look_for_is_seen(still: Page, phone: Page, forced: Page, served: Gallery) -> None:
    def damaged(page: Page, css: str) -> Page:
        page.goto(served.address(Look("item-bluepeak", "bluepeak", "en")))
        page.add_style_tag(content=css)
        return page

    assert damaged(still, "main { min-width: 1500px }").evaluate(SIDEWAYS) > 0
    assert damaged(still, ".button { transition: color 1s !important }").evaluate(MOVING)
    assert damaged(phone, ".button { min-height: 30px !important }").evaluate(SMALL, 44)
    assert damaged(forced, ".chip { border: 0 !important }").evaluate(BARE)
    forced.evaluate("document.querySelector('.chip svg').remove()")
    assert forced.evaluate(WORDLESS)
