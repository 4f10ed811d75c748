"""A dialog is the browser's own: it works without scripts, keeps the focus inside and gives it back."""

import pytest
from playwright.sync_api import Browser, expect


@pytest.mark.parametrize("scripts", [True, False])
def test_a_dialog_keeps_the_focus_and_gives_it_back(browser: Browser, address: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}?brand=bluepeak&language=en&theme=light")
    opener = page.locator("[commandfor=dialog-real][command=show-modal]")
    dialog = page.locator("#dialog-real")
    expect(dialog).to_be_hidden()
    opener.click()
    expect(dialog).to_be_visible()
    for _step in range(4):
        page.keyboard.press("Tab")
        assert dialog.locator(":focus").count() == 1 or page.locator("main :focus").count() == 0
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    context.close()


def test_the_drawer_of_a_phone_opens_and_closes(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}?brand=helvetia&language=de&theme=light")
    page.locator("[popovertarget=more]").click()
    expect(page.locator("#more")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#more")).to_be_hidden()
    context.close()
