"""Coming in, and acting straight from a mail: what a scanner of mails opens changes nothing."""

import re

from playwright.sync_api import expect

from .conftest import People, never_reloaded


def test_a_mailed_link_signs_in_only_by_its_button(people: People) -> None:
    link = people.link("anna")
    stranger = people.browser.new_context()
    scanner = stranger.new_page()
    for _ in range(3):
        answer = scanner.goto(link)
        assert answer is not None
        assert answer.status == 200
    assert "Anna Keller" in scanner.content()
    scanner.goto(people.portal("anna"))
    expect(scanner).to_have_url(re.compile("/sign-in"))
    scanner.goto(link)
    scanner.get_by_role("button", name=re.compile("Anmelden als Anna Keller")).click()
    expect(scanner.get_by_role("heading", level=1)).to_contain_text("Keller")
    stranger.close()


def test_a_mails_button_leads_to_one_more_button_and_only_that_acts(people: People) -> None:
    """Tom confirms from the mail, in a browser that knows nothing of him; Nora's open page shows it."""
    project, title = people.project("Control room migration"), "Visitors' badges for the switch-over night"
    nora, asked = people.api("nora"), people.api("tom").get("/me")["person_id"]
    body = {"title": title, "visibility": "shared", "state": "confirm", "asked_ids": [asked]}
    item = nora.post(f"/projects/{project}/items", body)["id"]
    before = nora.get(f"/items/{item}")
    stranger = people.browser.new_context().new_page()
    stranger.set_content(people.mail("tom", title)["html"])
    stranger.get_by_role("link", name="Confirm", exact=True).click()
    expect(stranger).to_have_url(re.compile(r"/act/[\w-]+$"))
    for _ in range(2):
        stranger.reload()
        expect(stranger.get_by_role("heading", level=1)).to_have_text(title)
    assert nora.get(f"/items/{item}") == before
    page = people("nora")
    page.goto(f"{people.portal('nora')}/items/{item}")
    with never_reloaded(page):
        stranger.get_by_role("button", name="Confirm", exact=True).click()
        expect(stranger.get_by_role("heading", level=1)).to_have_text("This is already decided")
        expect(page.locator("#facts")).to_contain_text("Done")
        expect(page.locator("#history")).to_contain_text("Tom Reed")
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This is already decided")
    expect(stranger.locator("form[action^='/act']")).to_have_count(0)
    stranger.goto(people.portal("tom"))
    expect(stranger).to_have_url(re.compile("/sign-in"))
    stranger.context.close()
