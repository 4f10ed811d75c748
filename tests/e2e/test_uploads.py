"""Files go up in parts, over a break, with and without scripts; each version says what became of it."""

import hashlib
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Request, expect

from .conftest import People, never_reloaded, wait_until
from .files import choose_file, shared_file

MIB = 1024 * 1024
ONCE = {"1": 1, "2": 1, "3": 1, "4": 1}  # the parts of a file of 28 MiB


def parts_of(request: Request) -> list[str]:
    """The number of the part that is sent, if one is."""
    return re.findall(r"[?&]partNumber=(\d+)", request.url) if request.method == "PUT" else []


class Line:
    """The way to the store. The first part arrives, then it is broken until it is mended; all parts are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: Counter[str] = Counter()
        self.stored: Counter[str] = Counter()
        page.on("request", lambda request: self.asked.update(parts_of(request)))
        page.on("response", lambda answer: self.stored.update(parts_of(answer.request) if answer.ok else []))
        page.route(re.compile("partNumber=[2-9]"), lambda route: route.abort("internetdisconnected"))

    def mend(self) -> None:
        self.page.unroute_all()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / f"Trend recording {os.urandom(3).hex()}.dat"
    path.write_bytes(os.urandom(28 * MIB))
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def asks_before_leaving(page: Page) -> None:
    """A press on another page's link raises a question, which is answered by staying."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Projects", exact=True).click()
    wait_until(page, lambda: asked == ["beforeunload"], "a question before leaving")


def test_a_broken_upload_goes_on_by_itself(people: People, recording: Path) -> None:
    """Offline in the middle: the page says so, goes on with what is missing, and the checked version appears."""
    project, maya = people.project("Control room migration"), people("maya")
    maya.goto(f"{people.portal('maya')}/files")
    line = Line(maya)
    with never_reloaded(maya):
        choose_file(maya, recording, project)
        row = maya.locator(".upload-row")
        expect(row).to_contain_text(recording.name)
        expect(row).to_contain_text("Connection lost; it goes on by itself · 29\u202f%")
        maya.context.set_offline(True)
        asks_before_leaving(maya)
        line.mend()
        expect(row.get_by_role("progressbar")).to_have_attribute("value", str(8 * MIB))
        maya.context.set_offline(False)
        expect(maya.get_by_role("link", name=recording.stem)).to_be_visible(timeout=30_000)
        expect(row).to_have_count(0)
    assert line.stored == ONCE
    assert line.asked["1"] == 1
    maya.get_by_role("link", name=recording.stem).click()
    with never_reloaded(maya):
        version = maya.locator("#version-1")
        expect(version).to_contain_text("Current")
        expect(version.locator(".hash")).to_have_attribute("title", sha256(recording))


def test_an_upload_goes_on_after_a_reload(people: People, recording: Path) -> None:
    """The same file chosen again at the reloaded page: the parts that are stored are not sent again."""
    project = people.project("Control room migration")
    file = shared_file(people, "jan", project, recording.name, b"begun")
    maya = people("maya")
    address = f"{people.portal('maya')}/files/{file}"
    maya.goto(address)
    line = Line(maya)
    choose_file(maya, recording)
    expect(maya.locator(".upload-row")).to_contain_text("Connection lost")
    maya.goto(people.portal("maya"))
    line.mend()
    maya.goto(address)
    with never_reloaded(maya):
        choose_file(maya, recording)
        version = maya.locator("#version-2")
        expect(version).to_contain_text("Current", timeout=30_000)
        expect(version.locator(".hash")).to_have_attribute("title", sha256(recording))
    assert line.stored == ONCE
    assert line.asked["1"] == 1


def test_a_file_goes_up_without_scripts(people: People, tmp_path: Path) -> None:
    """Two plain forms: the name to the portal, then the content straight to the store."""
    project, tom = people.project("Hydro site telemetry"), people("tom", scripts=False)
    drawing = tmp_path / f"Cabinet drawing {os.urandom(3).hex()}.pdf"
    drawing.write_bytes(b"%PDF-1.7 " + os.urandom(2000))
    tom.goto(f"{people.portal('tom')}/files")
    choose_file(tom, drawing, project)
    tom.locator(f"form.upload[data-project='{project}']").get_by_role("button", name="Upload").click()
    expect(tom.get_by_text("Choose the file once more")).to_be_visible()
    tom.locator("input[name=file]").set_input_files(drawing)
    tom.get_by_role("button", name="Upload").click()
    expect(tom).to_have_url(re.compile(r"/files/[0-9a-f-]{36}$"))
    people.api("tom").until(f"/files/{tom.url.rsplit('/', 1)[1]}", lambda file: bool(file["current_version"]))
    tom.reload()
    expect(tom.locator("#version-1")).to_contain_text("Current")
    expect(tom.locator("#version-1 .hash")).to_have_attribute("title", sha256(drawing))


def test_an_old_version_is_restored_and_delivered(people: People, tmp_path: Path) -> None:
    """Restoring makes a version of its own with the old content; each download has the bytes of its version."""
    project, contents = people.project("Hydro site telemetry"), [b"%PDF-1.7 as built", b"%PDF-1.7 a mistake"]
    file = shared_file(people, "tom", project, f"Cable route {os.urandom(3).hex()}.pdf", contents[0])
    people.api("tom").upload(file, contents[1], "application/pdf", "")
    tom = people("tom")
    tom.goto(f"{people.portal('tom')}/files/{file}")
    tom.locator("#version-1").get_by_role("button", name="Restore as version 3").click()
    restored = tom.locator("#version-3")
    expect(restored).to_contain_text("Current")
    expect(restored.locator(".hash")).to_have_attribute("title", hashlib.sha256(contents[0]).hexdigest())
    expect(tom.locator("#version-2")).to_contain_text("Superseded")
    for number, content in ((1, contents[0]), (2, contents[1]), (3, contents[0])):
        with tom.expect_download() as download:
            tom.get_by_role("link", name=f"Download version {number}").click()
        assert download.value.path().read_bytes() == content


@pytest.mark.parametrize(
    ("name", "project", "reason", "not_open"),
    [
        (
            "maya",
            "Control room migration",
            "Rejected: programs and scripts cannot be shared here.",
            "This version cannot be opened",
        ),
        (
            "anna",
            "",
            "Abgelehnt: Programme und Skripte lassen sich hier nicht teilen.",
            "Diese Version lässt sich nicht öffnen",
        ),
    ],
)
def test_a_program_by_another_name_is_rejected_with_the_reason(
    people: People, tmp_path: Path, name: str, project: str, reason: str, not_open: str
) -> None:
    page = people(name)
    disguised = tmp_path / f"Rechnung {os.urandom(3).hex()}.pdf"
    disguised.write_bytes(b"MZ\x90\x00\x03\x00\x00\x00" + bytes(512))
    page.goto(f"{people.portal(name)}/files")
    with page.expect_response(re.compile("/completion$")):  # its link is there before, and would break it off
        choose_file(page, disguised, people.project(project) if project else "")
    expect(page.locator(".upload-row:not([data-state=done])")).to_have_count(0)
    page.get_by_role("link", name=disguised.stem).click()
    expect(page.locator("#version-1")).to_contain_text(reason)
    expect(page.get_by_role("heading", name=not_open, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Download|Herunterladen"))).to_have_count(0)
