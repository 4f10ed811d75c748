"""quality.md 10: the first page in a browser, with nothing in its cache: bytes, other hosts, what moves, when it shows.

Bytes are counted on the wire, headers included. What moves is watched three times: as the page comes from this machine,
over a slow line with a slow processor, and with fonts that arrive only after the page was painted; each on a desk's
screen and on a phone's. The time until the largest part shows is that of the slow line.
"""

import asyncio
import json
import statistics
from dataclasses import dataclass, field
from typing import Any

from atrium_testkit.demo_people import gateway_command
from atrium_testkit.system import System
from browser import Load, chromium, first_time, load, load_with_late_fonts
from measuring import RESULTS, RUNS
from playwright.async_api import Browser
from servers import demo_system

SCREENS = ((1440, 900), (390, 844))
MOST_PAGE_OCTETS = 60 * 1024
MOST_FONT_OCTETS = 80 * 1024
LINKS = "all => all.map((one) => one.getAttribute('href'))"


@dataclass
class Figures:
    """What was found at one page."""

    page: str
    page_octets: int
    font_octets: int
    logo_octets: int
    elsewhere: int
    shifts: list[dict[str, Any]] = field(default_factory=list)
    largest_ms: list[float] = field(default_factory=list)

    @property
    def moved(self) -> float:
        return round(sum(one["value"] for one in self.shifts), 4)

    @property
    def reached(self) -> bool:
        small = self.page_octets <= MOST_PAGE_OCTETS and self.font_octets <= MOST_FONT_OCTETS
        return small and self.elsewhere == 0 and self.moved == 0


def is_font(kind: str, _path: str) -> bool:
    return kind == "Font"


def is_logo(kind: str, path: str) -> bool:
    return path.startswith("/brand/")


def is_page(kind: str, path: str) -> bool:
    return not is_font(kind, path) and not is_logo(kind, path)


@dataclass(frozen=True)
class Reader:
    """Somebody of the demo in their browser."""

    system: System
    browser: Browser
    portal: str
    cookies: Any

    async def figures(self, name: str, path: str) -> Figures:
        url = f"{self.portal}{path}"
        first = await self._load(url, *SCREENS[0])
        found = Figures(
            name,
            first.traffic.octets(is_page),
            first.traffic.octets(is_font),
            first.traffic.octets(is_logo),
            first.traffic.elsewhere(self.portal, self.system.backends.s3.url),
            first.shifts,
        )
        for screen in SCREENS:
            found.shifts += (await self._load(url, *screen)).shifts
            async with first_time(self.browser, self.cookies, *screen) as context:
                found.shifts += (await load_with_late_fonts(context, url)).shifts
        for _ in range(RUNS):
            slow = await self._load(url, *SCREENS[1], slow=True)
            found.shifts += slow.shifts
            found.largest_ms.append(slow.largest_ms)
        return found

    async def _load(self, url: str, width: int, height: int, *, slow: bool = False) -> Load:
        async with first_time(self.browser, self.cookies, width, height) as context:
            return await load(context, url, slow=slow)


async def signed_in(system: System, browser: Browser, email: str, slug: str) -> tuple[Reader, dict[str, str]]:
    """A reader, and where their home's first act and its project are."""
    link = gateway_command(["sign-in", email], system.environment("gateway")).strip()
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(link)
    await page.locator("main form button").first.click()
    await page.wait_for_url(lambda address: "/sign-in" not in address)
    links = await page.eval_on_selector_all("main a[href]", LINKS)
    reader = Reader(system, browser, system.portal_url(slug), await context.cookies())
    await context.close()
    return reader, {kind: next(one for one in links if one.startswith(f"/{kind}/")) for kind in ("items", "projects")}


async def measure(system: System) -> list[Figures]:
    async with chromium() as browser:
        maya, places = await signed_in(system, browser, "maya.singh@bluepeak.example", "bluepeak")
        anna, _ = await signed_in(system, browser, "anna.keller@helvetia.example", "helvetia")
        nobody = Reader(system, browser, maya.portal, [])
        return [
            await maya.figures("home", "/"),
            await maya.figures("item", places["items"]),
            await maya.figures("project", places["projects"]),
            await nobody.figures("sign-in", "/sign-in"),
            await anna.figures("home, other brand", "/"),
        ]


def publish(found: list[Figures]) -> None:
    print("\npage: first time, cold cache; bytes on the wire; LCP at 1.6 Mbit/s, 150 ms, a processor 4 times slower")
    head = ("", "page", "fonts", "logo", "other hosts", "shift", "LCP p50", "min–max", "")
    rows = [head, *(_row(one) for one in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print("goals: page ≤ 60 KB, fonts ≤ 80 KB, other hosts 0, shift 0")
    RESULTS.mkdir(parents=True, exist_ok=True)
    pages = [{**vars(one), "moved": one.moved, "reached": one.reached} for one in found]
    (RESULTS / "page.json").write_text(
        json.dumps({"name": "page", "pages": pages}, indent=1, ensure_ascii=False) + "\n"
    )


def _row(one: Figures) -> tuple[str, ...]:
    return (
        one.page,
        *(f"{octets / 1024:.1f} KB" for octets in (one.page_octets, one.font_octets, one.logo_octets)),
        str(one.elsewhere),
        f"{one.moved:.4f}",
        f"{statistics.median(one.largest_ms):,.0f} ms",
        f"{min(one.largest_ms):,.0f}–{max(one.largest_ms):,.0f}",
        "reached" if one.reached else "short",
    )


def main() -> None:
    with demo_system() as system:
        found = asyncio.run(measure(system))
    publish(found)


if __name__ == "__main__":
    main()
