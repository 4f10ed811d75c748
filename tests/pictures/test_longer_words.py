"""Every page has room for words that are two fifths longer: nothing scrolls sideways, no act or sign is cut off."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from atrium_gateway.pages.samples.__main__ import write
from atrium_gateway.pages.samples.catalogue import samples
from atrium_testkit.paths import DEMO_LOGOS
from playwright.sync_api import Browser, Page

WIDTHS = (1440, 1100, 800, 390, 320)
#: What people choose from and act with; what it says must be whole, or cut with an ellipsis and given in full.
WHOLE = (
    ".button, button, summary, nav a, .tabs a, .segment > *, "
    ".chip, .pill, .badge, .audience-badge, .version, .turn, .due"
)
CUT_OFF = """whole => {
  const said = one => one.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60);
  const isMeant = one => getComputedStyle(one).textOverflow === 'ellipsis' && one.closest('[title]');
  const clips = one => getComputedStyle(one).overflowX !== 'visible';
  const scrolls = one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const isSeen = one => one.checkVisibility() && one.getBoundingClientRect().width > 1 && said(one);
  const isCut = one => {
    if (one.clientWidth && one.scrollWidth > one.clientWidth + 1) return !isMeant(one);
    const box = one.getBoundingClientRect();
    let around = one.parentElement;
    for (; around && !scrolls(around); around = around.parentElement) {
      if (!clips(around) || isMeant(around)) continue;
      const room = around.getBoundingClientRect();
      if (box.right > room.right + 1 || box.left < room.left - 1) return room.width > 1;
    }
    return !around && box.left >= 0 && box.right > innerWidth + 1;
  };
  const told = one => `${one.className || one.tagName}: ${said(one)}`;
  return [...document.querySelectorAll(whole)].filter(isSeen).filter(isCut).map(told);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by the class above
        pass


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where all samples are served, in the developers' language."""
    folder = tmp_path_factory.mktemp("gallery")
    write(folder, Path(DEMO_LOGOS), in_longer=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def faults(window: Page) -> list[str]:
    """What does not fit, at each width."""
    found = []
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        over = window.evaluate(SIDEWAYS)
        found += [f"{width}: {over} px to the side"] if over > 0 else []
        found += [f"{width}: {words}" for words in window.evaluate(CUT_OFF, WHOLE)]
    return found


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_longer_words_have_room(window: Page, gallery: str, name: str) -> None:
    window.goto(f"{gallery}/{name}.html")
    assert faults(window) == []


def test_a_word_without_room_is_found(window: Page, gallery: str) -> None:
    window.goto(f"{gallery}/home-bluepeak.html")
    window.add_style_tag(content="main .button { max-width: 60px; overflow: hidden }")
    assert [fault for fault in faults(window) if "button" in fault]
    window.add_style_tag(content="main { min-width: 1500px }")
    assert "390: 1110 px to the side" in faults(window)
