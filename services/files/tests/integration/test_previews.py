"""Previews: drawn by a process with limits, seen by those who see the version, given up when they cannot be."""

import asyncio
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import psutil
import pytest
from atrium_chassis.database import Database
from atrium_contracts.files import PreviewSettled
from atrium_files.previews.commands import draw_one
from atrium_files.previews.drawer import Drawer, Interrupted
from atrium_files.previews.model import MOST_ATTEMPTS
from atrium_files.store.objects import ObjectStore as Objects
from atrium_testkit.viewers import contact
from atrium_testkit.waiting import eventually
from fpdf import FPDF
from PIL import Image
from sqlalchemy import text

from .conftest import House, events_of, send, work_off

MIB = 1024**2
ENOUGH = Drawer(seconds=60, memory=768 * MIB)


def pdf(*pages: str, **protection: str) -> bytes:
    document = FPDF(format="A4", unit="mm")
    if protection:
        document.set_encryption(**protection)
    for words in pages:
        document.add_page()
        document.set_font("Helvetica", "", 12)
        document.multi_cell(0, 8, words)
    return bytes(document.output())


def picture(size: tuple[int, int], kind: str = "PNG", **more: Any) -> bytes:
    stored = BytesIO()
    Image.new("RGB", size, "#0e6073").save(stored, kind, **more)
    return stored.getvalue()


async def settled_preview(house: House, file: str, number: int = 1) -> dict[str, Any]:
    async def settled() -> dict[str, Any] | None:
        answer = await house.call("GET", f"/files/{file}/versions/{number}/preview", house.nora)
        assert answer.status == 200, answer.content
        return dict(answer.json) if answer.json["state"] != "making" else None

    found = await eventually(settled, 60)
    assert found is not None
    return found


async def shown(address: str) -> Image.Image:
    sent = await send("GET", address)
    assert (sent.status, sent.headers["content-type"]) == (200, "image/webp")
    assert sent.headers["content-disposition"] == "inline"
    return Image.open(BytesIO(sent.content))


async def test_each_page_of_a_pdf_can_be_looked_at(house: House, kafka_bootstrap: str) -> None:
    file = await house.new_file(house.nora)
    await house.add_version(house.nora, file, pdf("Priorities", "Limits by station", "Shelving"))
    found = await settled_preview(house, file)
    assert (found["state"], found["page_count"]) == ("ready", 3)
    assert [(page["number"], round(page["width"]), round(page["height"])) for page in found["pages"]] == [
        (number, 595, 842) for number in (1, 2, 3)
    ]
    page = found["pages"][1]
    assert (await shown(page["picture_url"])).width == 1400
    assert (await shown(page["thumbnail_url"])).width == 160
    assert "X-Amz-Expires=60" in page["picture_url"]
    assert (await send("GET", page["picture_url"].split("?")[0])).status == 403

    async def told() -> Any:
        events = await events_of(kafka_bootstrap, file)
        return next((found for found in events if isinstance(found[2], PreviewSettled)), None)

    latest = (await house.call("GET", "/home", house.nora)).json["files"]
    first = next(one["first_page"] for one in latest if one["id"] == str(file))
    assert (round(first["width"]), round(first["height"])) == (595, 842)

    told_of = await eventually(told)
    assert told_of is not None
    assert (told_of[1].subject, told_of[2].state) == (f"files/{file}/versions/1/preview", "ready")


async def test_a_picture_stands_upright(house: House) -> None:
    orientation = Image.Exif()
    orientation[0x0112] = 6
    file = await house.new_file(house.nora, "Pump.jpg")
    content = picture((2000, 1000), "JPEG", exif=orientation)
    await house.add_version(house.nora, file, content, media_type="image/jpeg")
    found = await settled_preview(house, file)
    assert (found["pages"][0]["width"], found["pages"][0]["height"]) == (1000, 2000)
    assert (await shown(found["pages"][0]["picture_url"])).size == (1000, 2000)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Damaged.pdf", b"%PDF-1.7\nnothing of what should follow", "application/pdf"),
        ("Locked.pdf", pdf("Secret", owner_password="o", user_password="u"), "application/pdf"),
        ("Cut off.png", picture((300, 300))[:60], "image/png"),
        ("Huge.png", picture((8000, 7000)), "image/png"),
    ],
)
async def test_what_cannot_be_drawn_is_said_so(house: House, name: str, content: bytes, media_type: str) -> None:
    file = await house.new_file(house.nora, name)
    await house.add_version(house.nora, file, content, media_type=media_type)
    assert await settled_preview(house, file) == {"state": "failed", "page_count": None, "pages": []}
    assert (await house.download(house.nora, file, 1)).content == content


async def test_other_types_and_what_was_rejected_have_none(house: House) -> None:
    none = {"state": "none", "page_count": None, "pages": []}
    file = await house.new_file(house.nora, "Notes.txt")
    await house.add_version(house.nora, file, b"Ring Ardal.", media_type="text/plain")
    assert await settled_preview(house, file) == none
    latest = (await house.call("GET", "/home", house.nora)).json["files"]
    assert [one["first_page"] for one in latest if one["id"] == str(file)] == [None]
    await house.add_version(house.nora, file, b"#! /bin/sh", media_type="text/plain")
    assert await settled_preview(house, file, 2) == none


async def test_a_preview_is_seen_by_those_who_see_the_version(house: House) -> None:
    stranger = contact(house.project)
    shared, internal = await house.new_file(house.nora), await house.new_file(house.nora, audience="internal")
    private = await house.new_file(house.maya, audience="private")
    for author, file in ((house.nora, shared), (house.nora, internal), (house.maya, private)):
        await house.add_version(author, file, pdf("Priorities"))

    async def answers(file: str) -> list[int]:
        path = f"/files/{file}/versions/1/preview"
        return [(await house.call("GET", path, who)).status for who in (house.nora, house.maya, stranger)]

    assert await answers(shared) == [200, 200, 404]
    assert await answers(internal) == [200, 404, 404]
    assert await answers(private) == [404, 200, 404]
    assert (await house.call("GET", f"/files/{shared}/versions/2/preview", house.nora)).status == 404


async def test_content_that_was_drawn_before_is_not_drawn_again(house: House) -> None:
    file = await house.new_file(house.nora)
    await house.add_version(house.nora, file, pdf("Priorities", "Limits"))
    first = await settled_preview(house, file)
    restored = await house.call("POST", f"/files/{file}/versions/1/restoration", house.nora, json={})
    await house.settled(house.nora, file, restored.json["number"])
    second = await settled_preview(house, file, restored.json["number"])
    assert second["page_count"] == 2
    assert [page["picture_url"].split("?")[0] for page in second["pages"]] == [
        page["picture_url"].split("?")[0] for page in first["pages"]
    ]


async def ready_version(house: House, database: Database, objects: Objects, name: str, content: bytes) -> str:
    """A version whose preview is due, of a service whose worker does not run."""
    file = await house.new_file(house.maya, name)
    upload = await house.start(house.maya, file, content)
    assert (await house.complete(house.maya, upload, await house.send_all(upload, content))).status == 200
    await work_off(database, objects)
    return file


async def draw(house: House, database: Database, objects: Objects, drawer: Drawer, file: str) -> bool:
    """One turn at this file, whatever else waits for one."""
    owner = Database(house.app.database.owner, "files", 1)
    due = "UPDATE drawing SET due_at = now() + CASE WHEN file_id = :file THEN interval '0' ELSE interval '1 day' END"
    async with owner.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE drawing NO FORCE ROW LEVEL SECURITY"))
        await connection.execute(text(due), {"file": file})
        await connection.execute(text("ALTER TABLE drawing FORCE ROW LEVEL SECURITY"))
    await owner.close()
    return await draw_one(database, objects, drawer, asyncio.Event())


async def state_of(house: House, file: str) -> str:
    return str((await house.call("GET", f"/files/{file}/versions/1/preview", house.maya)).json["state"])


async def drawings() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "atrium_files.previews.drawing" in child.cmdline()]


@pytest.mark.parametrize("drawer", [replace(ENOUGH, seconds=1), replace(ENOUGH, memory=40 * MIB)])
async def test_content_that_ends_the_drawing_again_and_again_is_given_up(
    quiet_house: House, quiet_database: Database, objects: Objects, drawer: Drawer
) -> None:
    heavy = pdf(*("Limits " * 400 for _ in range(40)))
    file = await ready_version(quiet_house, quiet_database, objects, "Heavy.pdf", heavy)
    for _ in range(MOST_ATTEMPTS):
        assert await draw(quiet_house, quiet_database, objects, drawer, file)
        assert await state_of(quiet_house, file) == "making"
    assert await draw(quiet_house, quiet_database, objects, drawer, file)
    assert await state_of(quiet_house, file) == "failed"
    assert not await draw(quiet_house, quiet_database, objects, ENOUGH, file)


async def test_a_worker_that_dies_leaves_the_preview_due(
    quiet_house: House, quiet_database: Database, objects: Objects
) -> None:
    heavy = pdf(*("Priorities " * 200 for _ in range(20)))
    file = await ready_version(quiet_house, quiet_database, objects, "Interrupted.pdf", heavy)
    dying = asyncio.create_task(draw(quiet_house, quiet_database, objects, ENOUGH, file))
    (process,) = await eventually(drawings)
    dying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dying
    assert not process.is_running()
    assert await state_of(quiet_house, file) == "making"
    assert await draw(quiet_house, quiet_database, objects, ENOUGH, file)
    assert await state_of(quiet_house, file) == "ready"


async def test_a_worker_that_stops_ends_the_drawing(tmp_path: Path) -> None:
    content, stopping = tmp_path / "content", asyncio.Event()
    content.write_bytes(pdf(*("Priorities " * 200 for _ in range(20))))
    stopping.set()
    with pytest.raises(Interrupted):
        await ENOUGH.draw("pdf", content, tmp_path, stopping)
    assert not await drawings()


async def test_a_store_that_is_away_is_not_the_contents_fault(
    quiet_house: House, quiet_database: Database, objects: Objects
) -> None:
    file = await ready_version(quiet_house, quiet_database, objects, "Patient.pdf", pdf("Priorities"))
    away = Objects("http://127.0.0.1:9", "us-east-1", objects.bucket, "a", "b")
    for _ in range(MOST_ATTEMPTS + 1):
        assert await draw(quiet_house, quiet_database, away, ENOUGH, file)
    assert await state_of(quiet_house, file) == "making"
    assert await draw(quiet_house, quiet_database, objects, ENOUGH, file)
    assert await state_of(quiet_house, file) == "ready"
