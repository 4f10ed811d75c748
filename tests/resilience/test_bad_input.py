"""Every edge answers bad input in the portal's own words, and nothing half-done stays behind."""

import asyncio
import hashlib
import html
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
import requests
from atrium_testkit.demo_people import gateway_command

from tests.isolation.conftest import Client

from .conftest import House

ITEMS, ITEM = "/projects/{project}/items", "/items/{item}"
PROGRAM, TEXT = b"MZ" + b"\0" * 200, b"article;pieces\n4711;12\n"

#: What is sent, and the status and code that it is answered with. `json` is a body, `data` raw bytes.
REFUSED: dict[str, tuple[str, str, dict[str, Any], int, str]] = {
    "not JSON": ("POST", ITEMS, {"data": b'{"title"'}, 422, "not_json"),
    "an unknown field": ("POST", ITEMS, {"json": {"title": "T", "colour": "red"}}, 422, "invalid"),
    "too long": ("POST", ITEMS, {"json": {"title": "x" * 201}}, 422, "invalid"),
    "nothing in it": ("POST", ITEMS, {"json": {"title": " "}}, 422, "invalid"),
    "no id": ("GET", "/projects/not-an-id", {}, 404, "not_found"),
    "an id of nothing": ("GET", f"/projects/{uuid4()}", {}, 404, "not_found"),
    "a step that the state does not have": (
        "POST",
        f"{ITEM}/transitions",
        {"json": {"transition": "fly"}},
        409,
        "wrong_state",
    ),
    "an old revision": (
        "PATCH",
        ITEM,
        {"json": {"title": "T"}, "headers": {"If-Match": '"99"'}},
        412,
        "stale_revision",
    ),
    "a type of its own": ("POST", ITEMS, {"json": {"title": ["T"]}}, 422, "invalid"),
    "a file without a name": ("POST", "/projects/{project}/files", {"json": {"audience": "shared"}}, 422, "invalid"),
    "a token of nothing": ("POST", "/sign-in", {"json": {"token": "x" * 43}}, 422, "code_ended"),
    "a report link of nobody": ("GET", "/r/" + "x" * 43, {}, 404, "not_found"),
}


def until(check: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def moved(house: House, service: str, statement: str, *values: object) -> None:
    """What is stored of a moment, moved into the past: hours go by without anybody waiting for them."""

    async def run() -> None:
        where = urlsplit(house.system.backends.postgres_admin_dsn)._replace(path=f"/{service}")
        connection = await asyncpg.connect(urlunsplit(where))
        try:
            assert await connection.execute(statement, *values) == "UPDATE 1"
        finally:
            await connection.close()

    asyncio.run(run())


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_so_as_a_problem(house: House, case: str) -> None:
    method, path, sent, status, code = REFUSED[case]
    item = house.item(title="As it was")
    before = house.nora.get(f"/projects/{house.project}/plan")["items"]
    headers = (
        {"Content-Type": "application/json", **sent.pop("headers", {})} if "data" in sent else sent.pop("headers", {})
    )
    where = path.format(project=house.project, item=item)
    answer = house.nora.ask(method, f"/api/v1{where}", headers=headers, **sent)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.keys() >= {"type", "title", "status", "detail", "code", "trace_id"}
    if code == "invalid":
        assert all(error["pointer"] is not None and error["code"] for error in problem["errors"])
    assert house.nora.get(f"/projects/{house.project}/plan")["items"] == before


def test_a_repeated_key_answers_the_same_and_takes_no_other_body(house: House) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    path = f"/api/v1/projects/{house.project}/items"
    first = house.nora.ask("POST", path, json={"title": "Once"}, headers=key)
    again = house.nora.ask("POST", path, json={"title": "Once"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = house.nora.ask("POST", path, json={"title": "Twice"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def begin_upload(client: Client, project: str, name: str, content: bytes, sha256: str = "") -> tuple[str, Any]:
    file = client.post(f"/projects/{project}/files", {"name": name, "audience": "shared"})["id"]
    body = {
        "size": len(content),
        "sha256": sha256 or hashlib.sha256(content).hexdigest(),
        "media_type": "text/csv",
        "note": "",
    }
    return file, client.post(f"/files/{file}/uploads", body)


def put(part: dict[str, Any], content: bytes) -> requests.Response:
    return requests.put(part["url"], data=content, headers=part["headers"], timeout=20)


@pytest.mark.parametrize(
    ("name", "content", "sha256", "reason", "words"),
    [
        ("Wrong hash.csv", TEXT, "0" * 64, "hash_mismatch", "differs from what was announced"),
        ("Program.exe", PROGRAM, "", "type_forbidden", "programs and scripts cannot be shared"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_rejected_with_the_reason(
    house: House, name: str, content: bytes, sha256: str, reason: str, words: str
) -> None:
    file, upload = begin_upload(house.maya, house.project, name, content, sha256)
    stored = put(upload["parts"][0], content)
    assert stored.ok, stored.text
    house.maya.post(
        f"/uploads/{upload['upload']}/completion", {"parts": [{"number": 1, "etag": stored.headers["etag"]}]}
    )
    until(lambda: house.maya.get(f"/files/{file}/versions/1")["status"] == "rejected")
    assert house.maya.get(f"/files/{file}/versions/1")["reason"] == reason
    assert words in html.unescape(house.maya.ask("GET", f"/files/{file}").text)
    assert house.maya.ask("GET", f"/api/v1/files/{file}/versions/1/content").status_code in {404, 409}


def test_an_upload_never_completed_is_aborted_after_a_day(house: House) -> None:
    file, upload = begin_upload(house.maya, house.project, "Never.csv", TEXT)
    moved(house, "files", "UPDATE work SET due_at = due_at - interval '23 hours 50 minutes' WHERE file_id = $1", file)
    assert put(upload["parts"][0], TEXT).ok, "before a day is over it can go on"
    assert house.maya.get(f"/files/{file}/versions/1")["status"] == "uploading"
    moved(house, "files", "UPDATE work SET due_at = due_at - interval '10 minutes' WHERE file_id = $1", file)
    until(lambda: house.maya.get(f"/files/{file}/versions/1")["status"] == "rejected")
    until(lambda: put(upload["parts"][0], TEXT).status_code == 404)
    late = house.maya.ask("POST", f"/api/v1/uploads/{upload['upload']}/completion", json={"parts": []})
    assert late.status_code in {409, 422}
    assert house.maya.get(f"/uploads/{upload['upload']}")["parts"] == []


def mailed(house: House, email: str) -> str:
    """The text of the latest mail to someone."""
    found: list[dict[str, Any]] = []

    def arrived() -> bool:
        found[:] = requests.get(
            f"{house.system.backends.mail.url}/messages.json", params={"to": email}, timeout=10
        ).json()
        return any(re.search(r"\b\d{3} \d{3}\b", one["text"]) for one in found)

    until(arrived)
    return str(next(one["text"] for one in reversed(found) if re.search(r"\b\d{3} \d{3}\b", one["text"])))


def test_a_code_is_wrong_five_times_at_most(house: House) -> None:
    email = house.email("maya")
    assert house.stranger.ask("POST", "/api/v1/sign-in/codes", json={"email": email}).status_code == 202
    found = re.search(r"\b(\d{3}) (\d{3})\b", mailed(house, email))
    assert found
    right = found[1] + found[2]
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    tries = [house.stranger.ask("POST", "/api/v1/sign-in", json={"email": email, "code": wrong}) for _ in range(5)]
    assert [one.json().get("tries_left") for one in tries[:4]] == [4, 3, 2, 1]
    assert tries[4].status_code == 429
    assert int(tries[4].headers["retry-after"]) >= 1
    assert house.stranger.ask("POST", "/api/v1/sign-in", json={"email": email, "code": right}).status_code == 429


def test_a_mailed_link_ends(house: House) -> None:
    email = house.email("rob")
    address = gateway_command(["sign-in", email], house.system.environment("gateway")).strip()
    path = urlsplit(address).path
    assert house.stranger.ask("GET", path).status_code == 200
    ended = "UPDATE sign_in_code SET expires_at = now() - interval '1 second' WHERE person_id = $1 AND used_at IS NULL"
    moved(house, "gateway", ended, house.rob.get("/me")["person_id"])
    page = house.stranger.ask("GET", path)
    assert (page.status_code, "<!doctype html>" in page.text) == (410, True)
    token = path.rpartition("/")[2]
    answer = house.stranger.ask("POST", "/api/v1/sign-in", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (422, "code_ended")


def test_a_host_that_belongs_to_nobody_gets_a_plain_page(house: House) -> None:
    nowhere = Client("http://nobody.example:" + str(urlsplit(house.stranger.origin).port), "")
    page = nowhere.ask("GET", "/")
    assert (page.status_code, "no portal at this address" in page.text) == (421, True)
    problem = nowhere.ask("GET", "/api/v1/me")
    assert (problem.status_code, problem.json()["code"]) == (421, "unknown_host")


def test_a_refused_form_keeps_what_was_typed(house: House) -> None:
    project = f"projects/{house.project}"
    typed = "What was typed " + "x" * 10_000
    sent = {"subject": project, "audience": "shared", "text": typed}
    answer = house.maya.ask("POST", "/threads", data=sent, headers={"Origin": house.maya.origin})
    assert answer.status_code == 422
    assert typed in answer.text
    assert house.maya.get(f"/threads?subject={project}")["items"] == []


def test_a_broken_setting_stops_the_start_with_one_line(house: House) -> None:
    environment = {**os.environ, **house.system.environment("projects"), "ATRIUM_PORT": "many"}
    command = [sys.executable, "-m", "atrium_projects", "api"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    said = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(said) == 1
    assert "ATRIUM_PORT" in said[0].upper()
