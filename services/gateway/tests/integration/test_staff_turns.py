"""Rows of the workspace's home: a reminder goes once a day and can be taken back; something of ours gets an owner."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import Mailbox, Visitor, World
from services.gateway.tests.integration.upstream import Upstream

MAYA = "maya.singh@bluepeak.example"


async def press(visitor: Visitor, path: str, **values: str) -> Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await visitor.call("POST", path, data=urlencode(values).encode(), headers=headers)


async def acts_about(visitor: Visitor, item: UUID) -> list[str]:
    found = (await visitor.get("/audit", params={"q": f"items/{item}"})).json["items"]
    return [row["action"] for row in found]


@pytest.fixture
def home(upstream: Upstream) -> Iterator[dict[str, Any]]:
    """What projects tell of the home, for as long as a test lasts."""
    told: dict[str, Any] = {
        "your_turn": {"mine": [], "colleagues": []},
        "waiting": [],
        "moved": [],
        "projects": [],
        "requests": [],
    }
    upstream.answers["/v1/home"] = told
    yield told
    del upstream.answers["/v1/home"]


async def asked_item(world: World, upstream: Upstream, home: dict[str, Any], title: str, **changed: Any) -> UUID:
    """An item of bluepeak's that Maya is asked for, in the services' answers."""
    item = uuid4()
    row = {
        "id": str(item),
        "kind": "item",
        "title": title,
        "customer_title": None,
        "customer_id": str(world.bluepeak),
        "project_id": None,
        "project_title": "Control room migration",
        "turn": "customer",
        "turn_since": (datetime.now(UTC) - timedelta(days=2)).isoformat(),
        "verb": "upload",
        "visibility": "shared",
        "revision": 3,
        "asked_ids": [(await world.maya.get("/me")).json["person_id"]],
        **changed,
    }
    upstream.answers[f"/v1/items/{item}"] = row
    (home["waiting"] if row["turn"] == "customer" else home["your_turn"]["mine"]).append(row)
    return item


async def page(visitor: Visitor, whose: str = "") -> str:
    return (await visitor.call("GET", f"/?whose={whose}")).content.decode()


async def test_a_reminder_can_be_taken_back_and_then_goes_once_a_day(
    world: World, mailbox: Mailbox, upstream: Upstream, home: dict[str, Any]
) -> None:
    item = await asked_item(world, upstream, home, "Network drawings")
    known = len(await mailbox.of(MAYA))
    assert "Remind: Network drawings" in await page(world.nora)

    assert (await press(world.nora, f"/items/{item}/reminder")).headers["location"] == "/"
    assert "Undo: Network drawings" in await page(world.nora)
    assert (await press(world.nora, f"/items/{item}/reminder/undo", whose="mine")).headers["location"] == "/?whose=mine"
    assert "Remind: Network drawings" in await page(world.nora)

    home["your_turn"]["mine"] = [
        {"id": str(item), "title": "Network drawings"},
        {"id": str(uuid4()), "title": "Gateway certificates"},
    ]
    assert (await press(world.nora, f"/items/{item}/reminder")).status == 303
    mail = await mailbox.next_after(MAYA, known)
    assert mail["subject"] == "Reminder: Network drawings (+1)"
    assert "Nora Lind reminds you of this." in mail["text"]
    assert "Also waiting for you: Gateway certificates." in mail["text"]

    home["your_turn"]["mine"] = []
    row = (await page(world.nora)).partition('id="waiting"')[2]
    assert "reminded" in row
    assert "/reminder" not in row
    refused = await press(world.nora, f"/items/{item}/reminder")
    assert refused.status == 409
    assert "Maya Singh had a reminder today already" in refused.content.decode()
    late = await press(world.nora, f"/items/{item}/reminder/undo")
    assert (late.status, "has left already" in late.content.decode()) == (409, True)
    assert len(await mailbox.of(MAYA)) == known + 1
    told = ["reminded", "reminder_taken_back", "reminded"]
    assert await acts_about(world.nora, item) == told
    assert await acts_about(world.maya, item) == told


async def test_nobody_is_reminded_of_what_they_cannot_see(
    world: World, upstream: Upstream, home: dict[str, Any]
) -> None:
    item = await asked_item(world, upstream, home, "Claim", visibility="internal")
    assert "Remind: Claim" not in await page(world.nora)
    assert (await press(world.nora, f"/items/{item}/reminder")).status == 409
    for visitor in (world.maya, world.anna):
        assert (await press(visitor, f"/items/{item}/reminder")).status == 404
    assert await acts_about(world.nora, item) == []


async def test_something_of_ours_is_assigned_from_its_row(
    world: World, upstream: Upstream, home: dict[str, Any]
) -> None:
    item = await asked_item(world, upstream, home, "Training", turn="provider", asked_ids=[])
    nora = (await world.nora.get("/me")).json["person_id"]
    assert f'action="/items/{item}/owner"' in await page(world.nora)
    done = await press(world.nora, f"/items/{item}/owner", owner=nora, revision="3")
    assert done.headers["location"] == "/"
    assert upstream.bodies[f"/v1/items/{item}"] == {"owner_id": nora}
    await press(world.nora, f"/items/{item}/owner", owner="", revision="3")
    assert upstream.bodies[f"/v1/items/{item}"] == {"owner_id": None}
    gone = uuid4()
    assert (await press(world.nora, f"/items/{gone}/owner", owner=nora)).status == 404
    assert (await press(world.maya, f"/items/{item}/owner", owner=nora)).status == 404
