"""A customer's own host: claimed, proven in the DNS, then in force; asked of a real name server on loopback."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Visitor, World
from services.gateway.tests.integration.name_server import NameServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def new_host() -> str:
    return f"portal-{uuid4().hex[:8]}.example"


async def claim(world: World, customer: UUID, *hosts: str) -> dict[str, Any]:
    answer = await world.nora.patch(f"/customers/{customer}", {"domains": list(hosts)})
    assert answer.status == 200, answer.content
    found: dict[str, Any] = answer.json
    return found


async def verify(world: World, customer: UUID) -> dict[str, Any]:
    answer = await world.nora.post(f"/customers/{customer}/domain/verification")
    assert answer.status == 200, answer.content
    found: dict[str, Any] = answer.json
    return found


async def leads_nowhere(visitor: Visitor) -> bool:
    return (await visitor.get("/me")).status == 421


async def leads_in(visitor: Visitor) -> bool:
    return (await visitor.get("/me")).status == 401


async def test_a_proven_host_leads_to_the_portal_on_every_replica_and_the_slug_stays(
    world: World, second: RunningService, names: NameServer
) -> None:
    host = new_host()
    guests = [world.visitor(host), Visitor(second, host)]
    for guest in guests:
        assert await leads_nowhere(guest)
    shown = await claim(world, world.bluepeak, host)
    pending = shown["pending_domains"][0]
    assert (shown["domains"], pending["host"], pending["record_name"]) == ([], host, f"_atrium-challenge.{host}")
    assert host not in shown["address"]
    assert await leads_nowhere(guests[0])
    names.texts[pending["record_name"]] = ["v=other", pending["record_value"]]
    try:
        proven = await verify(world, world.bluepeak)
        assert (proven["domains"], proven["pending_domains"]) == ([host], [])
        assert host in proven["address"]
        for guest in guests:
            await eventually(lambda guest=guest: leads_in(guest), timeout=1.0)
        assert b"Bluepeak Energy" in (await guests[0].call("GET", "/sign-in")).content
        assert await leads_in(world.visitor(f"bluepeak.{BASE}"))
    finally:
        await claim(world, world.bluepeak)
    await eventually(lambda: leads_nowhere(guests[0]), timeout=1.0)


@pytest.mark.parametrize(
    ("texts", "fault"), [(None, "no_record"), ([], "no_record"), (["atrium-domain=guessed"], "other_record")]
)
async def test_without_its_record_a_host_stays_pending(
    world: World, names: NameServer, texts: list[str] | None, fault: str
) -> None:
    host = new_host()
    await claim(world, world.helvetia, host)
    if texts is not None:
        names.texts[f"_atrium-challenge.{host}"] = texts
    looked = await verify(world, world.helvetia)
    assert [one["fault"] for one in looked["pending_domains"]] == [fault]
    assert looked["domains"] == []
    assert await leads_nowhere(world.visitor(host))
    await claim(world, world.helvetia)


async def test_a_silent_name_server_proves_nothing(world: World, names: NameServer) -> None:
    await claim(world, world.helvetia, new_host())
    names.silent = True
    try:
        looked = await verify(world, world.helvetia)
    finally:
        names.silent = False
    assert [one["fault"] for one in looked["pending_domains"]] == ["dns_away"]
    await claim(world, world.helvetia)


async def test_a_taken_host_is_refused_without_telling_whose(world: World, names: NameServer) -> None:
    host = new_host()
    mine = (await claim(world, world.bluepeak, host))["pending_domains"][0]
    theirs = (await claim(world, world.helvetia, host))["pending_domains"][0]
    assert mine["record_value"] != theirs["record_value"]
    names.texts[mine["record_name"]] = [mine["record_value"], theirs["record_value"]]
    try:
        assert (await verify(world, world.bluepeak))["domains"] == [host]
        late = await verify(world, world.helvetia)
        assert [one["fault"] for one in late["pending_domains"]] == ["taken"]
        await claim(world, world.helvetia)
        refused = await world.nora.patch(f"/customers/{world.helvetia}", {"domains": [host]})
        assert (refused.status, refused.json["code"]) == (409, "address_taken")
        assert refused.json["errors"][0]["pointer"] == "/domains/0"
        assert b"luepeak" not in refused.content
    finally:
        await claim(world, world.bluepeak)


async def test_only_staff_claim_verify_and_see_what_waits(world: World) -> None:
    await claim(world, world.helvetia, new_host())
    path = f"/customers/{world.helvetia}/domain/verification"
    assert (await world.anna.post(path)).status == 403
    assert (await world.maya.post(path)).status == 404
    assert (await world.anna.get(f"/customers/{world.helvetia}")).json["pending_domains"] == []
    await claim(world, world.helvetia)
