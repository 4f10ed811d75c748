"""Who sees which files, and what they may do with them."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from atrium_testkit.viewers import contact, link, preview, provider

from .conftest import PDF, House, sha256


async def names(house: House, viewer: object, path: str = "/files") -> set[str]:
    answer = await house.call("GET", path, viewer)  # type: ignore[arg-type]
    assert answer.status == 200, answer.content
    return {item["name"] for item in answer.json["items"]}


async def test_each_side_sees_what_is_for_it(house: House) -> None:
    shared = await house.new_file(house.nora, "shared.pdf")
    internal = await house.new_file(house.nora, "internal.pdf", "internal")
    private = await house.new_file(house.maya, "private.pdf", "private")
    path = f"/projects/{house.project}/files"
    assert await names(house, house.nora, path) == {"shared.pdf", "internal.pdf"}
    assert await names(house, house.maya, path) == {"shared.pdf", "private.pdf"}
    assert await names(house, preview(house.customer), path) == {"shared.pdf"}
    hidden = [(house.nora, private), (house.maya, internal), (preview(house.customer), private)]
    absent = str(uuid4())
    for viewer, file in hidden:
        for way in ("", "/versions/1", "/versions/1/content"):
            found = await house.call("GET", f"/files/{file}{way}", viewer)
            missing = await house.call("GET", f"/files/{absent}{way}", viewer)
            assert (found.status, missing.status) == (404, 404)
            assert {**found.json, "trace_id": ""} == {**missing.json, "trace_id": ""}
    assert (await house.call("GET", f"/files/{shared}", house.tom)).status == 200


async def test_a_private_version_stays_private(house: House) -> None:
    file = await house.new_file(house.maya, audience="private")
    assert (await house.add_version(house.maya, file, PDF))["status"] == "ready"
    assert (await house.download(house.tom, file, 1)).content == PDF
    assert (await house.call("POST", f"/files/{file}/versions/1/restoration", house.nora, json={})).status == 404
    assert (await house.call("PUT", f"/files/{file}/lock", house.nora)).status == 404


async def test_another_customer_sees_nothing(house: House, new_house: Callable[[], Awaitable[House]]) -> None:
    other = await new_house()
    file = await house.new_file(house.nora)
    assert (await house.call("GET", f"/files/{file}", other.maya)).status == 404
    assert await names(house, other.maya) == set()
    foreign = await house.call(
        "POST", f"/projects/{house.project}/files", other.maya, json={"name": "a", "audience": "shared"}
    )
    unknown = await house.call(
        "POST", f"/projects/{uuid4()}/files", other.maya, json={"name": "a", "audience": "shared"}
    )
    assert (foreign.status, unknown.status) == (404, 404)


async def test_permitted_projects_bound_both_sides(house: House) -> None:
    file = await house.new_file(house.nora)
    elsewhere = frozenset({uuid4()})
    for viewer in (contact(house.customer, "member", elsewhere), provider("member", projects=elsewhere)):
        assert (await house.call("GET", f"/files/{file}", viewer)).status == 404
        assert (await house.call("GET", f"/projects/{house.project}/files", viewer)).status == 404


@pytest.mark.parametrize("audience", ["internal", "private"])
async def test_nobody_makes_what_they_could_not_read(house: House, audience: str) -> None:
    viewer = house.maya if audience == "internal" else house.nora
    answer = await house.call(
        "POST", f"/projects/{house.project}/files", viewer, json={"name": "a.pdf", "audience": audience}
    )
    assert (answer.status, answer.json["code"]) == (422, "audience_not_allowed")


async def test_who_only_reads_writes_nothing(house: House) -> None:
    file = await house.new_file(house.maya)
    await house.add_version(house.maya, file, PDF)
    body = {"size": 1, "sha256": sha256(b"a"), "media_type": "text/plain"}
    for viewer in (house.reader, preview(house.customer)):
        assert (await house.call("GET", f"/files/{file}", viewer)).status == 200
        assert (await house.call("POST", f"/files/{file}/uploads", viewer, json=body)).status == 403
        assert (await house.call("POST", f"/files/{file}/versions/1/restoration", viewer, json={})).status == 403
        assert (await house.call("PUT", f"/files/{file}/lock", viewer)).status == 403
    assert (await house.call("GET", f"/files/{file}", link(house.customer, uuid4()))).status == 404


@pytest.mark.parametrize("name", ["../a.pdf", "a\r\nb", "\u202efdp.exe", "a" * 201, " "])
async def test_deceiving_names_are_refused(house: House, name: str) -> None:
    body = {"name": name, "audience": "shared"}
    answer = await house.call("POST", f"/projects/{house.project}/files", house.nora, json=body)
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/name"


async def test_a_name_is_taken_once_per_audience(house: House) -> None:
    await house.new_file(house.nora, "Plan.pdf")
    taken = await house.call(
        "POST", f"/projects/{house.project}/files", house.maya, json={"name": "plan.PDF", "audience": "shared"}
    )
    assert (taken.status, taken.json["code"]) == (409, "name_taken")
    # What is internal does not show by a refusal.
    await house.new_file(house.nora, "Margins.pdf", "internal")
    await house.new_file(house.maya, "Margins.pdf")


async def test_a_stack_tells_who_when_and_why(house: House) -> None:
    file = await house.new_file(house.nora)
    await house.add_version(house.nora, file, PDF + b"1", note="First")
    await house.add_version(house.maya, file, PDF + b"2", note="With remarks")
    answer = await house.call("GET", f"/files/{file}", house.tom)
    stack = answer.json["versions"]
    assert [(v["number"], v["note"], v["current"], v["uploaded_by"]) for v in stack] == [
        (2, "With remarks", True, str(house.maya.person)),
        (1, "First", False, str(house.nora.person)),
    ]
    assert answer.json["current"]["number"] == 2
    assert answer.etag == f'"{answer.json["revision"]}"'
    same = await house.call("GET", f"/files/{file}", house.tom, headers={"If-None-Match": answer.etag})
    assert same.status == 304


async def test_a_restored_version_is_a_new_one_with_the_same_content(house: House) -> None:
    file = await house.new_file(house.nora)
    for content in (b"1", b"2"):
        await house.add_version(house.nora, file, PDF + content)
    path, key = f"/files/{file}/versions/1/restoration", {"Idempotency-Key": uuid4().hex}
    answers = [await house.call("POST", path, house.maya, json={"note": "Back"}, headers=key) for _ in range(2)]
    assert [(a.status, a.json["number"]) for a in answers] == [(201, 3), (201, 3)]
    restored = await house.settled(house.maya, file, 3)
    assert (restored["status"], restored["sha256"], restored["restored_from"]) == ("ready", sha256(PDF + b"1"), 1)
    assert (await house.download(house.maya, file, 3)).content == PDF + b"1"
    assert (await house.call("GET", f"/files/{file}", house.maya)).json["current_version"] == 3


async def test_a_lock_keeps_others_from_adding(house: House) -> None:
    file = await house.new_file(house.nora)
    await house.add_version(house.nora, file, PDF)
    begun = await house.start(house.tom, file, PDF)
    locked = await house.call("PUT", f"/files/{file}/lock", house.maya)
    assert locked.json["locked_by"] == str(house.maya.person)
    body = {"size": 1, "sha256": sha256(b"a"), "media_type": "text/plain"}
    for answer in (
        await house.call("POST", f"/files/{file}/uploads", house.tom, json=body),
        await house.call("POST", f"/files/{file}/versions/1/restoration", house.tom, json={}),
        await house.call("PUT", f"/files/{file}/lock", house.tom),
        await house.call("DELETE", f"/files/{file}/lock", house.tom),
        await house.complete(house.tom, begun, await house.send_all(begun, PDF)),
    ):
        assert (answer.status, answer.json["code"]) == (409, "file_locked")
    assert (await house.call("POST", f"/files/{file}/uploads", house.maya, json=body)).status == 201
    assert (await house.call("DELETE", f"/files/{file}/lock", house.nora)).json["locked_by"] is None
    assert (await house.call("POST", f"/files/{file}/uploads", house.tom, json=body)).status == 201


async def test_a_note_is_its_uploaders_and_guarded_by_revision(house: House) -> None:
    file = await house.new_file(house.nora)
    version = await house.add_version(house.tom, file, PDF)
    path = f"/files/{file}/versions/1"
    stale = {"If-Match": f'"{version["revision"] - 1}"'}
    assert (await house.call("PATCH", path, house.tom, json={"note": "a"}, headers=stale)).status == 412
    assert (await house.call("PATCH", path, house.jan, json={"note": "a"})).status == 403
    changed = await house.call(
        "PATCH", path, house.tom, json={"note": "b"}, headers={"If-Match": f'"{version["revision"]}"'}
    )
    assert (changed.json["note"], changed.json["revision"]) == ("b", version["revision"] + 1)
    assert (changed.json["sha256"], changed.json["status"]) == (version["sha256"], "ready")


async def test_lists_come_in_pages(house: House) -> None:
    made = [await house.new_file(house.nora, f"{index}.pdf") for index in range(5)]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        page = (await house.call("GET", f"/files?project={house.project}&limit=2{more}", house.maya)).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == made[::-1]
    wrong = await house.call("GET", "/files?cursor=abc", house.maya)
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "?cursor")


async def test_home_shows_the_latest_files_that_can_be_read(house: House) -> None:
    await house.new_file(house.nora, "empty.pdf")
    file = await house.new_file(house.nora, "full.pdf")
    await house.add_version(house.nora, file, PDF)
    part = (await house.call("GET", "/home", house.maya)).json["files"]
    assert [item["name"] for item in part] == ["full.pdf"]
    assert part[0]["current"]["uploaded_by"] == str(house.nora.person)


async def test_versions_started_together_get_numbers_of_their_own(house: House) -> None:
    file = await house.new_file(house.nora)
    contents = [PDF + bytes([index]) for index in range(6)]
    versions = await asyncio.gather(*(house.add_version(house.nora, file, content) for content in contents))
    assert sorted(version["number"] for version in versions) == [1, 2, 3, 4, 5, 6]
    assert {version["sha256"] for version in versions} == {sha256(content) for content in contents}
    assert (await house.call("GET", f"/files/{file}", house.nora)).json["current_version"] == 6
