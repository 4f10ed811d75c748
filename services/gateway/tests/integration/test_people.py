"""Who belongs where, who may change it, and what others are told."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer
from atrium_chassis import json
from atrium_testkit.protection import assert_protected
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Mailbox, World, link_in

PROVIDER_WIDE = {"provider", "address", "person", "staff_membership", "mail_queue"}


def address(name: str = "new") -> str:
    return f"{name}.{uuid4().hex[:8]}@helvetia.example"


async def test_every_table_is_protected(world: World) -> None:
    await assert_protected(world.gateway.database.owner, "gateway", provider_wide=PROVIDER_WIDE)


async def test_an_invitation_comes_by_mail_and_its_first_sign_in_makes_a_member(world: World, mailbox: Mailbox) -> None:
    email = address("reto.brunner")
    projects = [str(uuid4())]
    invited = await world.invite(
        world.anna, world.helvetia, email, "Reto Brunner", "reader", language="de", projects=projects
    )
    assert invited.status == 201, invited.content
    mail = await mailbox.next_after(email, 0)
    assert "Anna Keller lädt Sie zu Helvetia" in mail["subject"]
    people = (await world.anna.get(f"/customers/{world.helvetia}/people")).json["items"]
    assert email not in [person["email"] for person in people]
    reto = world.visitor(f"helvetia.{BASE}")
    assert (await reto.post("/sign-in", {"token": link_in(mail)})).status == 200
    me = (await reto.get("/me")).json
    assert (me["role"], me["language"], me["projects"]) == ("reader", "de", projects)
    people = (await world.anna.get(f"/customers/{world.helvetia}/people")).json["items"]
    assert email in [person["email"] for person in people]


async def test_repeating_an_invitation_with_its_key_mails_once(world: World, mailbox: Mailbox) -> None:
    email, headers = address(), {"idempotency-key": uuid4().hex}
    path = f"/customers/{world.helvetia}/invitations"
    body = {"email": email, "name": "Sam Fletcher", "role": "member"}
    first, second = [await world.nora.post(path, body, headers=headers) for _ in range(2)]
    assert first.status == second.status == 201
    assert first.json == second.json
    other = await world.nora.post(path, {**body, "name": "Someone"}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")
    await mailbox.next_after(email, 0)
    assert len(await mailbox.of(email)) == 1


async def test_a_withdrawn_invitation_lets_nobody_in(world: World, mailbox: Mailbox) -> None:
    email = address()
    invited = await world.invite(world.anna, world.helvetia, email, "Gone Again", "member")
    mail = await mailbox.next_after(email, 0)
    assert (await world.maya.delete(f"/invitations/{invited.json['id']}")).status == 404
    assert (await world.anna.delete(f"/invitations/{invited.json['id']}")).status == 204
    assert (await world.visitor(f"helvetia.{BASE}").post("/sign-in", {"token": link_in(mail)})).status == 422


async def test_removal_ends_sessions_at_once(world: World, operator: Callable[..., Any]) -> None:
    email = address()
    await world.invite(world.anna, world.helvetia, email, "Leaves Soon", "member")
    leaving = world.visitor(f"helvetia.{BASE}")
    leaving.bearer = await operator("token", email)
    person = (await leaving.get("/me")).json["person_id"]
    assert (await world.anna.delete(f"/customers/{world.helvetia}/people/{person}")).status == 204

    async def out() -> bool:
        return (await leaving.get("/me")).status == 401

    await eventually(out, timeout=1.0)


async def test_the_last_owner_stays(world: World) -> None:
    person = (await world.maya.get("/me")).json["person_id"]
    path = f"/customers/{world.bluepeak}/people/{person}"
    removed = await world.maya.delete(path)
    assert (removed.status, removed.json["code"]) == (409, "last_owner")
    changed = await world.nora.patch(path, {"role": "member"})
    assert (changed.status, changed.json["code"]) == (409, "last_owner")


async def test_another_customer_is_not_there(world: World) -> None:
    for path in (f"/customers/{world.bluepeak}", f"/customers/{world.bluepeak}/people", f"/customers/{uuid4()}"):
        answer = await world.anna.get(path)
        assert (answer.status, answer.json["code"]) == (404, "not_found")
    denied = await world.invite(world.anna, world.bluepeak, address(), "Sneaky", "owner")
    assert denied.status == 404
    assert [row["slug"] for row in (await world.anna.get("/customers")).json["items"]] == ["helvetia"]
    assert {row["slug"] for row in (await world.nora.get("/customers")).json["items"]} >= {"helvetia", "bluepeak"}


async def test_members_and_readers_manage_nobody(world: World, operator: Callable[..., Any]) -> None:
    email = address()
    await world.invite(world.anna, world.helvetia, email, "Plain Member", "member")
    member = world.visitor(f"helvetia.{BASE}")
    member.bearer = await operator("token", email)
    assert (await world.invite(member, world.helvetia, address(), "Friend", "member")).status == 403
    assert (await member.get("/audit")).status == 403
    assert (await member.get("/staff")).status == 404
    assert (await member.post("/customers", {"slug": "mine", "name": "Mine"})).status == 403


async def test_a_stale_change_is_refused(world: World, operator: Callable[..., Any]) -> None:
    email = address()
    await world.invite(world.anna, world.helvetia, email, "Often Changed", "member")
    await operator("token", email)
    people = (await world.anna.get(f"/customers/{world.helvetia}/people")).json["items"]
    person = next(person for person in people if person["email"] == email)
    path = f"/customers/{world.helvetia}/people/{person['person_id']}"
    headers = {"if-match": f'"{person["revision"]}"'}
    changed = await world.anna.patch(path, {"role": "reader"}, headers=headers)
    assert changed.status == 200
    assert changed.etag == f'"{person["revision"] + 1}"'
    assert (await world.anna.patch(path, {"role": "owner"}, headers=headers)).status == 412


async def test_bad_input_is_named(world: World) -> None:
    for body in (
        {"slug": "Not A Slug", "name": "X"},
        {"slug": "www", "name": "X"},
        {"slug": "fine", "name": "X", "time_zone": "Mars/Base"},
        {"slug": "fine", "name": "X", "admin": True},
    ):
        answer = await world.nora.post("/customers", body)
        assert answer.status == 422
        assert answer.json["errors"]
    taken = await world.nora.post("/customers", {"slug": "helvetia", "name": "Another"})
    assert (taken.status, taken.json["code"]) == (409, "address_taken")


async def test_staff_are_invited_by_admins_and_work_in_every_house(world: World, operator: Callable[..., Any]) -> None:
    email = f"jan.{uuid4().hex[:6]}@nordwind.example"
    invited = await world.nora.post("/staff/invitations", {"email": email, "name": "Jan Weber", "role": "manager"})
    assert invited.status == 201, invited.content
    jan = world.visitor()
    jan.bearer = await operator("token", email)
    me = (await jan.get("/me")).json
    assert (me["side"], me["customer"], me["role"]) == ("provider", None, "manager")
    assert (await jan.get(f"/customers/{world.bluepeak}/people")).status == 200
    assert (await jan.post("/staff/invitations", {"email": address(), "name": "X", "role": "admin"})).status == 403
    at_customer = world.visitor(f"helvetia.{BASE}")
    at_customer.bearer = jan.bearer
    assert (await at_customer.get("/me")).status == 401


async def test_the_trail_shows_each_side_its_own(world: World) -> None:
    own = (await world.anna.get("/audit")).json["items"]
    assert {row["customer_id"] for row in own} == {str(world.helvetia)}
    assert "invited" in {row["action"] for row in own}
    foreign = await world.anna.get("/audit", params={"customer": str(world.bluepeak)})
    assert foreign.json["items"] == []
    everything = (await world.nora.get("/audit", params={"limit": "200"})).json["items"]
    assert {str(world.helvetia), str(world.bluepeak)} <= {row["customer_id"] for row in everything}
    first = (await world.nora.get("/audit", params={"limit": "2"})).json
    second = (await world.nora.get("/audit", params={"limit": "2", "cursor": first["next_cursor"]})).json
    assert not {row["id"] for row in first["items"]} & {row["id"] for row in second["items"]}


@pytest.mark.parametrize("domain", ["atrium.localhost", "x.atrium.localhost", "nodots", "http://a.example"])
async def test_a_customer_gets_no_host_of_the_workspace(world: World, domain: str) -> None:
    answer = await world.nora.patch(f"/customers/{world.bluepeak}", {"domains": [domain]})
    assert answer.status == 422


async def test_services_are_told_of_members_by_events(world: World, kafka_bootstrap: str) -> None:
    person = (await world.anna.get("/me")).json["person_id"]
    consumer = AIOKafkaConsumer("atrium.accounts.v1", bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(15):
            async for record in consumer:
                headers = dict(record.headers)
                if headers["ce_type"] != b"atrium.accounts.membership_changed.v1":
                    continue
                data = json.loads(record.value)
                if data["person_id"] == person:
                    break
    finally:
        await consumer.stop()
    assert data["customer_id"] == str(world.helvetia) == headers["ce_customer"].decode()
    assert (data["role"], data["active"], data["project_ids"]) == ("owner", True, None)
    assert b"anna" not in record.value.lower()


async def test_people_choose_their_own_language_and_nothing_else(world: World) -> None:
    assert (await world.maya.patch("/me", {"language": "de"})).json["language"] == "de"

    async def speaks(language: str) -> bool:
        return str((await world.maya.get("/me")).json["language"]) == language

    await eventually(lambda: speaks("de"), timeout=1.0)
    assert (await world.maya.patch("/me", {"role": "admin"})).status == 422
    assert (await world.maya.patch("/me", {"language": "en"})).status == 200


async def test_bodies_have_an_end(world: World) -> None:
    huge = await world.maya.call("PATCH", "/api/v1/me", data=b" " * 2_000_000)
    assert (huge.status, huge.json["code"]) == (413, "too_large")
