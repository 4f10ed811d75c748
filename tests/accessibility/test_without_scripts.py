"""Reading, acting and writing without JavaScript: what is on a page then works by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .served import Gallery, Look, looks

#: A button that only a script could make do something; a form that leads nowhere.
IDLE = """all => all
  .filter((one) => one.checkVisibility() && !one.matches('[popovertarget], [commandfor], :disabled, [inert] *'))
  .map((one) => one.outerHTML.slice(0, 120))"""
LOST = "all => all.filter((one) => !one.getAttribute('action')).map((one) => one.outerHTML.slice(0, 120))"
PAGES = [one for one in looks("en") if one.house != "helvetia" and not one.sample.startswith("components")]


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", PAGES, ids=lambda look: look.name)
def test_nothing_waits_for_a_script(plain: Page, served: Gallery, look: Look) -> None:
    plain.goto(served.address(look))
    assert plain.eval_on_selector_all("button[type=button]", IDLE) == []
    assert plain.eval_on_selector_all("form", LOST) == []


def test_a_page_says_its_moment_and_how_to_see_a_newer_one(plain: Page, served: Gallery) -> None:
    plain.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    expect(plain.get_by_role("link", name="As of 10:42. Refresh")).to_be_visible()


def test_an_idle_button_is_seen(plain: Page, served: Gallery) -> None:
    plain.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    plain.evaluate("document.querySelector('main').innerHTML = '<button type=button>More</button><form></form>'")
    assert plain.eval_on_selector_all("button[type=button]", IDLE)
    assert plain.eval_on_selector_all("form", LOST)
