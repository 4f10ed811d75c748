"""Reading, acting and writing with scripts switched off. Requests and uploads: test_pages.py, test_uploads.py."""

import re

from playwright.sync_api import expect

from .conftest import EMAILS, People
from .files import shared_file


def test_a_code_signs_in_without_scripts(people: People) -> None:
    context = people.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{people.portal('tom')}/files")
    page.get_by_label("E-mail").fill(EMAILS["tom"])
    known = len(people.mails("tom", "is your code"))
    page.get_by_role("button", name="Send code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    code = re.search(r"\d{3} \d{3}", people.mail("tom", "is your code", known)["subject"])
    assert code is not None
    page.locator("[name=code]").fill(code[0])
    page.locator("form[data-code-form] button").click()
    expect(page).to_have_url(f"{people.portal('tom')}/files")
    context.close()


def test_maya_reads_signs_off_and_writes_without_scripts(people: People) -> None:
    project, maya_id = people.project("Control room migration"), people.api("maya").get("/me")["person_id"]
    title = "Cable routes, second floor"
    file = shared_file(people, "jan", project, f"{title}.pdf", b"%PDF-1.7 routes")
    body = {"title": title, "visibility": "shared", "workflow": "sign_off", "state": "sign_off"}
    asked = {"file_id": file, "asked_ids": [maya_id], "due": "2020-01-02"}
    people.api("jan").post(f"/projects/{project}/items", {**body, **asked}, patient=True)
    page = people("maya", scripts=False)
    page.goto(people.portal("maya"))
    expect(page.locator("#turn .hero")).to_contain_text(title)
    page.locator("#turn .hero").get_by_role("link", name="Review and sign off").click()
    page.get_by_role("button", name="Sign off version 1").click()
    expect(page.get_by_role("heading", name="This is done")).to_be_visible()
    words = "Signed off without a single script."
    composer = page.locator("form:has(textarea[name=text])").first
    composer.locator("textarea").fill(words)
    composer.get_by_role("button").last.click()
    expect(page.get_by_text(words).first).to_be_visible()
    page.close()
