"""Reading a file, pointing at a spot of it, seeing what changed in it: on the real pages of real documents."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from atrium_testkit.demo.story.alarm_philosophy import philosophy
from playwright.sync_api import Page, Response, expect

from .conftest import People, never_reloaded, wait_until, wait_until_drawn
from .files import shared_file

SHOWN = "one => one.complete && one.naturalWidth > 600"
LEVEL = """() => [...document.querySelectorAll('[data-pane]')]
  .map((pane) => [pane, pane.querySelector('.mark.chosen .bubble')])
  .map(([pane, bubble]) => (bubble ? Math.round(bubble.getBoundingClientRect().top) : pane.dataset.pane))"""


def looked_at(answer: Response) -> list[str]:
    """The changes that the portal has been told to be seen."""
    things = answer.request.post_data_json["things"] if answer.url.endswith("/api/v1/seen") else {}
    return [one for one in things if "/changes/" in one]


@dataclass(frozen=True)
class Asked:
    """A document in its second version, which Maya is asked to sign off."""

    file: str
    item: str


@pytest.fixture
def asked(people: People) -> Asked:
    project, jan = people.project("Control room migration"), people.api("jan")
    name = f"Limits of alarms {uuid4().hex[:6]}.pdf"  # a file of the same name would get another version
    file = shared_file(people, "jan", project, name, philosophy(2))
    jan.upload(file, philosophy(3), "application/pdf", "All twelve stations.")
    maya = people.api("maya").get("/me")["person_id"]
    item = jan.post(
        f"/projects/{project}/items",
        {
            "title": "Limits of alarms",
            "visibility": "shared",
            "workflow": "sign_off",
            "state": "sign_off",
            "file_id": file,
            "asked_ids": [maya],
        },
        patient=True,
    )["id"]
    for number in (1, 2):
        jan.until(f"/files/{file}/versions/{number}/preview", lambda found: found["state"] == "ready")
    jan.until(f"/files/{file}/differences?from=1&to=2", lambda found: found["state"] == "ready")
    return Asked(file, item)


def is_shown(page: Page, number: int) -> None:
    """The picture of a page has come from the store."""
    picture = page.locator(f"[data-sheet='{number}'] > img").first
    expect(picture).to_be_visible()
    page.wait_for_function(SHOWN, arg=picture.element_handle())


def test_maya_pages_through_compares_and_signs_off(people: People, asked: Asked) -> None:
    page = people("maya")
    page.goto(f"{people.portal('maya')}/files/{asked.file}")
    is_shown(page, 1)
    with never_reloaded(page):
        page.get_by_role("link", name="Next page").click()
        is_shown(page, 2)
        page.locator("[data-canvas]").focus()
        expect(page.locator("[data-canvas]")).to_be_focused()
        page.keyboard.press("PageDown")
        is_shown(page, 3)
        page.get_by_label("Page", exact=True).fill("7")
        page.keyboard.press("Enter")
        is_shown(page, 7)
        expect(page).to_have_url(re.compile(r"page=7"))
        page.go_back()
        is_shown(page, 3)
    page.get_by_role("link", name="Compare with version 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in version 2")
    expect(page.locator(".lead")).to_contain_text(re.compile(r"\d+ changes on \d+ of 14 pages"))
    page.wait_for_load_state()  # until then no key is heard
    wait_until_drawn(page)
    told: set[str] = set()
    page.on("response", lambda answer: told.update(looked_at(answer)))
    with never_reloaded(page):
        page.keyboard.press("n")
        page.keyboard.press("n")
        expect(page.locator("[data-step-at]")).to_have_text("2")
        expect(page.locator("[data-seen]")).to_have_text("2")
        page.wait_for_function(f"() => new Set(({LEVEL})()).size === 1")
        page.keyboard.press("p")
        expect(page.locator("[data-step-at]")).to_have_text("1")
    wait_until(page, lambda: len(told) == 2, "both changes that were looked at are told")
    page.reload()
    expect(page.locator("[data-seen]")).to_have_text("2")
    page.get_by_role("button", name="Sign off version 2").click()
    expect(page).to_have_url(re.compile(f"/items/{asked.item}"))
    expect(page.get_by_role("heading", name="This is done")).to_be_visible()


def test_tom_points_at_a_spot_and_nora_answers_there(people: People, asked: Asked) -> None:
    tom, nora = people("tom"), people("nora")
    nora.goto(f"{people.portal('nora')}/files/{asked.file}?page=7")
    tom.goto(f"{people.portal('tom')}/files/{asked.file}?page=7")
    is_shown(tom, 7)
    with never_reloaded(tom), never_reloaded(nora):
        tom.get_by_role("link", name="Add a point").first.click()
        tom.locator("[data-sheet]").click(position={"x": 200, "y": 300})
        composer = tom.locator("#thread-point textarea")
        expect(composer).to_be_focused()
        composer.fill("Is this for all stations?")
        tom.locator("#thread-point").get_by_role("button", name=re.compile("Send to")).click()
        drop = nora.get_by_role("link", name="Point 1: Is this for all stations?").first
        expect(drop).to_be_visible()
        drop.click()
        expect(nora.locator("#thread-point")).to_contain_text("Is this for all stations?")
        nora.locator("#thread-point textarea").fill("For all twelve.")
        nora.locator("#thread-point").get_by_role("button", name=re.compile("Send to")).click()
        expect(tom.locator("#thread-point")).to_contain_text("For all twelve.")
        nora.get_by_label("Page", exact=True).fill("12")  # she is typing while Tom closes the point
        tom.get_by_role("button", name="Close point").click()
        expect(tom.get_by_role("button", name="Open the point again")).to_be_visible()
        expect(nora.get_by_role("link", name="Point 1, closed: Is this for all stations?").first).to_be_visible()
        expect(nora.get_by_label("Page", exact=True)).to_have_value("12")
        nora.keyboard.press("Enter")
        is_shown(nora, 12)
    tom.close()
    nora.close()


def test_anyone_reads_compares_and_points_without_scripts(people: People, asked: Asked) -> None:
    page = people("maya", scripts=False)
    page.goto(f"{people.portal('maya')}/files/{asked.file}")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("[data-sheet='2'] > img")).to_be_visible()
    page.get_by_role("link", name="Add a point").first.click()
    page.get_by_label("Place on the page").select_option("Top left")
    page.get_by_role("button", name="Move").click()
    page.locator("#thread-point textarea").fill("Without a single script.")
    page.locator("#thread-point").get_by_role("button", name=re.compile("Send to")).click()
    expect(page.locator("#thread-point")).to_contain_text("Without a single script.")
    expect(page.get_by_role("link", name="Point 1: Without a single script.").first).to_be_visible()
    page.get_by_role("link", name="Compare with version 1").click()
    expect(page.locator(".change-list li").first).to_be_visible()
    expect(page.locator("[data-pane=from] [data-sheet='7'] > img")).to_be_visible()
    page.locator(".change-list a").nth(1).click()
    expect(page.locator(".change-list [aria-current]")).to_have_attribute("data-change", "2")
    page.close()
