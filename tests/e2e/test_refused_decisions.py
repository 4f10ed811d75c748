"""A decision that cannot be taken: it says what is new, nothing typed is lost, and it can be tried again."""

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from atrium_testkit.demo.client import Api
from playwright.sync_api import Page, Route, expect

from .conftest import People, wait_until
from .files import shared_file
from .test_sign_off import to_be_signed

COMMENT = "Right for all twelve stations."


def decide_at(page: Page, people: People, item: str, label: str) -> None:
    page.goto(f"{people.portal('maya')}/items/{item}")
    page.get_by_label("Comment").fill(COMMENT)
    page.get_by_role("button", name=label).click()


def while_it_is_sent(page: Page, item: str, happens: Callable[[], object]) -> None:
    """Something else is done between the press of the button and the arrival of the decision."""
    waiting = [happens]

    def hold(route: Route) -> None:
        while waiting:
            waiting.pop()()
        route.continue_()

    page.route(re.compile(f"/items/{item}/transitions"), hold)


def wait_for_version(api: Api, item: str, number: int) -> None:
    deadline = time.monotonic() + 20
    while api.get(f"/items/{item}")["version"]["number"] != number:
        assert time.monotonic() < deadline, "the item never learned of the version"
        time.sleep(0.1)


def test_a_newer_version_meanwhile_is_told_and_the_comment_kept(people: People) -> None:
    item, file = to_be_signed(people, "Terminal plan")
    maya, jan = people("maya"), people.api("jan")

    def comes() -> None:
        jan.upload(file, b"%PDF-1.7 second", "application/pdf", "Moved meanwhile")
        wait_for_version(jan, item, 2)

    while_it_is_sent(maya, item, comes)
    decide_at(maya, people, item, "Sign off version 1")
    alert = maya.locator("#decision").get_by_role("alert")
    expect(alert).to_contain_text("nothing was recorded")
    expect(alert).to_contain_text("Version 2 is from Jan Weber")
    expect(maya.get_by_label("Comment")).to_have_value(COMMENT)
    maya.unroute_all()
    maya.get_by_role("button", name="Sign off version 2").click()
    expect(maya.get_by_role("heading", name="This is done")).to_be_visible()
    expect(maya.locator("#history")).to_contain_text(COMMENT)


def asked_of_two(people: People, title: str) -> tuple[str, str]:
    """Project and item of a document that Maya and Tom are both asked to sign off; either's word is enough."""
    project = people.project("Control room migration")
    asked = [str(people.api(one).get("/me")["person_id"]) for one in ("maya", "tom")]
    file = shared_file(people, "jan", project, f"{title}.pdf", b"%PDF-1.7 first")
    new = {"title": title, "visibility": "shared", "workflow": "sign_off", "state": "sign_off"}
    body = {**new, "file_id": file, "asked_ids": asked}
    return project, str(people.api("jan").post(f"/projects/{project}/items", body, patient=True)["id"])


def test_a_colleagues_decision_meanwhile_is_told_and_the_words_shown(people: People) -> None:
    project, item = asked_of_two(people, "Wiring list")
    maya, tom = people("maya"), people.api("tom")
    while_it_is_sent(maya, item, lambda: approve(tom, item))
    decide_at(maya, people, item, "Sign off version 1")
    panel = maya.locator("#decision")
    expect(panel.get_by_role("alert")).to_contain_text(re.compile("meantime|faster|changed"))
    expect(panel.get_by_role("alert")).to_contain_text(COMMENT)
    expect(panel).to_contain_text("Tom Reed")
    told = {"items": [{"id": item, "customer_note": "It hangs in the archive now."}], "visibility": "shared"}
    people.api("jan").post(f"/projects/{project}/publications", told)
    expect(panel).to_contain_text("It hangs in the archive now.")
    expect(panel.get_by_role("alert")).to_contain_text(COMMENT)


def test_a_colleague_decides_while_one_writes_and_nothing_written_is_lost(people: People) -> None:
    _, item = asked_of_two(people, "Cable schedule")
    maya, tom = people("maya"), people.api("tom")
    maya.goto(f"{people.portal('maya')}/items/{item}")
    maya.get_by_label("Comment").fill(COMMENT)
    maya.get_by_label("Comment").blur()
    approve(tom, item)
    expect(maya.locator("#history")).to_contain_text("Tom Reed signed off")
    expect(maya.get_by_label("Comment")).to_have_value(COMMENT)
    maya.get_by_role("button", name="Sign off version 1").click()
    alert = maya.locator("#decision").get_by_role("alert")
    expect(alert).to_contain_text(re.compile("meantime|faster|changed"))
    expect(alert).to_contain_text(COMMENT)


def approve(api: Api, item: str) -> None:
    version = api.get(f"/items/{item}")["version"]
    bound = {"file_id": version["file_id"], "number": version["number"], "sha256": version["sha256"]}
    api.post(f"/items/{item}/approvals", {"decision": "approved", "comment": "", "versions": [bound]})


def test_without_an_answer_it_is_tried_again_at_a_press(people: People) -> None:
    """Once by itself, then it is held; the same button tries again with all that was typed."""
    item, _ = to_be_signed(people, "Labels of the cabinets")
    maya, tries = people("maya"), list[str]()

    def break_off(route: Route) -> None:
        tries.append(route.request.post_data or "")
        if len(tries) < 3:
            return route.abort("connectionreset")
        return route.continue_()

    maya.route(re.compile(f"/items/{item}/transitions"), break_off)
    decide_at(maya, people, item, "Sign off version 1")
    expect(maya.locator("#problem")).to_contain_text("This has not been sent.")
    expect(maya.get_by_label("Comment")).to_have_value(COMMENT)
    maya.get_by_role("button", name="Try again").click()
    expect(maya.get_by_role("heading", name="This is done")).to_be_visible()
    expect(maya.locator("#problem")).to_be_empty()
    assert len({parse_qs(one)["idempotency_key"][0] for one in tries}) == 1
    maya.unroute_all()


def test_what_is_on_its_way_says_so_at_once(people: People) -> None:
    """The button is busy and the panel says that it is being recorded, before any answer."""
    item, _ = to_be_signed(people, "Loop drawings")
    maya, held = people("maya"), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    maya.route(re.compile(f"/items/{item}/transitions"), hold)
    decide_at(maya, people, item, "Sign off version 1")
    expect(maya.get_by_role("button", name="Sign off version 1")).to_have_attribute("aria-busy", "true")
    expect(maya.get_by_text("This is being recorded.")).to_be_visible()
    wait_until(maya, lambda: held, "the decision is on its way")
    held[0].continue_()
    expect(maya.get_by_role("heading", name="This is done")).to_be_visible()
    maya.unroute_all()
