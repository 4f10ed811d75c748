"""A page as Chromium loads it for the first time: what comes over the wire, what moves, when the largest part shows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from atrium_testkit import browsing
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Route, async_playwright

PATIENCE_SECONDS = 60
#: A phone on its way, as Chromium's own tools know it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER_PROCESSOR = 4
OBSERVED = """
window.shifts = []; window.largest = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) shifts.push({
  value: one.value,
  parts: one.sources.map((source) => source.node?.className || source.node?.nodeName || ''),
}); }).observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => { largest = list.getEntries().at(-1).startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  if (list.getEntriesByName('first-contentful-paint').length) done();
}).observe({ type: 'paint', buffered: true }))"""


@dataclass
class Traffic:
    """What one load asked for and got, by CDP. Streams of hints stay open and are left out."""

    kinds: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", self._failed)

    def _sent(self, event: dict[str, Any]) -> None:
        if event.get("type") != "EventSource":
            self.urls[event["requestId"]] = event["request"]["url"]
            self.kinds[event["requestId"]] = event.get("type", "Other")

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"]["status"] >= 400:
            self.refused.append(f"{event['response']['url']}: {event['response']['status']}")

    def _finished(self, event: dict[str, Any]) -> None:
        self._ended(event["requestId"], int(event["encodedDataLength"]))

    def _failed(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.urls:
            self.refused.append(f"{self.urls[event['requestId']]}: {event['errorText']}")
            self._ended(event["requestId"], 0)

    def _ended(self, request: str, octets: int) -> None:
        if request in self.urls:
            self.received[request] = octets

    async def whole(self) -> None:
        """Wait until all that was asked for has arrived. Raises TimeoutError; RuntimeError for what did not come."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.urls.keys() - self.received.keys():  # noqa: ASYNC110  # CDP tells no such moment
                await asyncio.sleep(0.02)
        if self.refused:
            raise RuntimeError(", ".join(self.refused))

    def octets(self, concerns: Callable[[str, str], bool]) -> int:
        """Bytes over the wire, headers included, of the requests that this is true of, by kind and address."""
        return sum(
            octets for key, octets in self.received.items() if concerns(self.kinds[key], urlsplit(self.urls[key]).path)
        )

    def elsewhere(self, *origins: str) -> int:
        """How many requests went to none of these."""
        hosts = {urlsplit(origin).netloc for origin in origins}
        asked = [urlsplit(url) for url in self.urls.values()]
        return sum(one.scheme in {"http", "https"} and one.netloc not in hosts for one in asked)


@dataclass(frozen=True)
class Load:
    traffic: Traffic
    shifts: list[dict[str, Any]]
    largest_ms: float

    @property
    def moved(self) -> float:
        return sum(one["value"] for one in self.shifts)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browsing.chromium(), args=browsing.ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def first_time(browser: Browser, cookies: Any, width: int, height: int) -> AsyncIterator[BrowserContext]:
    """A browser that knows the cookies and has nothing in its cache."""
    context = await browser.new_context(viewport={"width": width, "height": height})
    await context.add_cookies(cookies)
    await context.add_init_script(OBSERVED)
    try:
        yield context
    finally:
        await context.close()


async def load(context: BrowserContext, url: str, *, slow: bool = False) -> Load:
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    traffic = Traffic()
    traffic.listen(session)
    await session.send("Network.enable")
    if slow:
        await session.send("Network.emulateNetworkConditions", SLOW_4G)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    await page.goto(url, timeout=PATIENCE_SECONDS * 1000)
    return await settled(page, traffic)


async def load_with_late_fonts(context: BrowserContext, url: str) -> Load:
    """The fonts arrive only after the page has been painted without them."""
    released = asyncio.Event()

    async def held(route: Route) -> None:
        await released.wait()
        await route.continue_()

    page = await context.new_page()
    await page.route("**/*.woff2", held)
    await page.goto(url, wait_until="domcontentloaded")
    await page.evaluate(PAINTED)
    await page.evaluate(TWO_FRAMES)
    released.set()
    await page.wait_for_load_state()
    return await settled(page, Traffic())


async def settled(page: Page, traffic: Traffic) -> Load:
    """After the last byte, the last font and the frame that shows them."""
    await traffic.whole()
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await page.evaluate(TWO_FRAMES)
    shifts, largest = await page.evaluate("[shifts, largest]")
    return Load(traffic, shifts, largest)
