"""Someone who was invited a minute ago, at a phone: from the e-mail to the finished act, and who is who."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import EMAILS, People

SECONDS = 60.0
DECISIONS = 3
PHONE = {"width": 390, "height": 844}


@dataclass
class Newcomer:
    """Lena at her phone. A decision is a press of hers on a page of the portal; time runs from the mail's button."""

    key: str
    name: str
    page: Page
    title: str
    decisions: list[str] = field(default_factory=list)
    started: float = 0.0

    def open_mail(self, html: str) -> None:
        self.page.set_content(html)
        button = self.page.locator("a")
        expect(button).to_have_count(1)
        self.started = time.monotonic()
        button.click()

    def choose(self, what: Locator) -> None:
        expect(what).to_have_count(1)
        self.decisions.append(what.inner_text().strip())
        what.click()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


@pytest.fixture
def lena(people: People) -> Iterator[Newcomer]:
    """Invited to Helvetia, where one thing waits for whoever may decide it. Known to `people` by her key."""
    sign, api = os.urandom(3).hex(), people.api("nora")
    key, name = f"lena-{sign}", f"Lena Vogt-{sign.title()}"
    EMAILS[key] = f"{key}@helvetia.example"
    project = people.project("Rückverfolgbarkeit Frischprodukte")
    title = f"Besuchszeiten der Linie {sign}"
    body = {"title": title, "visibility": "shared", "state": "confirm", "due": "2020-01-02"}
    api.post(f"/projects/{project}/items", body)
    customer = next(one["id"] for one in api.get("/customers")["items"] if one["slug"] == "helvetia")
    invitation = {"email": EMAILS[key], "name": name, "role": "member", "language": "de"}
    api.post(f"/customers/{customer}/invitations", invitation)
    context = people.browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    yield Newcomer(key, name, context.new_page(), title)
    context.close()
    del EMAILS[key]


def test_from_the_invitation_to_the_finished_act(people: People, lena: Newcomer) -> None:
    """Is it me, what is asked of me, yes: three decisions, within a minute of page time."""
    page = lena.page
    lena.open_mail(people.mail(lena.key, "lädt Sie")["html"])
    lena.choose(page.get_by_role("button", name=f"Anmelden als {lena.name}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vogt")
    hero = page.locator("#turn .hero")
    expect(hero).to_contain_text(lena.title)
    lena.choose(hero.get_by_role("link", name="Bestätigen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(lena.title)
    lena.choose(page.locator("#decision").get_by_role("button", name="Bestätigen", exact=True))
    expect(page.get_by_role("heading", name="Das ist erledigt")).to_be_visible()
    print(f"\nfirst act after {lena.seconds:.1f} s and {len(lena.decisions)} decisions: {lena.decisions}")
    assert len(lena.decisions) <= DECISIONS
    assert lena.seconds <= SECONDS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_newcomer_reads_what_this_is_who_is_who_and_what_is_asked(people: People, lena: Newcomer) -> None:
    page = lena.page
    lena.open_mail(people.mail(lena.key, "lädt Sie")["html"])
    lena.choose(page.get_by_role("button", name=f"Anmelden als {lena.name}"))
    lena.choose(page.get_by_role("link", name="Neu hier? Wer ist wer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Willkommen")
    expect(page.locator(".decide-first")).to_contain_text(lena.title)
    expect(page.locator("section[aria-labelledby=about-head]")).to_contain_text("Rückverfolgbarkeit Frischprodukte")
    expect(page.locator("section[aria-labelledby=theirs-head]")).to_contain_text("Nora Lind")
    ours = page.locator("section[aria-labelledby=ours-head]")
    expect(ours).to_contain_text("Anna Keller")
    expect(ours).not_to_contain_text(lena.name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name=re.compile("als gesehen")).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Willkommen")
    page.goto(people.portal("anna"))
    expect(page.locator("#turn")).to_be_visible()
    expect(page.get_by_role("link", name="Neu hier? Wer ist wer")).to_have_count(0)
