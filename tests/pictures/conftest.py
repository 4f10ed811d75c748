"""The style page in a browser: served by the gateway's own routes, without what stands behind the other pages."""

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import uvicorn
from atrium_gateway.pages.headers import SecurityHeadersMiddleware
from atrium_gateway.pages.routes.components import router as style_page
from atrium_gateway.pages.static_files import router as static_files
from atrium_testkit import browsing
from atrium_testkit.looking import SCALE
from atrium_testkit.paths import DEMO_LOGOS
from atrium_testkit.ports import any_free
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

STARTS_WITHIN_S = 20
expect.set_options(timeout=15_000)
#: The same pixels wherever it runs.
ARGUMENTS = [
    *browsing.ARGUMENTS,
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what is seen as the new references")


def portal() -> FastAPI:
    app = FastAPI()
    app.state.settings = SimpleNamespace(style_page=DEMO_LOGOS, content_origin="")
    app.include_router(style_page)
    app.include_router(static_files)
    app.add_middleware(SecurityHeadersMiddleware)
    return app


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the style page is served."""
    port = any_free()
    server = uvicorn.Server(uvicorn.Config(portal(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("The style page's server did not start.")
        thread.join(0.02)
    yield f"http://127.0.0.1:{port}/_components"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browsing.chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


def wait_for_fonts(route: Route) -> None:
    """People do without a font that is late; a picture is taken with it, however busy the machine is."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("font-display:optional", "font-display:block"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True, device_scale_factor=SCALE)
    context.route("**/portal-*.css", wait_for_fonts)
    yield context.new_page()
    context.close()
