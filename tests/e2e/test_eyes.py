"""Before and after sharing: the preview's pages, undo, and the customer's portal as one of its people sees it."""

import re

from playwright.sync_api import expect

from .conftest import People, never_reloaded, wait_until_drawn


def test_what_was_shown_is_taken_back_in_one_press(people: People) -> None:
    """Nora sees Maya's pages before, publishes, and presses Undo; Maya's open page gains the item and loses it."""
    project = people.project("Control room migration")
    maya, nora = people("maya"), people("nora")
    maya.goto(f"{people.portal('maya')}/projects/{project}")
    title = "Failover rehearsal at Ardal"
    nora.goto(f"{people.portal('nora')}/projects/{project}")
    nora.get_by_role("row", name=re.compile("Failover dry run before the real one")).get_by_role("checkbox").check()
    nora.get_by_role("button", name=re.compile("Publish")).click()
    tabs = nora.get_by_role("navigation", name="Preview of")
    for tab in ("Plan", "Home"):
        tabs.get_by_role("link", name=tab).click()
        shown = nora.frame_locator("iframe")
        expect(shown.get_by_text(title).first).to_be_visible()
        expect(shown.locator("script")).to_have_count(0)
    tabs.get_by_role("link", name="E-mail").click()
    expect(nora.get_by_text(re.compile("gets no e-mail|will see")).first).to_be_visible()
    with never_reloaded(maya):
        nora.get_by_role("button", name=re.compile("Show 1 item")).click()
        undo = nora.get_by_role("button", name="Undo")
        undo.hover()  # the offer stays while one points at it
        expect(maya.get_by_text(title).first).to_be_visible()
        undo.click()
        expect(nora.get_by_text("1 item is as it was.")).to_be_visible()
        expect(maya.get_by_text(title)).to_have_count(0)


def test_nora_looks_as_maya_and_leaves_with_one_key(people: People) -> None:
    project = people.project("Control room migration")
    nora = people("nora")
    nora.goto(f"{people.portal('nora')}/projects/{project}")
    nora.get_by_role("link", name="View as Bluepeak").click()
    nora.wait_for_url(f"{people.portal('maya')}/projects/{project}")
    expect(nora.get_by_text("You see Bluepeak’s portal as Maya Singh")).to_be_visible()
    expect(nora.get_by_text(re.compile(r"\d+ internal items"))).to_be_visible()
    expect(nora.get_by_text("Margin check on station hardware")).to_have_count(0)
    nora.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Conversations").click()
    nora.locator("main a[href^='/threads/']").first.click()
    expect(nora.get_by_text("What Bluepeak writes here is not shown to you.")).to_be_visible()
    composer = nora.locator("form.composer").first
    composer.get_by_role("textbox").fill("This is not Maya.")
    composer.get_by_role("button", name=re.compile("Send to")).click()
    expect(nora.get_by_role("alert").get_by_text("This view is for reading only.")).to_be_visible()
    expect(nora.locator(".message").get_by_text("This is not Maya.")).to_have_count(0)
    nora.goto(f"{people.portal('maya')}/")
    expect(nora.get_by_text(re.compile(r"\d+ internal items"))).to_be_visible()
    wait_until_drawn(nora)
    nora.keyboard.press("Escape")
    nora.wait_for_url(re.compile("/customers/"))
    nora.goto(f"{people.portal('maya')}/")
    nora.wait_for_url(re.compile("/sign-in"))
    trail = people.api("maya").get("/audit?action=viewed_as")["items"]
    assert [one["actor_side"] for one in trail] == ["provider"]


def test_a_look_works_without_scripts(people: People) -> None:
    nora = people("nora", scripts=False)
    nora.goto(f"{people.portal('nora')}/customers")
    nora.locator("main").get_by_role("link", name=re.compile("Helvetia")).first.click()
    nora.get_by_role("link", name=re.compile("View as")).click()
    expect(nora.get_by_text("Sie sehen das Portal von Helvetia als Anna Keller")).to_be_visible()
    nora.get_by_role("link", name=re.compile("Verlassen")).click()
    expect(nora).to_have_url(re.compile(f"{people.portal('nora')}/customers/"))
