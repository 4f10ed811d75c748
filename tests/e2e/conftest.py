"""People with a browser each: Debian's Chromium, real pages, the demo."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

import pytest
from atrium_testkit.browsing import ARGUMENTS, chromium
from atrium_testkit.demo.client import Api
from atrium_testkit.demo_people import gateway_command
from atrium_testkit.system import System
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

EMAILS = {
    "nora": "nora@nordwind.example",
    "jan": "jan@nordwind.example",
    "anna": "anna.keller@helvetia.example",
    "reto": "reto.brunner@helvetia.example",
    "maya": "maya.singh@bluepeak.example",
    "tom": "tom.reed@bluepeak.example",
}
WITHIN_SECONDS = 15
SILENT_WITHIN_SECONDS = 60
expect.set_options(timeout=WITHIN_SECONDS * 1000)


@dataclass
class People:
    """`people("maya")` is a page at which Maya is signed in."""

    system: System
    browser: Browser
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    apis: dict[str, Api] = field(default_factory=dict)

    def __call__(self, name: str, *, scripts: bool = True) -> Page:
        key = f"{name}{scripts}"
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                viewport={"width": 1440, "height": 900}, java_script_enabled=scripts
            )
            page = self.contexts[key].new_page()
            page.goto(self.link(name))
            page.locator("main form button, form button").first.click()
            page.wait_for_url(lambda address: "/sign-in" not in address)
            page.close()
        return self.contexts[key].new_page()

    def link(self, name: str) -> str:
        return gateway_command(["sign-in", EMAILS[name]], self.system.environment("gateway")).strip()

    def portal(self, name: str) -> str:
        house = EMAILS[name].partition("@")[2].split(".")[0]
        return self.system.public_url if house == "nordwind" else self.system.portal_url(house)

    def api(self, name: str) -> Api:
        """The public API as this person, for finding addresses and for what no journey is about."""
        if name not in self.apis:
            token = gateway_command(["token", EMAILS[name]], self.system.environment("gateway")).strip()
            self.apis[name] = Api(self.portal(name), token)
        return self.apis[name]

    @contextmanager
    def without_threads(self) -> Iterator[None]:
        """The service is away within; afterwards the gateway has found it again."""
        self.system.kill("threads")
        try:
            yield
        finally:
            self.system.start_service("threads").wait_ready()
            self.api("nora").get("/threads", patient=True)

    def mails(self, name: str, about: str) -> list[dict[str, Any]]:
        """What this person was told of something by mail, as the mail server has it."""
        address = f"{self.system.backends.mail.url}/messages.json?to={EMAILS[name]}"
        with urlopen(address, timeout=10) as answer:  # noqa: S310  # our own address
            return [one for one in json.load(answer) if about in one["subject"]]

    def mail(self, name: str, about: str, known: int = 0) -> dict[str, Any]:
        """The newest of these mails, once there are more than those known."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            found = self.mails(name, about)
            if len(found) > known:
                return found[-1]
            time.sleep(0.1)
        pytest.fail(f"no mail to {name} about {about}")

    def project(self, title: str) -> str:
        """The id of one of the demo's projects."""
        projects = self.api("nora").get("/projects")["items"]
        return next(str(one["id"]) for one in projects if one["title"] == title)


def wait_until(page: Page, check: Callable[[], object], what: str) -> None:
    """For what no locator sees, such as a request that a page has made; the browser's events are heard meanwhile."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not check():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {WITHIN_SECONDS} s: {what}")
        page.wait_for_timeout(50)


def wait_for_silence(page: Page, asked: list[str], stretch_ms: int) -> None:
    """A stretch of time in which nothing is asked for: one that others' late changes disturb is followed by another."""
    deadline = time.monotonic() + SILENT_WITHIN_SECONDS
    while time.monotonic() < deadline:
        asked.clear()
        page.wait_for_timeout(stretch_ms)
        if not asked:
            return
    pytest.fail(f"the page goes on asking: {asked}")


def wait_until_drawn(page: Page) -> None:
    """A page that was never drawn hears no key."""
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


@contextmanager
def never_reloaded(page: Page) -> Iterator[None]:
    """What is seen on the page within came by itself: its document is still the same afterwards."""
    page.evaluate("document.documentElement.dataset.untouched = 'yes'")
    yield
    assert page.evaluate("document.documentElement.dataset.untouched === 'yes'")


@pytest.fixture(autouse=True)
def _pages_end_with_their_test(people: People) -> Iterator[None]:
    """Else all of them go on living: each change would be fetched by every page of the journeys before."""
    yield
    for context in people.browser.contexts:
        for page in context.pages:
            page.close()


@pytest.fixture(scope="session")
def people(demo_system: System) -> Iterator[People]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield People(demo_system, browser)
        finally:
            browser.close()
