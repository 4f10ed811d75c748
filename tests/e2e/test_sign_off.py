"""Signing off exactly one version, and being asked again when a newer one comes."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from atrium_testkit.demo.story.alarm_philosophy import philosophy
from playwright.sync_api import Request, Route, expect

from .conftest import People, never_reloaded
from .files import choose_file, shared_file

#: The real first page is there, once it was drawn.
DRAWN = "(picture) => document.querySelector(picture)?.naturalWidth > 0"


def test_anna_signs_off_and_noras_open_page_shows_it(people: People) -> None:
    anna, nora = people("anna"), people("nora")
    item, _ = to_be_signed(people, "Alarmkonzept", philosophy(2), of="MES-Rollout Thun", by="anna", due="2020-01-01")
    anna.goto(people.portal("anna"))
    hero = anna.locator("#turn .hero")
    expect(hero).to_contain_text("Alarmkonzept")
    anna.wait_for_function(DRAWN, arg=".hero .preview img")
    hero.get_by_role("link", name=re.compile("Ansehen und freigeben")).click()
    expect(anna).to_have_url(re.compile(f"/items/{item}"))
    anna.wait_for_function(DRAWN, arg=".act-panel .document img")
    nora.goto(f"{people.portal('nora')}/items/{item}")
    with never_reloaded(nora):
        anna.get_by_role("button", name=re.compile("Freigeben")).first.click()
        expect(anna.get_by_role("heading", name="Das ist erledigt")).to_be_visible()
        expect(nora.get_by_text("Done").first).to_be_visible()


def to_be_signed(
    people: People,
    title: str,
    content: bytes = b"%PDF-1.7 first",
    *,
    of: str = "Control room migration",
    by: str = "maya",
    due: str | None = None,
) -> tuple[str, str]:
    """An item that asks this person for their sign-off of version 1, and its file."""
    project, asked_id = people.project(of), people.api(by).get("/me")["person_id"]
    file = shared_file(people, "jan", project, f"{title}.pdf", content)
    asked = {"workflow": "sign_off", "state": "sign_off", "file_id": file, "asked_ids": [asked_id]}
    new = {"title": title, "visibility": "shared", "due": due, **asked}
    return str(people.api("jan").post(f"/projects/{project}/items", new, patient=True)["id"]), file


def answer_lost(request: Request) -> None:
    """The request arrives; who made it never learns so. Python knows no names under `localhost`."""
    address = urlsplit(request.url)
    headers = {**request.all_headers(), "host": address.netloc}
    url = f"http://127.0.0.1:{address.port}{address.path}"
    answer = requests.post(url, data=request.post_data, headers=headers, allow_redirects=False, timeout=20)
    assert answer.status_code < 400


@pytest.mark.parametrize("arrives", [False, True], ids=["request lost", "answer lost"])
def test_a_sign_off_broken_off_on_its_way_is_sent_again_and_counts_once(people: People, arrives: bool) -> None:
    item, _ = to_be_signed(people, f"Cable list {arrives}")
    maya, tries = people("maya"), []
    maya.goto(f"{people.portal('maya')}/items/{item}")

    def break_off_once(route: Route) -> None:
        tries.append(route.request.post_data)
        if len(tries) > 1:
            return route.continue_()
        if arrives:
            answer_lost(route.request)
        return route.abort("connectionreset")

    maya.route(re.compile(f"/items/{item}/"), break_off_once)
    maya.get_by_role("button", name="Sign off version 1").click()
    expect(maya.get_by_role("heading", name="This is done")).to_be_visible()
    expect(maya.locator("#history")).to_contain_text("2 acts")
    expect(maya.locator("#problem")).to_be_empty()
    maya.unroute_all()


def test_a_newer_version_supersedes_the_sign_off_on_mayas_open_page(people: People, tmp_path: Path) -> None:
    """Maya signs off version 1; Jan adds version 2 at his page; hers says so and asks her again."""
    item, file = to_be_signed(people, "Cabinet layout")
    maya, jan = people("maya"), people("jan")
    maya.goto(f"{people.portal('maya')}/items/{item}")
    expect(maya.get_by_role("heading", name="Do you sign off version 1?")).to_be_visible()
    maya.get_by_role("button", name="Sign off version 1").click()
    expect(maya.get_by_role("heading", name="This is done")).to_be_visible()
    jan.goto(f"{people.portal('jan')}/files/{file}")
    second = tmp_path / "Cabinet layout.pdf"
    second.write_bytes(b"%PDF-1.7 second")
    with never_reloaded(maya), never_reloaded(jan):
        choose_file(jan, second)
        expect(jan.locator("#version-1")).to_contain_text("Sign-off superseded by version 2")
        expect(maya.get_by_role("heading", name="Do you sign off version 2?")).to_be_visible()
        expect(maya.locator("#decision")).to_contain_text("signed off version 1; superseded by version 2")
        expect(maya.get_by_role("button", name="Sign off version 2")).to_be_visible()
        expect(maya.locator("#history")).to_contain_text("the sign-off is asked for again")
    maya.goto(people.portal("maya"))
    expect(maya.locator("#turn").get_by_text("Cabinet layout")).to_be_visible()
