"""Screenshots of the running demo (`make up` first), as the people of the demo see it: build/pictures/<page>.png.

`tools/pictures.py FOLDER` writes them elsewhere.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {"1440": (1440, 900), "390": (390, 844)}
STORIES = {"helvetia": "anna.keller@helvetia.example", "bluepeak": "maya.singh@bluepeak.example"}
#: From the home to one page of each kind, by the first link that leads there.
KINDS = {"project": "projects", "item": "items", "file": "files", "report": "reports", "request": "requests"}


def chromium() -> str:
    names = (os.environ.get("ATRIUM_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(path for name in names if name and (path := shutil.which(name)))


def sign_in_link(person: str) -> str:
    command = [sys.executable, "-m", "atrium_testkit", "sign-in", person]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(re.compile(r"^[^?]*(?<!/sign-in)/?$"))


def shoot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_load_state("load")
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    sys.stdout.write(f"{name}: {page.url}\n")


def tell(browser: Browser, portals: dict[str, str], folder: Path, slug: str, width: str) -> None:
    size = WIDTHS[width]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{portals[slug]}/sign-in")
    shoot(page, folder, f"{slug}-sign-in-{width}")
    sign_in(page, sign_in_link(STORIES[slug]))
    page.goto(portals[slug])
    shoot(page, folder, f"{slug}-home-{width}")
    for kind, plural in KINDS.items():
        link = first_link(page, portals[slug], plural)
        if link is None:
            sys.stderr.write(f"{slug}: no {kind} to be found\n")
            continue
        page.goto(f"{portals[slug]}{link}")
        shoot(page, folder, f"{slug}-{kind}-{width}")
    context.close()


def first_link(page: Page, portal: str, plural: str) -> str | None:
    """Looked for on the home, then on the list of its kind."""
    one = re.compile(rf"^/{plural}/[0-9a-f-]{{36}}$")
    for path in ("/", f"/{plural}", "/projects"):
        page.goto(f"{portal}{path}")
        for link in page.locator("a[href]").all():
            target = (link.get_attribute("href") or "").split("#")[0].split("?")[0]
            if one.match(target):
                return target
    return None


def main() -> None:
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    portals = json.loads((ROOT / ".atrium" / "endpoints.json").read_text())["portal"]
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        for slug in STORIES:
            for width in WIDTHS:
                tell(browser, portals, folder, slug, width)
        browser.close()


if __name__ == "__main__":
    main()
