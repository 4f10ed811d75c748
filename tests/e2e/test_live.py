"""Open pages of two people: what one does the other sees, nothing typed is lost, sent twice, or polled for."""

import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from atrium_testkit.demo_people import gateway_command
from playwright.sync_api import Locator, Page, Response, expect

from .conftest import People, never_reloaded, wait_for_silence

LATE_MS = 15_000
IDLE_MS = 20_000
#: How far a row is below the top of its list, which may itself move with what changes above it.
IN_ITS_LIST = "row => Math.round(row.getBoundingClientRect().top - row.closest('section').getBoundingClientRect().top)"


def connected(page: Page) -> None:
    expect(page.locator("body[data-stream-state=open]")).to_be_attached()


def shared_thread(people: People) -> str:
    threads = people.api("maya").get("/threads")["items"]
    return next(str(one["id"]) for one in threads if one["audience"] == "shared")


def says(people: People, name: str, thread: str, text: str) -> str:
    """A message of this person's; returns a text that no other has."""
    unique = f"{text} {uuid4().hex[:8]}"
    people.api(name).post(f"/threads/{thread}/messages", {"text": unique})
    return unique


def at_thread(people: People, name: str, thread: str) -> Page:
    page = people(name)
    page.goto(f"{people.portal(name)}/threads/{thread}")
    connected(page)
    return page


def field(page: Page) -> Locator:
    return page.locator("form.composer.shared textarea").first


def send(page: Page) -> Locator:
    return page.locator("form.composer.shared button[type=submit]").first


def message(page: Page, text: str) -> Locator:
    return page.locator(".thread.shared .message:not(.pending) .words").get_by_text(text)


def texts(people: People, thread: str) -> list[str]:
    found: list[dict[str, Any]] = people.api("nora").get(f"/threads/{thread}/messages?sort=-posted_at&limit=40")[
        "items"
    ]
    return [one["text"] for one in found]


def scrolled(page: Page) -> float:
    """Where the page has come to rest below its top."""
    deadline, before = time.monotonic() + 10, -1.0
    while time.monotonic() < deadline:
        place = float(page.evaluate("window.scrollY"))
        if place and place == before:
            return place
        before = place
        page.wait_for_timeout(100)
    pytest.fail("the page does not scroll")


@pytest.fixture
def thread(people: People) -> str:
    return shared_thread(people)


def test_what_comes_leaves_text_focus_and_selection_as_they_are(people: People, thread: str) -> None:
    maya = at_thread(people, "maya", thread)
    field(maya).fill("half a sentence")
    field(maya).evaluate("field => field.setSelectionRange(5, 7)")
    with never_reloaded(maya):
        for text in ("one", "two", "three"):
            expect(message(maya, says(people, "nora", thread, text))).to_be_visible()
    assert field(maya).evaluate("field => [field.value, field.selectionStart, field.selectionEnd]") == [
        "half a sentence",
        5,
        7,
    ]
    expect(field(maya)).to_be_focused()
    field(maya).fill("")


def test_new_rows_wait_for_who_is_at_the_list(people: People) -> None:
    project = people.project("Control room migration")
    maya = people("maya")
    maya.goto(people.portal("maya"))
    connected(maya)
    first = maya.locator("#talks li a").first
    first.focus()
    known, place = first.get_attribute("href"), first.evaluate(IN_ITS_LIST)
    for number in (1, 2):
        body = {"subject": f"projects/{project}", "audience": "shared", "text": f"Something else, {number} {uuid4()}"}
        people.api("nora").post("/threads", body)
    pill = maya.locator("#talks .new-pill")
    expect(pill).to_have_text(re.compile(r"^\s*2\s+new\s*$"))
    assert (first.get_attribute("href"), first.evaluate(IN_ITS_LIST)) == (known, place)
    pill.click()
    expect(pill).to_have_count(0)
    expect(first).not_to_have_attribute("href", known or "")


def test_changes_are_marked_for_each_person_until_looked_at(people: People, thread: str) -> None:
    maya, tom = people("maya"), people("tom")
    says(people, "nora", thread, "Have you seen this?")
    mark = f"#talks [data-looked='threads/{thread}']"

    def of_this(answer: Response) -> bool:
        return answer.url.endswith("/api/v1/seen") and thread in (answer.request.post_data or "")

    with maya.expect_response(of_this) as told:
        maya.goto(people.portal("maya"))
        expect(maya.locator("#changes").get_by_role("link", name=re.compile(r"\d+ changes? since "))).to_be_visible()
        maya.locator(mark).scroll_into_view_if_needed()
    assert told.value.status == 204
    maya.reload()
    expect(maya.locator("#talks")).to_be_visible()
    expect(maya.locator(mark)).to_have_count(0)
    tom.goto(people.portal("tom"))
    expect(tom.locator(mark)).to_have_count(1)


def test_a_lost_connection_is_said_and_healed(people: People, thread: str) -> None:
    maya = at_thread(people, "maya", thread)
    home = maya.context.new_page()
    home.goto(people.portal("maya"))
    connected(home)
    maya.context.set_offline(True)
    expect(home.locator("[data-live-sign]").first).to_have_text(re.compile(r"Reconnecting, as of \d\d:\d\d"))
    expect(maya.locator("[data-connection]")).to_be_visible()
    written, missed = f"Written without a connection {uuid4()}", says(people, "nora", thread, "While you were away")
    field(maya).fill(written)
    send(maya).click()
    expect(maya.locator(".message.pending")).to_contain_text("not sent yet")
    field(maya).fill("and going on")
    maya.context.set_offline(False)
    expect(message(maya, missed)).to_have_count(1)
    expect(message(maya, written)).to_have_count(1)
    expect(maya.locator(".message.pending")).to_have_count(0)
    expect(maya.locator("[data-connection]")).to_be_hidden()
    expect(field(maya)).to_have_value("and going on")
    assert texts(people, thread).count(written) == 1
    field(maya).fill("")


def test_an_act_is_held_back_without_a_connection(people: People) -> None:
    item = people.api("maya").get("/home")["your_turn"]["mine"][0]["id"]
    maya = people("maya")
    maya.goto(f"{people.portal('maya')}/items/{item}")
    connected(maya)
    comment = maya.locator("#decision-form textarea")
    comment.fill("Only with the new limits")
    maya.context.set_offline(True)
    maya.locator("#decision-form button.primary").click()
    expect(maya.locator("#problem")).to_contain_text("This has not been sent.")
    expect(comment).to_have_value("Only with the new limits")
    maya.context.set_offline(False)
    expect(maya.locator("#problem")).to_be_empty()
    assert people.api("maya").get(f"/items/{item}")["turn"] == "customer"
    comment.fill("")


@pytest.fixture
def no_threads(people: People) -> Iterator[None]:
    with people.without_threads():
        yield


def test_a_message_is_sent_once_however_often_one_clicks(people: People, thread: str) -> None:
    maya = at_thread(people, "maya", thread)
    text = f"Clicked twice {uuid4()}"
    field(maya).fill(text)
    send(maya).dblclick()
    expect(maya.locator(".message .words").get_by_text(text)).to_have_count(1)
    expect(maya.locator(".message.pending")).to_have_count(0)
    expect(message(maya, text)).to_have_count(1)
    assert texts(people, thread).count(text) == 1


def test_what_the_portal_cannot_take_comes_back_with_the_reason(
    people: People, thread: str, request: pytest.FixtureRequest
) -> None:
    maya = at_thread(people, "maya", thread)
    request.getfixturevalue("no_threads")
    field(maya).fill("Is anybody there?")
    send(maya).click()
    expect(maya.locator("form.composer.shared [data-refused]").first).to_be_visible()
    expect(field(maya)).to_have_value("Is anybody there?")
    expect(maya.locator(".message.pending")).to_have_count(0)
    field(maya).fill("")


def test_back_and_forward_show_the_present_with_place_and_draft(people: People, thread: str) -> None:
    maya = at_thread(people, "maya", thread)
    field(maya).fill("to be continued")
    maya.mouse.wheel(0, 150)
    expect(maya.locator("h1").first).to_be_visible()
    place = scrolled(maya)
    maya.goto(people.portal("maya"))
    missed = says(people, "nora", thread, "While you were elsewhere")
    maya.go_back()
    expect(message(maya, missed)).to_have_count(1)
    expect(field(maya)).to_have_value("to be continued")
    maya.wait_for_function("place => window.scrollY >= place", arg=place)  # longer by what has come above it
    maya.go_forward()
    expect(maya.locator("#talks").get_by_text(missed)).to_be_visible()
    maya.go_back()
    field(maya).fill("")


def test_two_tabs_share_a_stream_and_ask_for_nothing_while_idle(people: People, thread: str) -> None:
    first = at_thread(people, "maya", thread)
    asked: list[str] = []
    first.context.on("request", lambda one: asked.append(one.url))
    second = first.context.new_page()
    second.goto(people.portal("maya"))
    connected(second)
    second.wait_for_timeout(4000)  # what is new there is looked at
    assert not [url for url in asked if url.endswith("/api/v1/events")]
    wait_for_silence(second, asked, IDLE_MS)
    text = says(people, "nora", thread, "For both tabs")
    expect(message(first, text)).to_be_visible()
    expect(second.locator("#talks").get_by_text(text)).to_be_visible()
    first.close()
    connected(second)
    expect(
        second.locator("#talks").get_by_text(says(people, "nora", thread, "For the one that is left"))
    ).to_be_visible()


def test_an_open_page_ends_with_its_persons_access(people: People, thread: str) -> None:
    nora, email = people.api("nora"), f"zoe.{uuid4().hex[:6]}@bluepeak.example"
    customer = people.api("maya").get("/me")["customer"]["id"]
    nora.post(f"/customers/{customer}/invitations", {"email": email, "name": "Zoe Short", "role": "member"})
    context = people.browser.new_context()
    zoe = context.new_page()
    zoe.goto(gateway_command(["sign-in", email], people.system.environment("gateway")).strip())
    zoe.locator("main form button, form button").first.click()
    zoe.wait_for_url(lambda address: "/sign-in" not in address)
    zoe.goto(f"{people.portal('maya')}/threads/{thread}")
    connected(zoe)
    members = nora.get(f"/customers/{customer}/people")["items"]
    person = next(one["person_id"] for one in members if one["email"] == email)
    nora.call("DELETE", f"/customers/{customer}/people/{person}")
    zoe.wait_for_url(re.compile("/sign-in"), timeout=LATE_MS)
    context.close()
