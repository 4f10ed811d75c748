"""The trail, narrowed, on its page and as CSV: of everything that the filter takes, and of nothing else."""

import csv
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest_asyncio
from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.audit.exporting import BATCH, HEAD
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import BASE, Visitor, World

FORMULA = '=HYPERLINK("http://evil.example","Open")'


def rows_in(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.content
    assert answer.headers["content-type"].startswith("text/csv")
    written = answer.content.decode().removeprefix("\ufeff")
    assert tuple(next(csv.reader(io.StringIO(written)))) == HEAD
    return list(csv.DictReader(io.StringIO(written)))


async def exported(visitor: Visitor, **asked: str) -> list[dict[str, str]]:
    return rows_in(await visitor.get("/audit/export.csv", params=asked))


@pytest_asyncio.fixture
async def thing(world: World, database: Database) -> str:
    """Something of this test alone, about which Maya did more than one batch holds, and Nora something internal."""
    name = f"things/{uuid4()}"
    maya, nora = [(await one.get("/me")).json["person_id"] for one in (world.maya, world.nora)]
    async with database.transaction(Viewer.system(world.bluepeak)) as connection:
        for number in range(BATCH + 1):
            act = Actor(Viewer(Side.CUSTOMER, maya, world.bluepeak), "192.0.2.0/24")
            await append(connection, act, "invited", name, house=world.bluepeak, after={"name": f"guest {number}"})
        act = Actor(Viewer(Side.PROVIDER, nora), FORMULA)
        await append(connection, act, "member_removed", name, house=world.bluepeak, audience="internal")
    return name


async def test_every_entry_of_the_filter_is_in_the_file_newest_first(world: World, thing: str) -> None:
    rows = await exported(world.nora, q=thing)
    assert len(rows) == BATCH + 2
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert len({row["after"] for row in rows[1:]}) == BATCH + 1
    assert {row["customer"] for row in rows} == {"Bluepeak Energy"}
    assert rows[-1] | {"at": "", "trace_id": ""} == {
        "at": "",
        "actor": "Maya Singh",
        "actor_id": (await world.maya.get("/me")).json["person_id"],
        "actor_side": "customer",
        "action": "invited",
        "subject": thing,
        "customer": "Bluepeak Energy",
        "customer_id": str(world.bluepeak),
        "audience": "shared",
        "before": "",
        "after": '{"name":"guest 0"}',
        "network": "192.0.2.0/24",
        "trace_id": "",
        "imported": "",
    }


async def test_each_filter_narrows_the_file(world: World, thing: str) -> None:
    (newest, *_) = await exported(world.nora, q=thing)
    nora = (await world.nora.get("/me")).json["person_id"]
    for asked in ({"action": "member_removed"}, {"audience": "internal"}, {"person": nora}, {"since": newest["at"]}):
        assert await exported(world.nora, q=thing, **asked) == [newest], asked
    assert len(await exported(world.nora, q=thing, until=newest["at"])) == BATCH + 1
    assert await exported(world.nora, q=thing, customer=str(world.helvetia)) == []
    assert await exported(world.nora, q=f"{thing}\0%_\\") == []
    assert newest in await exported(world.nora, q="nora l", action="member_removed")


async def test_no_cell_calculates(world: World, thing: str) -> None:
    (newest, *_) = await exported(world.nora, q=thing)
    assert newest["network"] == f"'{FORMULA}"


async def test_an_owner_takes_along_what_their_house_may_know(world: World, thing: str) -> None:
    rows = await exported(world.maya, q=thing)
    assert len(rows) == BATCH + 1
    assert {(row["customer_id"], row["audience"]) for row in rows} == {(str(world.bluepeak), "shared")}
    assert await exported(world.anna, q=thing) == []
    assert await exported(world.anna, customer=str(world.bluepeak)) == []


async def joined(world: World, operator: Callable[..., Any], house: str, role: str, **more: Any) -> Visitor:
    """Someone new: of the provider, or of a new customer, so that the owners of others stay their only ones."""
    email, slug = f"{uuid4().hex[:8]}@{house}.example", f"trail-{uuid4().hex[:6]}"
    path = "/staff/invitations"
    if house == "customer":
        made = await world.nora.post("/customers", {"slug": slug, "name": slug})
        path = f"/customers/{made.json['id']}/invitations"
    invited = await world.nora.post(path, {"email": email, "name": "New Here", "role": role, **more})
    assert invited.status == 201, invited.content
    host = f"{slug}.{BASE}" if house == "customer" else BASE
    return Visitor(world.gateway, host, bearer=await operator("token", email))


async def test_others_get_neither_page_nor_file(world: World, operator: Callable[..., Any]) -> None:
    some = {"projects": [str(uuid4())]}
    for house, role, more in (
        ("customer", "member", {}),
        ("customer", "reader", {}),
        ("customer", "owner", some),
        ("nordwind", "manager", some),
    ):
        visitor = await joined(world, operator, house, role, **more)
        for path in ("/api/v1/audit", "/api/v1/audit/export.csv", "/audit"):
            assert (await visitor.call("GET", path)).status == 403, (house, role, path)
    assert (await world.visitor().get("/audit/export.csv")).status == 401
    assert len(await exported(await joined(world, operator, "nordwind", "member"), action="customer_created")) >= 2


async def test_the_page_shows_what_the_file_holds(world: World, thing: str) -> None:
    page = (await world.nora.call("GET", "/audit", params={"q": thing, "audience": "internal"})).content.decode()
    assert page.count("removed someone") == 2  # its row, and the menu of acts
    assert "guest" not in page
    assert "/api/v1/audit/export.csv?audience=internal&amp;q=things%2F" in page
    first = (await world.nora.call("GET", "/audit", params={"q": thing})).content.decode()
    older = first.partition("cursor=")[2].partition('"')[0].partition("&")[0]
    second = await world.nora.call("GET", "/audit", params={"q": thing, "cursor": older})
    assert "guest 400<" in second.content.decode()
    elsewhere = await world.nora.call("GET", "/audit", params={"q": "other", "cursor": older})
    assert elsewhere.status == 422


async def press(visitor: Visitor, path: str, **values: str) -> Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await visitor.call("POST", path, data=urlencode(values).encode(), headers=headers)


async def test_a_filter_is_kept_by_a_name_for_oneself_alone(world: World) -> None:
    async def page(visitor: Visitor, query: str = "") -> str:
        return (await visitor.call("GET", f"/audit?{query}")).content.decode()

    narrowed = "action=invited&since=2026-11-01"
    assert "Save this filter" in await page(world.nora, narrowed)
    kept = await press(world.nora, "/audit/filters", name="Mine <alone>", action="invited", since="2026-11-01", q="\0")
    assert kept.headers["location"] == f"/audit?{narrowed}"
    shown = await page(world.nora)
    assert "Mine &lt;alone&gt;" in shown
    assert "/audit?action=invited&amp;since=2026-11-01" in shown
    assert "Save this filter" not in await page(world.nora, narrowed)
    assert "Mine" not in await page(world.maya)
    await press(world.nora, "/audit/filters", name="Mine <alone>", action="signed_in")
    assert "/audit?action=signed_in" in await page(world.nora)
    await press(world.maya, "/audit/filters/remove", name="Mine <alone>")
    assert "Mine" in await page(world.nora)
    await press(world.nora, "/audit/filters/remove", name="Mine <alone>")
    assert "Mine" not in await page(world.nora)


async def test_a_filters_name_that_cannot_be_stays_in_its_field(world: World) -> None:
    for wrong, shown in (("", ""), ("x" * 61, "x" * 61), ("a\x07b", "a\x07b")):
        refused = await press(world.nora, "/audit/filters", name=wrong, action="invited", since="2026-11-01")
        page = refused.content.decode()
        assert refused.status == 422
        field = page.partition('id="f-name"')[2].partition(">")[0]
        assert f'value="{shown}"' in field
        assert 'aria-invalid="true"' in field
        assert '<a href="#f-name">' in page
        assert '<input type="hidden" name="action" value="invited">' in page
        assert "/audit?action=invited&amp;since=2026-11-01&amp;audience=internal" in page  # the menus narrow further
