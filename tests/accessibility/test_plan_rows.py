"""Rows of the workspace's plan: moved by keys and by their handle, edited in their cells. What is refused or cannot be
sent goes back, or stays where it was typed."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from atrium_gateway.pages.samples import workspace
from playwright.sync_api import Locator, Page, Route, expect

from .served import Gallery, Look

PLAN = Look("staff-plan", "nordwind", "en")
REASON = "This has changed in the meantime. Look at it again, then decide."
REFUSED = f'<div id="problem" role="alert" tabindex="-1"><p>{REASON}</p></div>'


@pytest.fixture
def plan(page: Page, served: Gallery) -> Page:
    page.goto(served.address(PLAN))
    return page


def begin(plan: Page) -> Locator:
    """The third row is drawn up, to above the second; the pointer is still down."""
    handle = plan.locator("#row-3 [data-grip]")
    above = plan.locator("#row-2").bounding_box()
    assert above
    handle.hover()
    plan.mouse.down()
    plan.mouse.move(above["x"] + 200, above["y"] + above["height"] / 4, steps=4)
    expect(plan.locator("#row-2")).to_have_class(re.compile("goes-before"))
    return handle


def expect_order(plan: Page, *rows: str) -> None:
    found = plan.locator("tbody tr")
    for at, row in enumerate(rows):
        expect(found.nth(at)).to_have_id(f"row-{row}")


def test_a_row_is_moved_by_keys(plan: Page) -> None:
    """M opens where it can go; the form that is sent is the same as without scripts."""
    plan.route("**/items/3/place?*", lambda route: route.fulfill(status=204))
    for key in "jjj":
        plan.keyboard.press(key)
    expect(plan.locator("#row-3 a.title")).to_be_focused()
    plan.keyboard.press("m")
    menu = plan.locator("#move-3")
    expect(menu).to_be_visible()
    with plan.expect_request("**/items/3/place?*") as asked:
        menu.get_by_role("button", name="Up").click()
    assert parse_qs(asked.value.post_data or "")["place"] == ["3:1:2"]
    expect(menu).to_be_hidden()


@pytest.mark.parametrize(("key", "place"), [(">", "3:2:"), ("<", "3::6")])
def test_a_row_is_indented_by_a_key_that_its_menu_names(plan: Page, key: str, place: str) -> None:
    """Not by Tab, which goes on through the page."""
    plan.route("**/items/3/place?*", lambda route: route.fulfill(status=204))
    plan.locator("#row-3 a.title").focus()
    with plan.expect_request("**/items/3/place?*") as asked:
        plan.keyboard.press(key)
    assert parse_qs(asked.value.post_data or "")["place"] == [place]
    expect(plan.locator("#row-3 a.title")).to_be_focused()
    plan.keyboard.press("m")
    expect(plan.locator("#move-3")).to_contain_text({">": "Indent", "<": "Outdent"}[key])


def test_a_row_is_drawn_by_its_handle(plan: Page) -> None:
    """It stands in its new place at once; what is asked for is what its menu would ask for."""
    plan.route("**/items/3/place?*", lambda route: route.fulfill(status=204))
    begin(plan)
    with plan.expect_request("**/items/3/place?*") as asked:
        plan.mouse.up()
    assert parse_qs(asked.value.post_data or "")["place"] == ["3:1:2"]
    expect_order(plan, "1", "3", "2")
    expect(plan.locator("#move-3")).to_be_hidden()


def test_a_row_that_is_given_up_stays_and_its_menu_opens_at_the_next_press(plan: Page) -> None:
    handle = begin(plan)
    plan.keyboard.press("Escape")
    expect(plan.locator(".drawn, .goes-before")).to_have_count(0)
    plan.mouse.up()
    expect_order(plan, "1", "2", "3")
    handle.click()
    expect(plan.locator("#move-3")).to_be_visible()


def test_a_refused_row_goes_back_and_the_reason_is_said(plan: Page) -> None:
    """Not before the answer: until then it stands where it was put."""
    held: list[Route] = []
    plan.route("**/items/3/place?*", lambda route: held.insert(0, route))
    begin(plan)
    with plan.expect_request("**/items/3/place?*"):
        plan.mouse.up()
    expect_order(plan, "1", "3", "2")
    held[0].fulfill(status=412, content_type="text/html", body=REFUSED)
    expect(plan.locator("#problem")).to_contain_text(REASON)
    expect(plan.locator("#problem")).to_be_focused()
    expect_order(plan, "1", "2", "3")


def test_a_row_that_cannot_be_sent_goes_back_and_that_is_said(plan: Page) -> None:
    plan.context.set_offline(True)
    begin(plan)
    plan.mouse.up()
    expect(plan.locator("#problem")).to_contain_text("This has not been sent.")
    expect_order(plan, "1", "2", "3")


def test_a_row_whose_answer_is_broken_off_goes_back(plan: Page) -> None:
    plan.route("**/items/3/place?*", lambda route: route.abort())
    begin(plan)
    plan.mouse.up()
    expect(plan.locator("#problem")).to_contain_text("This has not been sent.")
    expect_order(plan, "1", "2", "3")


def cell(plan: Page, field: str) -> Locator:
    return plan.locator(f"#row-3 [data-cell={field}]")


def edit(plan: Page, typed: str) -> Locator:
    cell(plan, "customer_title").focus()
    plan.keyboard.press("F2")
    field = plan.get_by_role("textbox", name="Title, as the customer reads it")
    expect(field).to_be_focused()
    field.fill(typed)
    return field


def test_a_cell_leads_to_the_items_form(plan: Page) -> None:
    for field in ("due", "owner", "customer_title"):
        expect(cell(plan, field)).to_have_attribute("href", f"/items/3#f-{field}")


def test_enter_saves_a_cell_and_stays_at_it(plan: Page) -> None:
    plan.route("**/items/3/cell?*", lambda route: route.fulfill(status=204))
    field = edit(plan, "Alarms")
    with plan.expect_request("**/items/3/cell?*") as asked:
        plan.keyboard.press("Enter")
    assert parse_qs(asked.value.post_data or "") == {
        "customer_title": ["Alarms"], "was": ["Alarm philosophy, version 3"], "revision": ["3"],
    }  # fmt: skip
    expect(field).to_have_count(0)
    expect(cell(plan, "customer_title")).to_be_focused()


def test_leaving_a_cell_saves_it(plan: Page) -> None:
    plan.route("**/items/3/cell?*", lambda route: route.fulfill(status=204))
    cell(plan, "due").click()
    field = plan.get_by_label("Due, for us")
    expect(field).to_be_focused()
    field.fill("2026-11-27")
    with plan.expect_request("**/items/3/cell?*") as asked:
        plan.locator("h1").click()
    assert parse_qs(asked.value.post_data or "")["due"] == ["2026-11-27"]
    expect(field).to_have_count(0)


def test_escape_gives_a_cell_up(plan: Page) -> None:
    field = edit(plan, "Alarms")
    plan.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(cell(plan, "customer_title")).to_be_focused()
    expect(cell(plan, "customer_title")).to_contain_text("Alarm philosophy, version 3")


def test_what_is_refused_stays_in_its_cell(plan: Page) -> None:
    plan.route("**/items/3/cell?*", lambda route: route.fulfill(status=422, content_type="text/html", body=REFUSED))
    field = edit(plan, "Alarms")
    plan.keyboard.press("Enter")
    expect(plan.locator("#problem")).to_contain_text(REASON)
    expect(field).to_have_value("Alarms")


def test_a_live_change_leaves_an_open_cell_alone(plan: Page, served: Gallery) -> None:
    expect(plan.locator("body")).to_have_attribute("data-stream-state", "open")
    field = edit(plan, "Alarms")
    first, *others = workspace.PLAN.rows
    served.change("staff-plan", replace(workspace.PLAN, rows=(replace(first, title="Works"), *others)), "projects/1")
    expect(plan.locator("#row-1 a.title")).to_have_text("Works")
    expect(field).to_have_value("Alarms")


def test_a_cell_that_changed_while_one_types_is_not_overwritten_in_silence(plan: Page, served: Gallery) -> None:
    """It is sent with what was there when it was opened, so that both values are shown."""
    expect(plan.locator("body")).to_have_attribute("data-stream-state", "open")
    plan.route("**/items/3/cell?*", lambda route: route.fulfill(status=204))
    edit(plan, "Alarms")
    newer = tuple(replace(row, title=f"{row.title}!", revision=row.revision + 1) for row in workspace.PLAN.rows)
    served.change("staff-plan", replace(workspace.PLAN, rows=newer), "projects/1")
    expect(plan.locator("#row-3")).to_have_attribute("data-revision", "4")
    with plan.expect_request("**/items/3/cell?*") as asked:
        plan.keyboard.press("Enter")
    assert parse_qs(asked.value.post_data or "")["revision"] == ["3"]


def test_a_plan_that_fetches_itself_asks_for_its_address_and_keeps_what_is_ticked(plan: Page, served: Gallery) -> None:
    expect(plan.locator("body")).to_have_attribute("data-stream-state", "open")
    ticked = plan.locator("#row-3").get_by_role("checkbox")
    ticked.check()
    first, *others = workspace.PLAN.rows
    with plan.expect_request("**part=plan*") as asked:
        served.change(
            "staff-plan", replace(workspace.PLAN, rows=(replace(first, title="Works"), *others)), "projects/1"
        )
    assert set(parse_qs(urlsplit(asked.value.url).query)) <= {"part", "house", "language", "theme"}
    expect(plan.locator("#row-1 a.title")).to_have_text("Works")
    expect(ticked).to_be_checked()
