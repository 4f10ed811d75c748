"""In by code or link, without a password; nobody learns who is known."""

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Mailbox, World, code_in, link_in

ANNA = "anna.keller@helvetia.example"
HELVETIA = f"helvetia.{BASE}"


async def ask_for_code(world: World, mailbox: Mailbox, email: str = ANNA, host: str = HELVETIA) -> dict[str, Any]:
    known = len(await mailbox.of(email))
    answer = await world.visitor(host).post("/sign-in/codes", {"email": email})
    assert answer.status == 202
    return await mailbox.next_after(email, known)


async def test_a_mailed_code_signs_in_once(world: World, mailbox: Mailbox) -> None:
    mail = await ask_for_code(world, mailbox)
    assert "Ihr Code" in mail["subject"]
    browser = world.visitor(HELVETIA)
    signed_in = await browser.post("/sign-in", {"email": ANNA.upper(), "code": code_in(mail)})
    assert signed_in.status == 200, signed_in.content
    assert signed_in.json["name"] == "Anna Keller"
    assert signed_in.json["customer"]["slug"] == "helvetia"
    cookie = signed_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await browser.get("/me")).json["role"] == "owner"
    again = await world.visitor(HELVETIA).post("/sign-in", {"email": ANNA, "code": code_in(mail)})
    assert (again.status, again.json["code"]) == (422, "code_ended")


async def test_opening_the_link_uses_nothing_up(world: World, mailbox: Mailbox) -> None:
    mail = await ask_for_code(world, mailbox)
    scanner = world.visitor(HELVETIA)
    for _ in range(3):
        await scanner.call("GET", f"/sign-in/{link_in(mail)}")
        assert not scanner.cookies
    browser = world.visitor(HELVETIA)
    assert (await browser.post("/sign-in", {"token": link_in(mail)})).status == 200
    assert (await browser.get("/me")).status == 200
    replayed = await world.visitor(HELVETIA).post("/sign-in", {"token": link_in(mail)})
    assert (replayed.status, replayed.json["code"]) == (422, "code_ended")


async def test_a_link_works_at_its_own_host_only(world: World, mailbox: Mailbox) -> None:
    mail = await ask_for_code(world, mailbox)
    for host in (BASE, f"bluepeak.{BASE}"):
        assert (await world.visitor(host).post("/sign-in", {"token": link_in(mail)})).status == 422
    assert (await world.visitor(HELVETIA).post("/sign-in", {"token": link_in(mail)})).status == 200


async def test_five_wrong_codes_end_the_right_one(world: World, mailbox: Mailbox) -> None:
    right = code_in(await ask_for_code(world, mailbox))
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    browser = world.visitor(HELVETIA)
    left = [(await browser.post("/sign-in", {"email": ANNA, "code": wrong})).json["tries_left"] for _ in range(4)]
    assert left == [4, 3, 2, 1]
    fifth = await browser.post("/sign-in", {"email": ANNA, "code": wrong})
    assert fifth.status == 429
    assert int(fifth.headers["retry-after"]) >= 1
    assert (await browser.post("/sign-in", {"email": ANNA, "code": right})).status == 429
    fresh = code_in(await ask_for_code(world, mailbox))
    assert (await browser.post("/sign-in", {"email": ANNA, "code": fresh})).status == 200


async def test_known_and_unknown_addresses_get_the_same_answers(world: World, mailbox: Mailbox) -> None:
    known, unknown = ANNA, f"{uuid4().hex}@helvetia.example"
    before, bodies = len(await mailbox.of(known)), []
    for email in (known, unknown):
        browser = world.visitor(HELVETIA)
        asked = await browser.post("/sign-in/codes", {"email": email})
        wrong = [await browser.post("/sign-in", {"email": email, "code": "not it"}) for _ in range(5)]
        answers = [(answer.status, answer.json.get("code"), answer.json.get("tries_left")) for answer in wrong]
        bodies.append((asked.status, asked.json["sent_to"].partition("@")[2], answers))
    assert bodies[0] == bodies[1]
    await mailbox.next_after(known, before)
    assert await mailbox.of(unknown) == []


async def test_who_belongs_elsewhere_is_unknown_here(world: World, mailbox: Mailbox) -> None:
    known = len(await mailbox.of(ANNA))
    assert (await world.visitor(f"bluepeak.{BASE}").post("/sign-in/codes", {"email": ANNA})).status == 202
    await ask_for_code(world, mailbox)
    assert len(await mailbox.of(ANNA)) == known + 1


async def test_a_revoked_session_ends_within_a_second(world: World, operator: Callable[..., Any]) -> None:
    link = (await operator("sign-in", ANNA)).rpartition("/")[2]
    browser = world.visitor(HELVETIA)
    await browser.post("/sign-in", {"token": link})
    assert (await browser.get("/me")).status == 200
    current = next(held for held in (await browser.get("/me/sessions")).json["items"] if held["current"])
    assert current["device"] == "Firefox, Windows"
    revoked = time.monotonic()
    assert (await world.anna.delete(f"/me/sessions/{current['id']}")).status == 204

    async def out() -> bool:
        return (await browser.get("/me")).status == 401

    await eventually(out, timeout=1.0)
    assert time.monotonic() - revoked < 1.0


async def test_signing_in_gives_a_new_session_and_signing_out_ends_it(
    world: World, operator: Callable[..., Any]
) -> None:
    browser = world.visitor(HELVETIA)
    browser.cookies["atrium_session"] = "chosen-by-someone-else"
    links = [(await operator("sign-in", ANNA)).rpartition("/")[2] for _ in range(2)]
    await browser.post("/sign-in", {"token": links[0]})
    first = dict(browser.cookies)
    assert first["atrium_session"] != "chosen-by-someone-else"
    await browser.post("/sign-in", {"token": links[1]})
    assert browser.cookies != first
    stolen = dict(browser.cookies)
    assert (await browser.post("/sign-out")).status == 204
    browser.cookies = stolen

    async def out() -> bool:
        return (await browser.get("/me")).status == 401

    await eventually(out, timeout=1.0)


async def test_writes_from_other_origins_are_refused(world: World) -> None:
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        refused = await world.anna.post("/me/tokens", {"name": "x"}, headers=headers)
        assert (refused.status, refused.json["code"]) == (403, "cross_origin")
    own = await world.anna.post("/me/tokens", {"name": "own"}, headers={"origin": f"http://{HELVETIA}"})
    assert own.status == 201


async def test_api_tokens_act_for_their_person_until_revoked(world: World) -> None:
    made = (await world.anna.post("/me/tokens", {"name": "Script"})).json
    script = world.visitor(HELVETIA)
    script.bearer = made["token"]
    assert (await script.get("/me")).json["email"] == ANNA
    elsewhere = world.visitor(f"bluepeak.{BASE}")
    elsewhere.bearer = made["token"]
    assert (await elsewhere.get("/me")).status == 401
    assert (await world.maya.delete(f"/me/tokens/{made['id']}")).status == 404
    assert (await world.anna.delete(f"/me/tokens/{made['id']}")).status == 204

    async def out() -> bool:
        return (await script.get("/me")).status == 401

    await eventually(out, timeout=1.0)


async def test_unknown_hosts_get_a_plain_page(world: World) -> None:
    nowhere = world.visitor("nobody.example")
    page = await nowhere.call("GET", "/")
    assert page.status == 421
    assert b"no portal at this address" in page.content
    problem = await nowhere.get("/me")
    assert (problem.status, problem.json["code"]) == (421, "unknown_host")
    german = await nowhere.get("/me", headers={"accept-language": "de-CH"})
    assert (german.status, german.json["detail"]) == (421, "An dieser Adresse gibt es kein Portal.")


async def test_a_code_is_used_once_however_often_it_is_sent_at_the_same_time(world: World, mailbox: Mailbox) -> None:
    code = code_in(await ask_for_code(world, mailbox))
    attempts = [world.visitor(HELVETIA).post("/sign-in", {"email": ANNA, "code": code}) for _ in range(6)]
    statuses = sorted(answer.status for answer in await asyncio.gather(*attempts))
    assert statuses == [200, 422, 422, 422, 422, 422]


async def test_the_token_command_prints_the_token_alone(world: World, gateway_environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "atrium_gateway", "token", ANNA]
    process = await asyncio.create_subprocess_exec(*command, env=gateway_environment, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    assert process.returncode == 0
    script = world.visitor()
    script.bearer = printed.decode().removesuffix("\n")
    assert "\n" not in script.bearer
    assert (await script.get("/me")).json["email"] == ANNA
