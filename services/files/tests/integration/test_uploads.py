"""Bytes in: parts, breaks, what the store refuses, what the check rejects."""

import os
from uuid import uuid4

import aiohttp
import pytest

from .conftest import MIB, PDF, House, cut, part_sha256, send, send_part, sha256

TWELVE = PDF + os.urandom(12 * MIB - len(PDF))


async def test_an_upload_goes_on_after_a_break(house: House) -> None:
    file = await house.new_file(house.maya)
    upload = await house.start(house.maya, file, TWELVE, part_size=5 * MIB, note="Stations from 4 to 12")
    assert [part["size"] for part in upload["parts"]] == [5 * MIB, 5 * MIB, 2 * MIB]
    pieces = cut(TWELVE, upload["parts"])
    await send_part(upload["parts"][1], pieces[1])

    again = (await house.call("GET", f"/uploads/{upload['upload']}", house.maya)).json
    assert [bool(part["etag"]) for part in again["parts"]] == [False, True, False]
    assert again["parts"][1].get("url") is None
    for index in (0, 2):
        await send_part(again["parts"][index], pieces[index])
    there = (await house.call("GET", f"/uploads/{upload['upload']}", house.maya)).json["parts"]
    answer = await house.complete(house.maya, upload, [{"number": p["number"], "etag": p["etag"]} for p in there])
    assert (answer.status, answer.json["status"]) == (200, "checking")

    version = await house.settled(house.maya, file, 1)
    assert version["status"] == "ready"
    assert (version["sha256"], version["size"], version["media_type"]) == (
        sha256(TWELVE),
        len(TWELVE),
        "application/pdf",
    )
    assert version["note"] == "Stations from 4 to 12"
    assert version["uploaded_by"] == str(house.maya.person)
    received = await house.download(house.nora, file, 1)
    assert received.content == TWELVE
    assert received.headers["content-disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize("content", [b"", b"x"])
async def test_files_of_no_and_one_byte(house: House, content: bytes) -> None:
    file = await house.new_file(house.tom, f"note {uuid4().hex}.txt")
    version = await house.add_version(house.tom, file, content, media_type="text/plain")
    assert (version["status"], version["size"]) == ("ready", len(content))
    assert (await house.download(house.tom, file, 1)).content == content


async def test_other_content_than_declared_is_rejected_and_removed(house: House) -> None:
    file = await house.new_file(house.maya)
    version = await house.add_version(house.maya, file, PDF + b"one", sha256=sha256(PDF + b"two"))
    assert (version["status"], version["reason"]) == ("rejected", "hash_mismatch")
    assert (await house.call("GET", f"/files/{file}", house.maya)).json["current"] is None
    content = await house.call("GET", f"/files/{file}/versions/1/content", house.maya)
    assert (content.status, content.json["code"]) == (409, "version_not_ready")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("tool.exe", b"MZ\x90\x00" + b"\x00" * 200, "type_forbidden"), ("report.pdf", b"<html></html>", "type_mismatch")],
)
async def test_content_that_may_not_be_here(house: House, name: str, content: bytes, reason: str) -> None:
    file = await house.new_file(house.nora, f"{uuid4().hex} {name}")
    version = await house.add_version(house.nora, file, content, media_type="application/octet-stream")
    assert (version["status"], version["reason"]) == ("rejected", reason)


async def test_the_store_takes_only_what_was_signed(house: House) -> None:
    file = await house.new_file(house.maya)
    content = PDF + b"signed"
    part = (await house.start(house.maya, file, content))["parts"][0]
    url, headers = part["url"], part["headers"]
    refused = {
        "longer": await send("PUT", url, content + b"!", headers),
        "shorter": await send("PUT", url, content[:-1], headers),
        "copied": await send("PUT", url, content, {**headers, "x-amz-copy-source": "/atrium/other"}),
        "made public": await send("PUT", url, content, {**headers, "x-amz-acl": "public-read"}),
        "read": await send("GET", url),
        "deleted": await send("DELETE", url),
        "posted": await send("POST", url, content),
        "other part": await send("PUT", url.replace("partNumber=1", "partNumber=2"), content, headers),
        "longer valid": await send("PUT", url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"), content, headers),
    }
    assert {what: sent.status for what, sent in refused.items()} == dict.fromkeys(refused, 403)
    assert (await send("PUT", url, content, headers)).status == 200


async def test_a_part_with_a_signed_checksum_takes_no_other_bytes(house: House) -> None:
    file = await house.new_file(house.maya)
    content = PDF + b"checked"
    upload = await house.start(house.maya, file, content, part_sha256=[part_sha256(content)])
    part = upload["parts"][0]
    other = content[:-1] + b"?"
    assert (await send("PUT", part["url"], other, part["headers"])).status == 400
    assert (await send("PUT", part["url"], content)).status == 403
    answer = await house.complete(house.maya, upload, await house.send_all(upload, content))
    assert answer.status == 200
    assert (await house.settled(house.maya, file, 1))["status"] == "ready"


async def test_nothing_is_added_to_a_completed_version(house: House) -> None:
    file = await house.new_file(house.maya)
    content = PDF + b"done"
    upload = await house.start(house.maya, file, content)
    parts = await house.send_all(upload, content)
    assert (await house.complete(house.maya, upload, parts)).status == 200
    part = upload["parts"][0]
    assert (await send("PUT", part["url"], content, part["headers"])).status == 404
    assert (await house.settled(house.maya, file, 1))["status"] == "ready"
    again = await house.complete(house.maya, upload, parts)
    assert (again.status, again.json["status"]) == (200, "ready")


async def test_a_repeated_completion_answers_the_same(house: House) -> None:
    upload = await house.start(house.maya, await house.new_file(house.maya), PDF)
    body, path = {"parts": await house.send_all(upload, PDF)}, f"/uploads/{upload['upload']}/completion"
    headers = {"Idempotency-Key": uuid4().hex}
    answers = [await house.call("POST", path, house.maya, json=body, headers=headers) for _ in range(2)]
    assert [(answer.status, answer.json["number"]) for answer in answers] == [(200, 1), (200, 1)]
    other = await house.call("POST", path, house.maya, json={"parts": []}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")


async def test_a_completion_needs_the_parts_that_were_sent(house: House) -> None:
    file = await house.new_file(house.maya)
    upload = await house.start(house.maya, file, PDF)
    none = await house.complete(house.maya, upload, [])
    assert (none.status, none.json["code"]) == (422, "parts_missing")
    wrong = await house.complete(house.maya, upload, [{"number": 1, "etag": "d41d8cd98f00b204e9800998ecf8427e"}])
    assert (wrong.status, wrong.json["code"]) == (422, "wrong_parts")
    right = await house.complete(house.maya, upload, await house.send_all(upload, PDF))
    assert right.status == 200


async def test_an_upload_is_its_uploaders_alone(house: House) -> None:
    upload = await house.start(house.maya, await house.new_file(house.maya), PDF)
    for viewer in (house.tom, house.nora):
        assert (await house.call("GET", f"/uploads/{upload['upload']}", viewer)).status == 404
        assert (await house.complete(viewer, upload, [{"number": 1, "etag": "a"}])).status == 404


async def test_a_repeated_start_reserves_once_and_signs_anew(house: House) -> None:
    file = await house.new_file(house.maya)
    body = {"size": 3, "sha256": sha256(b"abc"), "media_type": "text/plain", "note": ""}
    headers = {"Idempotency-Key": uuid4().hex}
    first = await house.call("POST", f"/files/{file}/uploads", house.maya, json=body, headers=headers)
    second = await house.call("POST", f"/files/{file}/uploads", house.maya, json=body, headers=headers)
    assert (first.status, second.status) == (201, 201)
    assert first.json["upload"] == second.json["upload"]
    assert second.json["number"] == 1
    other = await house.call("POST", f"/files/{file}/uploads", house.maya, json={**body, "size": 4}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")


async def test_a_form_uploads_without_scripts(house: House) -> None:
    file = await house.new_file(house.maya)
    body = {"media_type": "application/pdf", "redirect": "http://portal.example/done"}
    form = (await house.call("POST", f"/files/{file}/uploads/form", house.maya, json=body)).json
    early = await house.complete(house.maya, form, [])
    assert (early.status, early.json["code"]) == (409, "nothing_received")

    async def submit(**changed: str) -> aiohttp.ClientResponse:
        data = aiohttp.FormData({**form["fields"], **changed})
        data.add_field("file", PDF + b"by form", filename="a.pdf", content_type="application/pdf")
        async with aiohttp.ClientSession() as session:
            return await session.post(form["url"], data=data, allow_redirects=False)

    assert (await submit(key="content/elsewhere")).status == 403
    sent = await submit()
    assert (sent.status, sent.headers["location"].split("?")[0]) == (303, "http://portal.example/done")
    assert (await house.complete(house.maya, form, [])).status == 200
    version = await house.settled(house.maya, file, 1)
    assert (version["status"], version["sha256"]) == ("ready", sha256(PDF + b"by form"))
    assert (await house.download(house.tom, file, 1)).content == PDF + b"by form"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": 6 * 1024**3}, "too_large"),
        ({"part_size": 1}, "part_size"),
        ({"part_sha256": [part_sha256(b"a"), part_sha256(b"b")]}, "checksums"),
        ({"sha256": "abc"}, "invalid"),
        ({"media_type": "text/html\r\nX: y"}, "invalid"),
        ({"unknown": 1}, "invalid"),
    ],
)
async def test_wrong_uploads_are_refused_with_a_pointer(house: House, change: dict[str, object], code: str) -> None:
    file = await house.new_file(house.maya)
    body = {"size": 3, "sha256": sha256(b"abc"), "media_type": "text/plain", **change}
    answer = await house.call("POST", f"/files/{file}/uploads", house.maya, json=body)
    assert (answer.status, answer.json["code"]) == (422, code)
    assert answer.json["errors"][0]["pointer"] == f"/{next(iter(change))}"
    assert (await house.call("GET", f"/files/{file}", house.maya)).json["versions"] == []
