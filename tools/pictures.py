"""Every page of the running demo (`make up` first), as the demo's people see it: build/pictures/ and its index.html.

Each person signs in once; each page is opened once in each language and width, and taken in both themes.
`tools/pictures.py --readme` then makes the README's four small ones of them.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path

from atrium_testkit.browsing import ARGUMENTS, chromium
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "pictures"
WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")
LANGUAGES = ("en", "de")
ID = "[0-9a-f-]{36}"
#: What a page of a kind is reached from, and how its address looks.
KINDS = {
    "project": ("/projects", f"/projects/{ID}"),
    "item": ("/", f"/items/{ID}"),
    "file": ("/files", f"/files/{ID}"),
    "thread": ("/threads", f"/threads/{ID}"),
    "request": ("/requests", f"/requests/{ID}"),
    "report": ("/reports", f"/reports/{ID}"),
}
SHARED = {
    "home": "/",
    "projects": "/projects",
    "files": "/files",
    "threads": "/threads",
    "requests": "/requests",
    "reports": "/reports",
    "catch-up": "/catch-up",
    "people": "/people",
    "settings": "/settings",
    "search": "/search?q=a",
    "not-here": "/projects/00000000-0000-4000-8000-000000000000",
}
STAFF = {"customers": "/customers", "workflows": "/workflows", "audit": "/audit"}
STAFF_KINDS = {"customer": ("/customers", f"/customers/{ID}"), "workflow": ("/workflows", f"/workflows/{ID}")}
#: What of a thing has a page of its own in the workspace.
STAFF_PARTS = {"customer": ("people", "brand"), "project": ("files", "threads", "requests", "reports", "settings")}
README = {
    "home": "bluepeak-home-en-light-1440",
    "home-de": "helvetia-home-de-light-1440",
    "item": "bluepeak-item-en-light-1440",
    "plan": "provider-project-en-dark-1440",
}
README_SIZE = (960, 640)
README_COLOURS = 256


@dataclass(frozen=True)
class Story:
    """One house as one of its people sees it."""

    house: str
    portal: str
    person: str

    @property
    def is_staff(self) -> bool:
        return self.house == "provider"


PEOPLE = {
    "bluepeak": "maya.singh@bluepeak.example",
    "helvetia": "anna.keller@helvetia.example",
    "provider": "nora@nordwind.example",
}


def stories() -> list[Story]:
    state = Path(os.environ.get("ATRIUM_STATE") or ROOT / ".atrium")
    portals = json.loads((state / "endpoints.json").read_text())["portal"]
    return [Story(house, portals[house], person) for house, person in PEOPLE.items()]


def sign_in(page: Page, story: Story) -> None:
    command = [sys.executable, "-m", "atrium_testkit", "sign-in", story.person]
    page.goto(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip())
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(re.compile(r"^[^?]*(?<!/sign-in)/?$"))


def speak(page: Page, story: Story, language: str) -> str:
    """Switches the person's language. Returns the one before."""
    page.goto(f"{story.portal}/settings")
    before = page.locator("[name=language]:checked").get_attribute("value") or "en"
    if before != language:
        page.locator(f"[name=language][value={language}]").check(force=True)
        page.locator("form:has([name=language]) button.primary").click()
        page.wait_for_load_state()
    return before


def found_pages(page: Page, story: Story) -> dict[str, str]:
    """The inventory: name of the page and where it is. One of each kind, by the first link that leads there."""
    pages = {**SHARED, **(STAFF if story.is_staff else {})}
    for kind, (start, pattern) in {**KINDS, **(STAFF_KINDS if story.is_staff else {})}.items():
        for begin in dict.fromkeys((start, "/", "/projects", pages.get("project", "/"))):
            page.goto(f"{story.portal}{begin}")
            if address := first_link(page, pattern):
                pages[kind] = address
                break
        else:
            sys.stderr.write(f"{story.house}: no {kind} to be found\n")
    for kind, parts in STAFF_PARTS.items() if story.is_staff else ():
        if kind in pages:
            pages |= {f"{kind}-{part}": f"{pages[kind]}/{part}" for part in parts}
    return pages


def first_link(page: Page, pattern: str) -> str | None:
    targets = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))")
    return next((one for target in targets if re.fullmatch(pattern, one := re.split("[#?]", target)[0])), None)


def shoot(page: Page, story: Story, name: str, language: str) -> None:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, whole)})
        for theme in THEMES:
            page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            page.screenshot(path=FOLDER / f"{story.house}-{name}-{language}-{theme}-{width}.png")


def tell(story: Story) -> list[str]:
    """Takes all pictures of a house. Returns the names of its pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        context = new_context(browser)
        page = context.new_page()
        signed_out(browser, story)
        sign_in(page, story)
        pages = found_pages(page, story)
        first = speak(page, story, LANGUAGES[0])
        for language in LANGUAGES:
            speak(page, story, language)
            for name, address in pages.items():
                page.goto(f"{story.portal}{address}")
                shoot(page, story, name, language)
        speak(page, story, first)
        browser.close()
    return ["sign-in", *pages]


def new_context(browser: Browser) -> BrowserContext:
    return browser.new_context(reduced_motion="reduce")


def signed_out(browser: Browser, story: Story) -> None:
    page = new_context(browser).new_page()
    for language in LANGUAGES:
        page.goto(f"{story.portal}/sign-in?language={language}")
        shoot(page, story, "sign-in", language)


def index(pages: dict[str, list[str]]) -> Iterator[str]:
    """All pictures side by side: a row for each page, a column for each language, theme and width."""
    columns = [f"{language}-{theme}-{width}" for language in LANGUAGES for theme in THEMES for width in WIDTHS]
    yield "<!doctype html><meta charset=utf-8><title>Pages</title><style>body{font:14px system-ui}img{width:100%}"
    yield "td{vertical-align:top;width:12%}table{table-layout:fixed;width:100%}</style>"
    for house, names in pages.items():
        yield f"<h1>{escape(house)}</h1><table><tr>{''.join(f'<th>{one}' for one in columns)}"
        for name in names:
            cells = (f"{house}-{name}-{column}.png" for column in columns)
            links = (f'<td><a href="{one}"><img src="{one}" loading=lazy alt="{one}"></a>' for one in cells)
            yield f"<tr><th colspan={len(columns)} align=left>{escape(name)}<tr>{''.join(links)}"
        yield "</table>"


def for_readme() -> None:
    """The upper part of four pages, small."""
    for name, source in README.items():
        whole = Image.open(FOLDER / f"{source}.png").convert("RGB")
        part = whole.crop((0, 0, 1440, 960)).resize(README_SIZE, Image.Resampling.LANCZOS)
        few = part.quantize(README_COLOURS, dither=Image.Dither.NONE)
        few.save(ROOT / "docs" / "pictures" / f"{name}.png", optimize=True)


def main() -> None:
    if sys.argv[1:] == ["--readme"]:
        for_readme()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    told = stories()
    with ProcessPoolExecutor(len(told)) as pool:
        pages = {story.house: names for story, names in zip(told, pool.map(tell, told), strict=True)}
    (FOLDER / "index.html").write_text("\n".join(index(pages)))
    sys.stdout.write(f"{FOLDER / 'index.html'}\n")


if __name__ == "__main__":
    main()
