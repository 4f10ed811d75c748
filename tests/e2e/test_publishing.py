"""Publishing and talking: what is shared reaches the other side's open pages, what is internal never does."""

import re

from playwright.sync_api import expect

from .conftest import People, never_reloaded


def test_a_published_item_is_seen_answered_and_the_answer_is_seen(people: People) -> None:
    """Nora publishes after the preview, Maya's open page shows it, Tom answers in the item's own thread."""
    project = people.project("Control room migration")
    maya, nora, tom = people("maya"), people("nora"), people("tom")
    maya.goto(f"{people.portal('maya')}/projects/{project}")
    title = "Load test on the second server"
    expect(maya.get_by_text(title)).to_have_count(0)
    with never_reloaded(maya):
        nora.goto(f"{people.portal('nora')}/projects/{project}")
        nora.get_by_role("row", name=re.compile("Load test on the spare server")).get_by_role("checkbox").check()
        nora.get_by_role("button", name=re.compile("Publish")).click()
        expect(nora.get_by_text("Maya Singh").first).to_be_visible()
        expect(maya.get_by_text(title)).to_have_count(0)
        nora.get_by_role("button", name=re.compile("Show 1 item")).click()
        expect(maya.get_by_text(title).first).to_be_visible()
    tom.goto(f"{people.portal('tom')}/projects/{project}")
    tom.get_by_role("link", name=title).first.click()
    expect(tom.get_by_role("heading", level=1)).to_have_text(title)
    nora.goto(f"{people.portal('nora')}/items/{tom.url.rsplit('/', 1)[1]}")
    answer = "Friday after the shift change suits the control room."
    with never_reloaded(nora):
        composer = tom.locator("form.composer.shared")
        composer.get_by_role("textbox").fill(answer)
        composer.get_by_role("button", name=re.compile("Send to")).click()
        expect(tom.locator(".thread.shared .message").get_by_text(answer)).to_be_visible()
        expect(nora.locator(".thread.shared .message").get_by_text(answer)).to_be_visible()
    expect(nora.locator(".thread.internal").get_by_text(answer)).to_have_count(0)


def test_tom_answers_in_place_and_maya_reads_it_live(people: People) -> None:
    threads = people.api("tom").get("/threads")["items"]
    thread = next(one["id"] for one in threads if one["audience"] == "shared")
    maya, tom = people("maya"), people("tom")
    maya.goto(f"{people.portal('maya')}/threads/{thread}")
    tom.goto(f"{people.portal('tom')}/threads/{thread}")
    with never_reloaded(maya):
        composer = tom.locator("form:has(textarea[name=text])").first
        composer.get_by_role("textbox").fill("The night shift agrees.")
        composer.get_by_role("button", name=re.compile("Send to")).click()
        expect(maya.get_by_text("The night shift agrees.").first).to_be_visible()


def test_what_nora_writes_internally_never_reaches_bluepeak(people: People) -> None:
    mine = people.api("maya").get("/home")["your_turn"]["mine"]
    item, secret = mine[0]["id"], "Voltar wants another 9 000, say nothing"
    maya, nora = people("maya"), people("nora")
    maya.goto(f"{people.portal('maya')}/items/{item}")
    nora.goto(f"{people.portal('nora')}/items/{item}")
    composer = nora.locator("form:has(button.internal)").first
    composer.get_by_role("textbox").fill(secret)
    composer.get_by_role("button").last.click()
    expect(nora.get_by_text(secret).first).to_be_visible()
    # A shared message sent afterwards arrives, so whatever was to come has come.
    shared = nora.locator("form:has(button.shared)").first
    shared.get_by_role("textbox").fill("The limits are in the simulator.")
    shared.get_by_role("button").last.click()
    expect(maya.get_by_text("The limits are in the simulator.").first).to_be_visible()
    assert secret not in maya.content()
    maya.reload()
    assert secret not in maya.content()
