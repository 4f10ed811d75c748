"""What people do, as two people where two are involved. Live means: the other page is never reloaded."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import People


def no_reload(page) -> None:  # type: ignore[no-untyped-def]
    """Marks the open document, so that a reload would be noticed."""
    page.evaluate("document.documentElement.dataset.untouched = 'yes'")


def is_untouched(page) -> bool:  # type: ignore[no-untyped-def]
    return bool(page.evaluate("document.documentElement.dataset.untouched === 'yes'"))


def test_a_mailed_link_signs_in_only_by_its_button(people: People) -> None:
    link = people.link("anna")
    stranger = people.browser.new_context()
    scanner = stranger.new_page()
    for _ in range(3):
        answer = scanner.goto(link)
        assert answer is not None
        assert answer.status == 200
    assert "Anna Keller" in scanner.content()
    scanner.goto(people.portal("anna"))
    expect(scanner).to_have_url(re.compile("/sign-in"))
    scanner.goto(link)
    scanner.get_by_role("button", name=re.compile("Anmelden als Anna Keller")).click()
    expect(scanner.get_by_role("heading", level=1)).to_contain_text("Keller")
    stranger.close()


def test_anna_signs_off_and_noras_open_page_shows_it(people: People) -> None:
    anna = people("anna")
    anna.goto(people.portal("anna"))
    anna.get_by_role("link", name=re.compile("Ansehen und freigeben")).click()
    item = anna.url.rsplit("/", 1)[1].partition("#")[0]
    nora = people("nora")
    nora.goto(f"{people.portal('nora')}/items/{item}")
    no_reload(nora)
    anna.get_by_role("button", name=re.compile("Freigeben|freigeben")).first.click()
    expect(anna.get_by_text("Erledigt").first).to_be_visible()
    expect(nora.get_by_text("Done").first).to_be_visible()
    assert is_untouched(nora)


def test_nora_publishes_after_the_preview_and_mayas_open_page_shows_it(people: People) -> None:
    plan = people.api("nora", "/projects")["items"]
    project = next(one["id"] for one in plan if one["title"] == "Control room migration")  # type: ignore[attr-defined]
    maya = people("maya")
    maya.goto(f"{people.portal('maya')}/projects/{project}")
    title = "Load test on the second server"
    expect(maya.get_by_text(title)).to_have_count(0)
    no_reload(maya)
    nora = people("nora")
    nora.goto(f"{people.portal('nora')}/projects/{project}")
    nora.get_by_role("row", name=re.compile("Load test on the spare server")).get_by_role("checkbox").check()
    nora.get_by_role("button", name=re.compile("Publish")).click()
    expect(nora.get_by_text("Maya Singh").first).to_be_visible()
    expect(maya.get_by_text(title)).to_have_count(0)
    nora.get_by_role("button", name=re.compile("Show 1 item")).click()
    expect(maya.get_by_text(title).first).to_be_visible()
    assert is_untouched(maya)


def test_tom_answers_in_place_and_maya_reads_it_live(people: People) -> None:
    home = people.api("tom", "/threads")["items"]
    thread = next(one["id"] for one in home if one["audience"] == "shared")  # type: ignore[attr-defined]
    maya, tom = people("maya"), people("tom")
    maya.goto(f"{people.portal('maya')}/threads/{thread}")
    no_reload(maya)
    tom.goto(f"{people.portal('tom')}/threads/{thread}")
    composer = tom.locator("form:has(textarea[name=text])").first
    composer.get_by_role("textbox").fill("The night shift agrees.")
    composer.get_by_role("button", name=re.compile("Send to")).click()
    expect(maya.get_by_text("The night shift agrees.").first).to_be_visible()
    assert is_untouched(maya)


def test_reto_raises_a_request_in_german_and_jan_sees_it(people: People) -> None:
    reto = people("reto")
    reto.goto(f"{people.portal('reto')}/requests")
    expect(reto.get_by_role("heading", level=1)).to_have_text("Anfragen")
    form = reto.locator("form:has([name=title])").first
    form.locator("[name=title]").fill("Etikettendrucker Linie 1 druckt versetzt")
    form.locator("textarea").first.fill("Seit heute Morgen sitzt der Barcode 4 mm zu tief.")
    form.get_by_role("button", name=re.compile("An Nordwind senden")).click()
    expect(reto.get_by_text("Etikettendrucker Linie 1 druckt versetzt").first).to_be_visible()
    jan = people("jan")
    jan.goto(people.portal("jan"))
    expect(jan.get_by_text("Etikettendrucker Linie 1 druckt versetzt").first).to_be_visible()


def test_what_nora_writes_internally_never_reaches_bluepeak(people: People) -> None:
    mine = people.api("maya", "/home")["your_turn"]["mine"]  # type: ignore[index]
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


def test_a_report_link_opens_without_an_account_until_it_is_revoked(people: People) -> None:
    maya = people("maya")
    maya.goto(f"{people.portal('maya')}/reports")
    maya.locator("main a[href^='/reports/']").first.click()
    form = maya.locator("form:has([name=days])").first
    form.locator("[name=title]").fill("Supervisory board")
    form.get_by_role("button", name="Create link").click()
    address = re.search(r"https?://[^\s\"<]+/r/[A-Za-z0-9_-]+", maya.content())
    assert address is not None
    guest = people.browser.new_context().new_page()
    opened = guest.goto(address[0])
    assert opened is not None
    assert opened.status == 200
    expect(guest.locator("svg").first).to_be_visible()
    maya.get_by_role("button", name="Revoke link").first.click()
    maya.wait_for_load_state()
    gone = guest.goto(address[0])
    assert gone is not None
    assert gone.status == 410


@pytest.mark.parametrize("name", ["maya", "anna"])
def test_forms_work_without_scripts(people: People, name: str) -> None:
    page = people(name, scripts=False)
    page.goto(f"{people.portal(name)}/requests")
    form = page.locator("form:has([name=title])").first
    form.locator("[name=title]").fill("Asked without scripts")
    form.locator("textarea").first.fill("Every form has to work by itself.")
    form.locator("button").last.click()
    expect(page.get_by_text("Asked without scripts").first).to_be_visible()


@pytest.mark.parametrize("name", ["maya", "anna"])
@pytest.mark.parametrize("path", ["/", "/projects", "/files", "/requests", "/threads", "/reports"])
def test_pages_are_usable_on_a_phone_and_ask_nobody_else(people: People, name: str, path: str) -> None:
    page = people(name)
    page.set_viewport_size({"width": 390, "height": 844})
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    answer = page.goto(f"{people.portal(name)}{path}")
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hosts <= {people.portal(name).split("/")[2]}
    page.close()


def test_two_houses_two_brands_two_languages(people: People) -> None:
    seen = {}
    for name in ("anna", "maya"):
        page = people.browser.new_page()
        page.goto(f"{people.portal(name)}/sign-in")
        accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
        seen[name] = (page.get_attribute("html", "lang"), accent)
        page.close()
    assert seen["anna"][0] == "de"
    assert seen["maya"][0] == "en"
    assert seen["anna"][1] != seen["maya"][1]


def test_an_idle_page_asks_for_nothing(people: People) -> None:
    page = people("tom")
    page.goto(people.portal("tom"))
    page.wait_for_timeout(1500)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(4000)
    assert asked == []
