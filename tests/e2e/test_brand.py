"""A house's brand on the running system: changed while it runs, on every page and mail, in its own words."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from atrium_testkit.demo.client import Api
from playwright.sync_api import Page, expect

from .conftest import People

TERMS = {
    "de": {
        "project": {"article": "das", "singular": "Vorhaben", "plural": "Vorhaben"},
        "request": {"article": "das", "singular": "Anliegen", "plural": "Anliegen"},
        "conversation": {"article": "der", "singular": "Austausch", "plural": "Austausche"},
        "report": {"article": "die", "singular": "Übersicht", "plural": "Übersichten"},
    },
    "en": {
        "project": {"singular": "Engagement", "plural": "Engagements"},
        "request": {"singular": "Wish", "plural": "Wishes"},
        "conversation": {"singular": "Exchange", "plural": "Exchanges"},
        "report": {"singular": "Overview", "plural": "Overviews"},
    },
}
OURS = {
    "de": re.compile(r"Projekt|Anfrage|Unterhaltung|Bericht"),
    "en": re.compile(r"\b(?:project|request|conversation|report)s?\b", re.IGNORECASE),
}
#: “Report” as a verb is no word of a house.
VERBS = re.compile(r"report a fault|If you report this")
HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<head\b.*?</head>|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
LINK = re.compile(r'href="(/(projects|items|files|requests|threads|reports)/[0-9a-f-]{36})[?"#]')
LISTS = [
    "/",
    "/projects",
    "/files",
    "/threads",
    "/requests",
    "/reports",
    "/catch-up",
    "/search",
    "/people",
    "/settings",
]
#: A key or an address in an answer, which nobody wrote.
KEY = re.compile(r"[a-z_/]+")
OF_A_KIND = 4
#: What no brand changes: audiences, states, differences, the parts of verbs' colours.
FIXED = ["--aud-shared", "--aud-int", "--aud-priv", "--ok", "--warn", "--bad", "--a-l-solid", "--a-c-solid", "--add"]


@pytest.fixture
def studio(people: People) -> Iterator[str]:
    """The studio of Helvetia; its brand is afterwards what it was."""
    nora = people.api("nora")
    customer = next(one["id"] for one in nora.get("/customers")["items"] if one["slug"] == "helvetia")
    path = f"/customers/{customer}/brand"
    before = nora.get(path)
    yield path
    kept = ("product_name", "accent", "header", "text_on_accent", "font_heading", "words")
    nora.call("PATCH", path, {name: before[name] for name in kept})


def look(page: Page) -> dict[str, Any]:
    """What of the page's look is the brand's, and what is everyone's."""
    found: dict[str, Any] = page.evaluate(
        """fixed => {
          const root = getComputedStyle(document.documentElement);
          return {
            accent: root.getPropertyValue('--accent'),
            ground: root.getPropertyValue('--hdr-bg'),
            fixed: fixed.map(name => root.getPropertyValue(name)),
            verbs: [...new Set([...document.querySelectorAll('.chip.verb, .verb-word.verb')]
              .map(one => one.className.match(/verb-\\w+/)?.[0] + getComputedStyle(one).color))].sort(),
            name: document.querySelector('.house-name').textContent.trim(),
            bar: document.querySelector('meta[name=theme-color]').content,
            icon: document.querySelector('link[rel=icon]').href,
          };
        }""",
        FIXED,
    )
    return found


def at(people: People, name: str, path: str = "/") -> dict[str, Any]:
    page = people(name)
    page.goto(people.portal(name) + path)
    found = look(page)
    page.close()
    return found


def entrance(people: People, house: str) -> dict[str, Any]:
    context = people.browser.new_context()
    page = context.new_page()
    page.goto(f"{people.system.portal_url(house)}/sign-in")
    found = look(page)
    context.close()
    return found


def test_a_brand_published_in_the_studio_shows_on_the_next_page_everywhere(people: People, studio: str) -> None:
    before, others = at(people, "anna"), (at(people, "maya"), entrance(people, "bluepeak"))
    assert before["accent"] != others[0]["accent"]
    page = people("nora")
    page.goto(people.portal("nora") + studio)
    page.locator("#f-accent").fill("#b3261e")
    page.locator("#f-product_name").fill("Helvetia Werkportal")
    page.locator("[name=header][value=accent]").check(force=True)
    home = page.frame_locator(".main iframe:not(.coming)")
    expect(home.locator(".house-name")).to_have_text("Helvetia Werkportal")
    assert at(people, "anna")["name"] == before["name"]
    state = page.locator("[data-studio-state]")
    expect(state).to_contain_text("Draft")
    page.get_by_role("button", name="Publish brand to Helvetia").click()
    expect(state).to_contain_text("in force")
    page.close()
    after, entered = at(people, "anna"), entrance(people, "helvetia")
    for shown in (after, entered):
        assert (shown["accent"], shown["name"]) == ("#b3261e", "Helvetia Werkportal")
        assert shown["ground"] == shown["bar"] != before["ground"]
    assert (at(people, "maya"), entrance(people, "bluepeak")) == others
    assert after["fixed"] == before["fixed"] == others[0]["fixed"]
    assert after["verbs"] == before["verbs"]
    people.api("anna").call("POST", "/sign-in/codes", {"email": "anna.keller@helvetia.example"})
    mail = people.mail("anna", "Helvetia Werkportal")
    assert "#b3261e" in mail["html"]
    assert "Helvetia Werkportal" in mail["html"]


def test_what_is_wrong_is_said_at_once_and_the_rest_goes_on(people: People, studio: str) -> None:
    page = people("nora")
    page.goto(people.portal("nora") + studio)
    publish = page.get_by_role("button", name="Publish brand to Helvetia")
    page.locator("#f-accent").fill("greenish")
    expect(page.locator("[data-problem-of=accent]")).to_contain_text("#3f7d20")
    expect(publish).to_be_disabled()
    expect(page.locator("#why-not")).to_be_visible()
    page.locator("#f-accent").fill("#5fa23b")
    expect(page.locator("[data-problem-of=accent]")).to_be_empty()
    expect(publish).to_be_enabled()
    expect(page.locator(".repair").first).to_contain_text("#5fa23b")
    page.get_by_role("button", name="Use white text instead").click()
    expect(page.locator(".repair").first).to_contain_text("#438517")
    hostile = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    page.set_input_files("#f-logos_light", {"name": "l.svg", "mimeType": "image/svg+xml", "buffer": hostile})
    expect(page.locator("[data-problem-of=logos_light]")).to_contain_text("SVG")
    page.set_input_files("#f-logos_light", [])
    page.get_by_role("button", name=re.compile("Discard")).click()
    expect(page.locator("#f-accent")).not_to_have_value("#5fa23b")
    page.close()


def test_without_scripts_the_preview_comes_with_the_page(people: People, studio: str) -> None:
    page = people("nora", scripts=False)
    page.goto(people.portal("nora") + studio)
    page.locator("#f-product_name").fill("Ohne Skript")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.frame_locator(".main iframe").locator(".house-name")).to_have_text("Ohne Skript")
    page.get_by_role("button", name=re.compile("Discard")).click()
    expect(page.locator("#f-product_name")).not_to_have_value("Ohne Skript")
    page.close()


def strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    for part in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from strings(part)


def page_of(api: Api, path: str) -> str:
    parts = urlsplit(api.origin)
    headers = {"Host": parts.netloc, "Authorization": f"Bearer {api.token}"}
    answer = api.http.get(f"http://127.0.0.1:{parts.port}{path}", headers=headers, timeout=30)
    assert answer.ok, f"{path}: {answer.status_code}"
    return answer.text


def data_of(api: Api, path: str) -> set[str]:
    """What people wrote, as far as the page at this address shows it."""
    more = {"projects": ["/plan", "/files"], "items": ["/history"], "threads": ["/messages"]}
    found: set[str] = set()
    kind = urlsplit(path).path.split("/")[1]
    if kind in {"people", "settings", "catch-up", "search"}:
        return found
    for one in ["", *more.get(kind, [])] if path.count("/") > 1 else [""]:
        found |= set(strings(api.get(path + one if path != "/" else "/home")))
    return found


def crawled(api: Api) -> tuple[dict[str, str], set[str]]:
    """Every list of the portal and some pages of each kind: their HTML, and what people wrote on them."""
    todo, pages, data = list(LISTS), {}, set()
    while todo:
        path = todo.pop(0)
        pages[path] = page_of(api, path)
        data |= data_of(api, path)
        for address, kind in LINK.findall(pages[path]):
            known = [one for one in (*pages, *todo) if one.startswith(f"/{kind}/")]
            if address not in known and len(known) < OF_A_KIND:
                todo.append(address)
    return pages, data


def said(html: str, data: set[str]) -> str:
    """The words of a page that are ours to say."""
    text = unescape(" | ".join([*SPOKEN.findall(html), HIDDEN.sub(" | ", html)]))
    text = " ".join(text.split())
    for written in sorted(data, key=len, reverse=True):
        if len(written) > 3 and not KEY.fullmatch(written):
            text = text.replace(" ".join(written.split()), "…")
    return VERBS.sub("", text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_speaks_the_houses_own_words(people: People, studio: str, language: str) -> None:
    people.api("nora").call("PATCH", studio, {"words": TERMS})
    anna = people.api("anna")
    me = anna.get("/me")
    anna.call("PATCH", f"/customers/{me['customer']['id']}/people/{me['person_id']}", {"language": language})
    try:
        anna = people.api("anna")
        pages, data = crawled(anna)
        assert len(pages) > 25
        ours = {
            f"{path}: …{text[max(0, found.start() - 40) : found.end() + 40]}…"
            for path, html in pages.items()
            for text in [said(html, data)]
            for found in OURS[language].finditer(text)
        }
        assert not ours, "\n".join(sorted(ours))
        home = said(pages["/"], data)
        for word in TERMS[language].values():
            assert word["plural"] in home
    finally:
        anna.call("PATCH", f"/customers/{me['customer']['id']}/people/{me['person_id']}", {"language": me["language"]})
