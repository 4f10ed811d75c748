"""By keyboard alone: in reading order, always seen where one is, in and out of menus and dialogs."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .served import Gallery, Look, once

#: What has the focus: where it lies in the document, and how well its ring stands out.
HERE = Path(__file__).with_name("focus.js").read_text()
PAGES = ["home-bluepeak", "item-bluepeak", "project-helvetia", "threads", "file", "report", "requests"]
STAFF = ["staff-home", "staff-plan", "staff-item", "staff-brand"]
LOOKS = [Look(name, "helvetia", "de", "light") for name in PAGES] + [
    Look(name, "nordwind", "en", "dark") for name in STAFF
]
LONGEST_WAY = 400
#: Nothing may be reached in another order than it is written in, but for what stays at the foot of a phone anyway.
ORDER = """() => {
  const line = (one) => (one && one !== document.body ? [one, ...line(one.parentElement)] : []);
  const isMoved = (one) => line(one).map((each) => getComputedStyle(each))
    .some(({ order, flexDirection, position }) =>
      (order !== '0' && position !== 'sticky') || flexDirection.endsWith('reverse'));
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((one) => one.tabIndex > 0 || (one.tabIndex === 0 && one.checkVisibility() && isMoved(one)))
    .map((one) => one.outerHTML.slice(0, 140));
}"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_tab_goes_through_a_page_in_reading_order(page: Page, served: Gallery, look: Look) -> None:
    page.goto(served.address(look))
    page.evaluate("document.activeElement.blur()")
    stops: list[dict[str, Any]] = []
    for _step in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop is None or (stops and stop["at"] == stops[0]["at"]):
            break
        stops.append(stop)
    else:
        pytest.fail(f"Tab never comes to an end: {stops[-1]['name']}")
    assert len(stops) > 3
    assert [one["at"] for one in stops] == sorted(one["at"] for one in stops)
    assert [one["name"] for one in stops if not one["seen"]] == []
    assert [
        (round(one["ring"], 1), one["name"]) for one in stops if one["ring"] < 3 and "<iframe" not in one["name"]
    ] == []


@pytest.mark.parametrize("look", list(once("en")), ids=lambda look: look.name)
def test_nothing_is_moved_out_of_its_order(still: Page, served: Gallery, look: Look) -> None:
    still.goto(served.address(look))
    for width in (390, 1440):
        still.set_viewport_size({"width": width, "height": 900})
        assert still.evaluate(ORDER) == [], width


def test_the_first_stop_leads_past_the_navigation(page: Page, served: Gallery) -> None:
    page.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    ("look", "opener", "menu"),
    [
        (Look("home-bluepeak", "bluepeak", "en"), ".person-menu > summary", ".person-menu .menu"),
        (Look("staff-home", "nordwind", "en"), ".me > summary", ".me-menu"),
    ],
    ids=["portal", "workspace"],
)
def test_a_menu_opens_and_gives_the_focus_back(page: Page, served: Gallery, look: Look, opener: str, menu: str) -> None:
    page.goto(served.address(look))
    page.locator(opener).focus()
    page.keyboard.press("Enter")
    expect(page.locator(menu)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(f"{menu} a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(menu)).to_be_hidden()
    expect(page.locator(opener)).to_be_focused()


def test_a_dialog_keeps_the_focus_and_gives_it_back(page: Page, served: Gallery) -> None:
    page.goto(served.address(Look("people", "bluepeak", "en")))
    opener = page.locator("[command=show-modal]").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog:modal")
    expect(dialog).to_be_visible()
    for _step in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_sheet_of_a_phone_opens_and_gives_the_focus_back(page: Page, served: Gallery) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    opener = page.locator("[popovertarget=more]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#more")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#more a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#more")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_missing_ring_is_seen(still: Page, served: Gallery) -> None:
    still.goto(served.address(LOOKS[0]))
    still.add_style_tag(content="* { outline: none !important }")
    still.keyboard.press("Tab")
    assert still.evaluate(HERE)["ring"] == 0


def test_the_plan_is_worked_on_by_keys(page: Page, served: Gallery) -> None:
    """J moves, X takes into the selection, V opens what the customer may see, a number chooses it."""
    page.goto(served.address(Look("staff-plan", "nordwind", "en")))
    for key in "jjxj":
        page.keyboard.press(key)
    expect(page.locator("#row-2 input")).to_be_checked()
    expect(page.locator("#row-3 a.title")).to_be_focused()
    expect(page.get_by_role("button", name="Publish 1 item")).to_be_visible()
    menu = page.locator("#visibility-3")
    expect(menu).to_be_hidden()
    page.keyboard.press("v")
    expect(menu).to_be_visible()
    with page.expect_request("**/projects/1/preview") as asked:
        page.keyboard.press("2")
    page.wait_for_url("**/projects/1/preview")
    assert "one=3%3Aplaceholder" in (asked.value.post_data or "")


def test_shift_takes_both_rows_into_the_selection(page: Page, served: Gallery) -> None:
    page.goto(served.address(Look("staff-plan", "nordwind", "en")))
    for key in ("j", "Shift+J", "Shift+J"):
        page.keyboard.press(key)
    expect(page.locator("[name=items]:checked")).to_have_count(3)


def test_all_keys_are_listed_and_g_leads_on(page: Page, served: Gallery) -> None:
    page.goto(served.address(Look("staff-plan", "nordwind", "en")))
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="All keys")
    expect(keys).to_contain_text("GCCustomers")
    expect(keys).to_contain_text("MReorder")
    expect(keys).to_contain_text("><Indent, outdent")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/customers")


def test_single_keys_can_be_switched_off(page: Page, served: Gallery) -> None:
    """WCAG 2.1.4: for those who speak to their computer, a word is many letters."""
    page.goto(served.address(Look("staff-plan", "nordwind", "en")))
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    for key in "j/?":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("delete document.documentElement.dataset.keys")
    page.keyboard.press("/")
    expect(page.locator("[data-key='/']:visible")).to_be_focused()
