"""What holds for pages in general: brands, phones, no scripts, nobody else asked, nothing polled."""

import pytest
from playwright.sync_api import expect

from .conftest import People, wait_for_silence


@pytest.mark.parametrize("name", ["maya", "anna"])
def test_forms_work_without_scripts(people: People, name: str) -> None:
    page = people(name, scripts=False)
    page.goto(f"{people.portal(name)}/requests")
    form = page.locator("form:has([name=title])").first
    form.locator("[name=title]").fill("Asked without scripts")
    form.locator("textarea").first.fill("Every form has to work by itself.")
    form.locator("button").last.click()
    expect(page.get_by_text("Asked without scripts").first).to_be_visible()


@pytest.mark.parametrize("name", ["maya", "anna"])
@pytest.mark.parametrize("path", ["/", "/projects", "/files", "/requests", "/threads", "/reports"])
def test_pages_are_usable_on_a_phone_and_ask_nobody_else(people: People, name: str, path: str) -> None:
    page = people(name)
    page.set_viewport_size({"width": 390, "height": 844})
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    answer = page.goto(f"{people.portal(name)}{path}")
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hosts <= {people.portal(name).split("/")[2]}
    page.close()


def test_two_houses_two_brands_two_languages(people: People) -> None:
    seen = {}
    for name, wish in (("anna", "de-CH"), ("maya", "en-GB")):
        page = people.browser.new_page(locale=wish)
        page.goto(f"{people.portal(name)}/sign-in")
        accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
        seen[name] = (page.get_attribute("html", "lang"), accent)
        page.close()
    assert seen["anna"][0] == "de"
    assert seen["maya"][0] == "en"
    assert seen["anna"][1] != seen["maya"][1]


def test_an_idle_page_asks_for_nothing(people: People) -> None:
    page = people("tom")
    page.goto(people.portal("tom"))
    page.wait_for_timeout(4000)  # what is new there is looked at
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wait_for_silence(page, asked, 4000)
