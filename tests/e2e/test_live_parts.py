"""A part of an open page that cannot be fetched: it comes later by itself, or the page says that it is gone."""

import re
from uuid import uuid4

from playwright.sync_api import Page, Route, expect

from .conftest import People, never_reloaded


def open_page(people: People, name: str, path: str) -> Page:
    page = people(name)
    page.goto(f"{people.portal(name)}{path}")
    expect(page.locator("body[data-stream-state=open]")).to_be_attached()
    return page


def test_a_part_whose_fetching_is_broken_off_comes_after_all(people: People) -> None:
    thread = next(one["id"] for one in people.api("maya").get("/threads")["items"] if one["audience"] == "shared")
    maya, broken = open_page(people, "maya", f"/threads/{thread}"), []

    def break_off_twice(route: Route) -> None:
        broken.append(route.request.url)
        if len(broken) == 1:
            return route.abort("connectionreset")
        if len(broken) == 2:
            return route.fulfill(status=503, content_type="text/html", body="<main><h1>Nobody is there</h1></main>")
        return route.continue_()

    maya.route(re.compile(r"[?&]part="), break_off_twice)
    text = f"Is the cabinet there? {uuid4().hex[:8]}"
    with never_reloaded(maya):
        people.api("jan").post(f"/threads/{thread}/messages", {"text": text})
        expect(maya.locator(".thread.shared .message .words").get_by_text(text)).to_be_visible()
    assert len(broken) > 2
    expect(maya.get_by_text("Nobody is there")).to_have_count(0)
    maya.close()


def test_a_part_of_a_service_that_was_away_comes_when_it_is_back(people: People) -> None:
    with people.without_threads():
        maya = open_page(people, "maya", "/")
        expect(maya.locator("#talks .missing-part")).to_be_visible()
    with never_reloaded(maya):
        expect(maya.locator("#talks .missing-part")).to_have_count(0)
        expect(maya.locator("#talks li").first).to_be_visible()
    maya.close()


def test_a_page_that_is_taken_back_while_it_is_read_says_so(people: People) -> None:
    project, jan = people.project("Control room migration"), people.api("jan")
    new = {"title": "Shared too early", "visibility": "shared", "state": "confirm"}
    item = jan.post(f"/projects/{project}/items", new, patient=True)
    people.api("maya").get(f"/items/{item['id']}", patient=True)
    maya = open_page(people, "maya", f"/items/{item['id']}")
    expect(maya.get_by_role("heading", name="Shared too early", level=1)).to_be_visible()
    chosen = [{"id": item["id"], "revision": item["revision"]}]
    jan.post(f"/projects/{project}/publications", {"items": chosen, "visibility": "internal", "dry_run": False})
    expect(maya.get_by_role("heading", level=1)).to_have_text("This page is not here, or not for you")
    expect(maya.get_by_role("banner")).to_have_count(1)
    expect(maya.get_by_text("Shared too early")).to_have_count(0)
    maya.close()
