"""A report among people: taken along, discussed, handed on by a link that can be taken back."""

import re
from pathlib import Path

import pytest
from atrium_testkit.documents import read_pdf
from playwright.sync_api import Page, expect

from .conftest import People, wait_until_drawn


def open_report(people: People, name: str) -> Page:
    page = people(name)
    page.goto(f"{people.portal(name)}/reports")
    page.locator("main a[href^='/reports/']").first.click()
    page.wait_for_url("**/reports/*")
    return page


def share(page: Page, purpose: str, opens: str) -> tuple[str, str]:
    """A new link: its address, and the password that was proposed."""
    page.get_by_role("link", name="Share report").click()
    form = page.locator("form:has([name=days])")
    form.locator("[name=title]").fill(purpose)
    form.get_by_label(opens).check()
    password = form.locator("[name=password]").input_value()
    form.get_by_role("button", name="Create link").click()
    address = page.get_by_label("Address of the link").input_value()
    return address, password


def revoke(page: Page, purpose: str) -> None:
    page.get_by_role("button", name=f"Revoke: {purpose}").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke link").click()
    expect(page.get_by_text(f"“{purpose}”, revoked")).to_be_visible()


def taken_along(page: Page) -> bytes:
    """The PDF that a report's page offers."""
    page.locator("details.export summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^PDF")).click()
    assert re.fullmatch(r"report-\d{4}-\d\d-\d\d\.pdf", waiting.value.suggested_filename)
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(("name", "of", "language"), [("maya", "of", "en-GB"), ("anna", "von", "de-CH")])
def test_a_report_is_taken_along_as_a_pdf(people: People, name: str, of: str, language: str) -> None:
    page = open_report(people, name)
    figure = page.locator(".key-figure .value").first
    before = figure.inner_text().split()[0]
    accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    read = read_pdf(taken_along(page))
    assert (read.title, read.language, read.tagged) == (page.locator("h1").inner_text(), language, True)
    now = figure.inner_text().split()[0]  # another than before where something has just become known
    assert re.search(rf"\b({before}|{now}) {of} \d", read.text)
    assert read.links == {page.url}
    assert accent in read.colours
    assert page.locator(".house-name").inner_text().strip() in read.text


def test_a_figure_is_discussed_where_it_stands(people: People) -> None:
    page = open_report(people, "maya")
    since = page.locator(".as-of .since").text_content() or ""
    figure = page.locator(".figure:has(.discuss)").last
    title = figure.locator("h2").inner_text()
    figure.get_by_role("link", name=re.compile("^Discuss")).click()
    expect(page.locator(".figure.discussed h2")).to_have_text(title)
    expect(page.locator(".figure.discussed")).to_be_in_viewport()
    expect(page.locator(".as-of .since")).to_have_text(since)
    beside = page.locator("#beside")
    expect(beside.get_by_role("heading", name=title)).to_be_visible()
    beside.get_by_role("textbox", name="Message").fill("Why does this take so long?")
    beside.get_by_role("button", name=re.compile("^Send to")).click()
    expect(beside.get_by_text("Why does this take so long?")).to_be_visible()
    expect(page.locator(".figure.discussed h2")).to_have_text(title)


def test_an_earlier_state_is_one_press_away(people: People) -> None:
    page = open_report(people, "maya")
    page.locator(".time-axis a").first.click()
    expect(page.get_by_text("not the current state")).to_be_visible()
    expect(page.locator(".time-axis [aria-current]")).to_have_count(1)
    page.locator(".time-axis a").last.click()
    expect(page.get_by_text("not the current state")).to_have_count(0)


def test_a_report_link_opens_without_an_account_until_it_is_revoked(people: People) -> None:
    maya = open_report(people, "maya")
    maya.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address, _ = share(maya, "Supervisory board", "Link alone")
    sharing = maya.get_by_role("dialog", name="Share report")
    sharing.get_by_role("button", name="Copy").click()
    expect(sharing.get_by_role("button", name="Copied")).to_be_visible()
    expect(sharing.locator("[data-announce]")).to_have_text("Copied")
    assert maya.evaluate("navigator.clipboard.readText()") == address
    guest = people.browser.new_context().new_page()
    opened = guest.goto(address)
    assert opened is not None
    assert opened.status == 200
    expect(guest.locator("svg").first).to_be_visible()
    revoke(maya, "Supervisory board")
    gone = guest.goto(address)
    assert gone is not None
    assert gone.status == 410


def test_a_link_with_a_password_opens_for_who_knows_it(people: People) -> None:
    maya = open_report(people, "maya")
    address, password = share(maya, "Auditors", "Link and password")
    expect(maya.locator(".share .fresh").get_by_text(password)).to_be_visible()
    guest = people.browser.new_context().new_page()
    guest.goto(address)
    export = "async () => (await fetch(`${location.pathname}/export.pdf`)).status"
    assert guest.evaluate(export) == 404
    guest.get_by_label("Password").fill("not this one")
    guest.locator("form button").click()
    expect(guest.get_by_text("This password is not correct.")).to_be_visible()
    guest.get_by_label("Password").fill(password)
    guest.locator("form button").click()
    expect(guest.locator(".key-figure").first).to_be_visible()
    assert guest.evaluate(export) == 200
    assert read_pdf(taken_along(guest)).links == {address}
    stranger = people.browser.new_context().new_page()
    stranger.goto(address)
    expect(stranger.get_by_label("Password")).to_be_visible()
    maya.goto(f"{maya.url.partition('?')[0].partition('/links')[0]}?share=1")
    expect(maya.locator(".share .fresh")).to_have_count(0)
    revoke(maya, "Auditors")
    wait_until_drawn(maya)
    maya.keyboard.press("Escape")
    expect(maya.get_by_role("dialog")).to_have_count(0)
    expect(maya).not_to_have_url(re.compile("share"))
