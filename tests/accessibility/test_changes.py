"""What others do while one is on a page: the focus stays, and it is said once, politely."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from atrium_gateway.pages.presenting.thread import Message, Thread, ThreadsPage
from atrium_gateway.pages.samples import more, portal, work
from atrium_gateway.pages.samples.house import JAN, MAYA, NORA, NOW
from playwright.sync_api import Page, Route, expect

from .served import SAMPLES, Gallery, Look, once

HOME = Look("home-bluepeak", "bluepeak", "en")
THREADS = Look("threads", "bluepeak", "en")
ITEM = Look("item-bluepeak", "bluepeak", "en")
COMPARE = Look("compare", "bluepeak", "en")
#: Keeps what the live region says, and when.
LISTEN = """() => {
  window.said = [];
  const region = document.querySelector('[data-announce]');
  new MutationObserver(() => said.push([performance.now(), region.textContent])).observe(region, { childList: true });
}"""
REGIONS = "[aria-live], [role=status], [role=log]"


def opened(page: Page, served: Gallery, look: Look) -> Page:
    page.goto(served.address(look))
    expect(page.locator("body[data-stream-state=open]")).to_be_attached()
    return page


def subject(page: Page, selector: str) -> str:
    return (page.locator(selector).get_attribute("data-live") or "").split()[0]


def written(view: ThreadsPage, *texts: str, by: object = NORA) -> ThreadsPage:
    """The page with more messages in its open conversation."""
    thread = view.thread
    assert isinstance(thread, Thread)
    fresh = tuple(
        Message(f"new-{len(thread.messages) + at}", NOW + timedelta(minutes=at), text, by)  # type: ignore[arg-type]
        for at, text in enumerate(texts)
    )
    return replace(view, thread=replace(thread, messages=(*thread.messages, *fresh)))


def test_a_focused_link_keeps_the_focus_when_its_part_changes(page: Page, served: Gallery) -> None:
    opened(page, served, HOME)
    link = page.locator("#turn a.whole").last
    title = link.text_content()
    link.focus()
    first, second, *rest = portal.HOME.mine
    mine = (first, replace(second, title="Approve the date of the test"), *rest)
    served.change(HOME.sample, replace(portal.HOME, mine=mine), subject(page, "#turn"))
    expect(page.locator("#turn")).to_contain_text("Approve the date of the test")
    assert page.evaluate("document.activeElement.textContent") == title


def test_what_one_is_writing_stays_when_a_message_arrives(page: Page, served: Gallery) -> None:
    opened(page, served, THREADS)
    field = page.locator("#thread-shared textarea")
    field.focus()
    page.keyboard.type("Half a sentence")
    page.keyboard.press("ArrowLeft")
    served.change(THREADS.sample, written(more.THREADS, "The limits are in."), subject(page, "#thread-shared"))
    expect(page.locator("#thread-shared .messages")).to_contain_text("The limits are in.")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a sentence")
    assert page.evaluate("document.activeElement.selectionStart") == len("Half a sentence") - 1


def test_what_one_has_looked_at_stays_so_when_an_older_answer_arrives(page: Page, served: Gallery) -> None:
    opened(page, served, COMPARE)
    before = int(page.locator("[data-seen]").inner_text())
    page.locator(".change-list [data-change]:not([data-was-seen]) a").first.click()
    expect(page.locator("[data-seen]")).to_have_text(str(before + 1))
    page.evaluate("() => { swapped = new Promise((done) => document.addEventListener('htmx:after:swap', done)) }")
    served.change(COMPARE.sample, SAMPLES[COMPARE.sample].view, subject(page, "[data-compare]"))
    page.evaluate("swapped.then(() => true)")
    expect(page.locator("[data-seen]")).to_have_text(str(before + 1))


def test_what_is_on_its_way_says_so_until_its_own_answer(page: Page, served: Gallery) -> None:
    """Parts that are fetched meanwhile end nothing, wherever the focus is; Safari gives none to a pressed button."""
    opened(page, served, ITEM)
    held: list[Route] = []
    page.route("**/transitions", lambda route: held.append(route))  # noqa: PLW0108  # Playwright wants a function
    with page.expect_request("**/transitions"):
        page.get_by_role("button", name="Sign off version 3").click()
    page.evaluate("document.activeElement.blur()")
    served.change(ITEM.sample, replace(work.ITEM, changes=()), subject(page, "#decision"))
    expect(page.locator("#changes-head")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign off version 3")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("This is being recorded.")).to_be_visible()
    held[0].fulfill(status=500)
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_messages_are_counted_and_said_at_most_every_five_seconds(page: Page, served: Gallery) -> None:
    opened(page, served, THREADS)
    page.evaluate(LISTEN)
    about, view = subject(page, "#thread-shared"), written(more.THREADS, "One.", "Two.")
    served.change(THREADS.sample, view, about)
    expect(page.locator("[data-announce]")).to_have_text("2 new messages")
    for text in ("Three.", "Four.", "Five."):
        view = written(view, text)
        served.change(THREADS.sample, view, about)
        expect(page.locator("#thread-shared .messages")).to_contain_text(text)
    page.wait_for_function("() => said.reduce((sum, [, words]) => sum + parseInt(words), 0) === 5")
    spoken = [at for at, _ in page.evaluate("said")]
    assert len(spoken) > 1  # two, where the three come within five seconds
    assert all(later - earlier > 4990 for earlier, later in pairwise(spoken))  # timers differ by less than ten


def test_a_change_is_said_by_the_name_of_its_part_in_the_readers_language(page: Page, served: Gallery) -> None:
    opened(page, served, Look("home-bluepeak", "bluepeak", "de"))
    mine = (replace(portal.HOME.mine[0], title="Etwas anderes", asked_by=JAN), *portal.HOME.mine[1:])
    served.change(HOME.sample, replace(portal.HOME, mine=mine), subject(page, "#turn"))
    expect(page.locator("[data-announce]")).to_contain_text("Geändert: ")
    expect(page.locator("[data-announce]")).not_to_contain_text("Etwas anderes")


def test_ones_own_messages_and_the_passing_time_are_not_said(page: Page, served: Gallery) -> None:
    opened(page, served, THREADS)
    page.evaluate(LISTEN)
    about, view = subject(page, "#thread-shared"), written(more.THREADS, "Mine.", by=MAYA)
    served.change(THREADS.sample, view, about)
    expect(page.locator("#thread-shared .messages")).to_contain_text("Mine.")
    served.change(THREADS.sample, written(view, "Theirs."), about)
    expect(page.locator("[data-announce]")).to_have_text("1 new message")
    assert [words for _, words in page.evaluate("said")] == ["1 new message"]


def test_what_a_workflow_would_do_is_said_in_one_sentence(page: Page, served: Gallery) -> None:
    tried = page.request.get(served.address(Look("staff-workflow-changed", "nordwind", "en"))).text()
    page.route("**/act", lambda route: route.fulfill(content_type="text/html", body=tried))
    page.goto(served.address(Look("staff-workflow", "nordwind", "en")))
    page.locator("[name=state_en]").first.fill("Sketch")
    expect(page.locator("[data-announce]")).to_have_text(
        "12 running items: 9 map by themselves, 3 need your choice", timeout=10_000
    )


def test_every_page_has_at_most_one_polite_region(still: Page, served: Gallery) -> None:
    for look in once():
        still.goto(served.address(look))
        regions = still.eval_on_selector_all(REGIONS, "all => all.map((one) => one.ariaLive ?? 'polite')")
        assert regions in (["polite"], []), f"{look.name}: {regions}"
