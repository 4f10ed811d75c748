"""Coming in, and acting straight from a mail: what a scanner of mails opens changes nothing."""

import re

from playwright.sync_api import expect

from .conftest import People


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
