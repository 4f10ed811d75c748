"""Files in the hands of people: choosing one at a page, and one that is there before a journey begins."""

from mimetypes import guess_type
from pathlib import Path

from playwright.sync_api import Page

from .conftest import People


def choose_file(page: Page, path: Path, project: str = "") -> None:
    """At the page's form, or at that of one project where the page has several."""
    form = page.locator(f"form.upload[data-project='{project}']" if project else "form.upload").first
    form.locator("input[type=file]").set_input_files(path)


def shared_file(people: People, name: str, project: str, title: str, content: bytes) -> str:
    """A file with one version, ready. Returns its id."""
    api = people.api(name)
    file = str(api.post(f"/projects/{project}/files", {"name": title, "audience": "shared"}, patient=True)["id"])
    api.upload(file, content, guess_type(title)[0] or "application/octet-stream", "")
    return file
