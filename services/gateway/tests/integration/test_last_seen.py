"""Who of a customer was here last, as staff see it in the list of customers."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from atrium_gateway.audit.commands import Actor, append

from services.gateway.tests.integration.conftest import BASE, World


async def row_of(world: World, name: str, **asked: str) -> str:
    """The row of one customer, as words; empty where it is not listed."""
    answer = await world.nora.call("GET", "/customers", params=asked)
    assert answer.status == 200
    rows = re.findall(r"<tr class=\"of-customer.*?</tr>", answer.content.decode(), re.DOTALL)
    words = (unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row))) for row in rows)
    return next((row for row in words if name in row), "")


async def test_customers_say_who_of_them_was_here_last(
    world: World, database: Database, operator: Callable[..., Any]
) -> None:
    slug = f"seen-{uuid4().hex[:6]}"
    house = UUID((await world.nora.post("/customers", {"slug": slug, "name": f"Firm {slug}"})).json["id"])
    email = f"{slug}@firm.example"
    await world.invite(world.nora, house, email, "Iris Late", "owner")
    assert "never" in await row_of(world, slug)

    iris = world.visitor(f"{slug}.{BASE}")
    iris.bearer = await operator("token", email)
    person = UUID((await iris.get("/me")).json["person_id"])
    assert "Iris Late" in await row_of(world, slug)

    acts = Actor(Viewer(Side.CUSTOMER, person, house)), Actor(Viewer(Side.PROVIDER, uuid4()))
    async with database.transaction(Viewer.system(house)) as connection:
        await append(connection, acts[0], "version_ready", "files/1", house=house, after={"name": "Cable list"})
        await append(connection, acts[0], "signed_in", "sessions/1", house=house)
        await append(connection, acts[0], "thread_opened", "threads/1", house=house, audience="private")
        await append(connection, acts[1], "brand_published", "customers/1", house=house)
    assert "Iris Late uploaded a version: Cable list" in await row_of(world, slug)


async def test_the_list_is_narrowed_by_its_address(world: World) -> None:
    assert await row_of(world, "Helvetia Foods", q="helv")
    assert not await row_of(world, "Bluepeak Energy", q="helv")
    assert not await row_of(world, "Helvetia Foods", lead=str(uuid4()))
    part = await world.nora.call("GET", "/customers", params={"q": "helv", "part": "list"})
    assert "q=helv&amp;part=list" in part.content.decode()
