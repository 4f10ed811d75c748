"""A request, raised in German, turned into an item in the workspace, followed at the open page of who raised it."""

import re

from playwright.sync_api import FilePayload, Page, expect

from .conftest import People, never_reloaded

TITLE = "Etikettendrucker Linie 1 druckt versetzt"


def raise_request(page: Page) -> None:
    form = page.locator("form.request-form")
    form.get_by_label("Worum geht es").fill(TITLE)
    form.get_by_label("Was geschieht").fill("Seit heute Morgen sitzt der Barcode 4 mm zu tief.")
    form.get_by_role("button", name="An Nordwind senden").click()


def test_reto_asks_jan_makes_it_an_item_and_retos_open_page_shows_it(people: People) -> None:
    reto, jan = people("reto"), people("jan")
    jan.goto(people.portal("jan"))
    reto.goto(f"{people.portal('reto')}/requests")
    expect(reto.get_by_role("heading", level=1)).to_have_text("Anfragen")
    with never_reloaded(jan):
        raise_request(reto)
        expect(reto.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(jan.get_by_role("link", name=TITLE).first).to_be_visible()
    state = reto.locator("#state")
    expect(state).to_contain_text("Neu")
    item = "Druckkopf Linie 1 neu justieren"
    jan.get_by_role("link", name=TITLE).first.click()
    with never_reloaded(reto):
        with jan.expect_navigation():
            jan.get_by_role("button", name="Take on").click()
        expect(state).to_contain_text("In Arbeit")
        triage = jan.locator("section", has=jan.get_by_role("heading", name="Turn into an item"))
        triage.get_by_label("Title, as the customer reads it").fill(item)
        triage.get_by_role("button", name="Create item").click()
        jan.locator("#state").get_by_text("This became").get_by_role("link").click()
        jan.get_by_role("button", name="Publish…").click()
        expect(jan.get_by_text("Reto Brunner").first).to_be_visible()
        expect(state).not_to_contain_text("Daraus wurde")
        jan.get_by_role("button", name=re.compile("Show 1 item")).click()
        expect(state).to_contain_text(f"Daraus wurde {item}")
        expect(state).to_contain_text("Bei Nordwind")
    state.get_by_role("link", name=item).click()
    expect(reto.get_by_role("heading", level=1)).to_have_text(item)


def test_files_go_up_while_anna_writes_and_go_along_with_what_she_asks(people: People) -> None:
    anna = people("anna")
    anna.goto(f"{people.portal('anna')}/requests")
    rows = anna.locator(".upload-row[data-state=done]")
    for number, name in enumerate(("Etikette Linie 1", "Nicht diese"), start=1):
        content: FilePayload = {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": name.encode()}
        anna.locator(".request-form input[type=file]").set_input_files(content)
        expect(rows).to_have_count(number)
    rows.last.get_by_role("button", name="Entfernen").click()
    raise_request(anna)
    files = anna.locator("#files")
    expect(files.get_by_role("link", name="Etikette Linie 1")).to_be_visible()
    expect(files.get_by_role("listitem")).to_have_count(1)
