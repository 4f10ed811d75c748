"""The browser of tests, pictures and benchmarks: Debian's Chromium, quiet, or the one that ATRIUM_CHROMIUM names."""

import os
import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Its path. Raises SystemExit, saying how to get one."""
    found = os.environ.get("ATRIUM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise SystemExit("Chromium is needed: apt-get install chromium, or say where it is in ATRIUM_CHROMIUM.")
    return found
