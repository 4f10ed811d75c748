"""The pages' samples in a browser, one page object for all of them."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from atrium_testkit.browsing import ARGUMENTS, chromium
from atrium_testkit.ports import any_free
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .served import Gallery, gallery

STARTS_WITHIN_S = 20
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def served() -> Iterator[Gallery]:
    port = any_free()
    app = gallery()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("The samples' server did not start.")
        thread.join(0.02)
    running = Gallery(app, f"http://127.0.0.1:{port}")
    yield running
    running.end()
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def _as_it_was(served: Gallery) -> Iterator[None]:
    yield
    served.reset()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def still(browser: Browser) -> Iterator[Page]:
    """One page for all that only looks: without the pages' scripts' stream, at the design's width."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[Page]:
    """The same on a phone, for a thumb."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for whoever acts on it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
