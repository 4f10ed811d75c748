"""What must not show: by moving, by hiding at the same time, by counting, by previews, links and events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_testkit.viewers import link, preview
from sqlalchemy import text

from .conftest import World

CANARY = "canary-a91e"


@pytest.fixture
async def database(world: World) -> AsyncIterator[Database]:
    opened = Database(world.app.database.app, "projects", 2)
    yield opened
    await opened.close()


async def outbox(database: Database, customer: UUID) -> list[Any]:
    """What is on its way to other systems about a customer, oldest first."""
    async with database.transaction(Viewer.system(customer)) as connection:
        rows = await connection.execute(
            text("SELECT headers, value FROM outbox WHERE headers::text LIKE :customer ORDER BY id"),
            {"customer": f"%{customer}%"},
        )
        return [(str(row.headers), str(row.value)) for row in rows]


async def publish(world: World, items: list[str], visibility: str) -> int:
    body = {"items": [{"id": one} for one in items], "visibility": visibility}
    return (await world.post(f"/projects/{world.project}/publications", world.nora, body)).status


async def seen(world: World) -> set[str]:
    plan = await world.get(f"/projects/{world.project}/plan", world.maya)
    return {one["id"] for one in plan.json["items"]}


async def test_what_moves_into_an_internal_phase_takes_along_what_lies_in_it(world: World) -> None:
    hidden = await world.item(kind="phase")
    group = await world.item(kind="phase", visibility="shared")
    inside = await world.item(parent_id=group, visibility="shared")
    assert await seen(world) == {group, inside}
    moved = await world.app.call("PATCH", f"/v1/items/{group}", world.nora, json={"parent_id": hidden})
    assert moved.status == 200
    assert await seen(world) == set()
    assert (await world.get(f"/items/{inside}", world.maya)).status == 404


async def test_an_item_cannot_lie_in_itself(world: World) -> None:
    outer = await world.item(kind="phase")
    inner = await world.item(kind="phase", parent_id=outer)
    for parent in (outer, inner):
        answer = await world.app.call("PATCH", f"/v1/items/{outer}", world.nora, json={"parent_id": parent})
        assert (answer.status, answer.json["errors"][0]["code"]) == (422, "in_itself")


async def test_a_phase_hidden_while_something_in_it_is_shown_hides_it(world: World) -> None:
    for _ in range(5):
        phase = await world.item(kind="phase", visibility="shared")
        inside = await world.item(parent_id=phase)
        await asyncio.gather(publish(world, [phase], "internal"), publish(world, [inside], "shared"))
        assert not await seen(world) & {phase, inside}


async def test_places_count_only_what_is_visible(world: World) -> None:
    first = await world.item(visibility="shared")
    for _ in range(3):
        await world.item(visibility="internal")
    last = await world.item(visibility="shared")
    plan = (await world.get(f"/projects/{world.project}/plan", world.maya)).json["items"]
    assert [(one["id"], one["position"]) for one in plan] == [(first, 1), (last, 2)]
    assert (await world.get(f"/items/{last}", world.maya)).json["position"] == 2


async def test_an_unchanged_plan_is_not_sent_again_and_an_internal_edit_changes_nothing(world: World) -> None:
    item = await world.item(visibility="shared")
    path = f"/v1/projects/{world.project}/plan"
    first = await world.app.call("GET", path, world.maya)
    await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json={"internal_note": "x"})
    again = await world.app.call("GET", path, world.maya, headers={"If-None-Match": first.etag})
    assert (again.status, again.content) == (304, b"")


async def test_shared_events_carry_nothing_internal_and_internal_edits_send_none(
    world: World, database: Database
) -> None:
    item = await world.item(title=CANARY, internal_note=CANARY, customer_title="Theirs", visibility="shared")
    hidden = await world.item(title=CANARY)
    before = await outbox(database, world.customer)
    assert [text_ for headers, text_ in before if "shared" in headers and CANARY in text_] == []
    assert not [headers for headers, _ in before if "shared" in headers and hidden in headers]
    await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json={"internal_note": f"{CANARY}-2"})
    after = (await outbox(database, world.customer))[len(before) :]
    assert len(after) == 1
    assert "item_changed" in after[0][0] and "internal" in after[0][0]


async def test_a_publication_without_mails_says_so_to_who_sends_them(world: World, database: Database) -> None:
    loud, quiet = await world.item(), await world.item()
    path = f"/projects/{world.project}/publications"
    for item, more in ((loud, {}), (quiet, {"by_mail": False})):
        body = {"items": [item], "visibility": "shared", **more}
        assert (await world.post(path, world.nora, body)).status == 200
    told = [value for headers, value in await outbox(database, world.customer) if "published_item" in headers]
    assert [(item in value, '"by_mail":true' in value) for item, value in zip((loud, quiet), told, strict=True)] == [
        (True, True),
        (True, False),
    ]


async def test_triage_into_internal_items_is_nothing_that_a_customer_could_notice(
    world: World, database: Database
) -> None:
    raised = await world.post("/requests", world.maya, {"title": "Scale", "project_id": world.project})
    path = f"/requests/{raised.json['id']}"
    before = await world.get(path, world.maya)
    made = await world.post(f"{path}/items", world.nora, {"items": [{"title": CANARY}]})
    assert made.status == 201
    after = await world.get(path, world.maya)
    assert (after.etag, after.content) == (before.etag, before.content)
    shared = [value for headers, value in await outbox(database, world.customer) if "request_changed" in headers]
    assert not [value for value in shared if made.json["items"][0]["id"] in value]


async def test_a_request_is_never_triaged_into_another_customers_project(world: World) -> None:
    raised = await world.post("/requests", world.maya, {"title": "Scale"})
    other = await world.made("/projects", {"customer_id": str(uuid4()), "title": "Elsewhere"})
    body = {"items": [{"title": "x"}], "project_id": other}
    answer = await world.post(f"/requests/{raised.json['id']}/items", world.nora, body)
    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "unknown_project")


async def test_a_preview_and_the_holder_of_a_link_get_plain_answers(world: World) -> None:
    item = await world.item(workflow="sign_off", state="technical_review", visibility="shared")
    refused = await world.step(item, preview(world.customer), "reviewed")
    assert (refused.status, refused.json["code"]) == (403, "read_only")
    for path in ("/projects", f"/projects/{world.project}/plan", f"/items/{item}", "/requests", "/home"):
        assert (await world.get(path, link(world.customer, uuid4()))).status == 404


async def test_nothing_that_the_customer_does_not_see_can_be_decided(world: World) -> None:
    states = [
        {"key": "a", "name": {"en": "A"}, "turn": "provider"},
        {"key": "z", "name": {"en": "Z"}, "turn": "nobody"},
    ]
    step = {"key": "ok", "name": {"en": "OK"}, "from": "a", "to": "z", "decision": "approved"}
    key = f"own_{uuid4().hex[:8]}"
    definition = {"states": states, "transitions": [step]}
    await world.made("/workflows", {"key": key, "name": {"en": "Own"}, "definition": definition})
    item = await world.item(workflow=key)
    body = {"decision": "approved", "versions": [{"file_id": str(uuid4()), "number": 1, "sha256": "0" * 64}]}
    answer = await world.post(f"/items/{item}/approvals", world.nora, body)
    assert (answer.status, answer.json["code"]) == (409, "not_shared")


LOOK_UPS = [
    "SELECT * FROM item WHERE id = :id",
    "SELECT * FROM item WHERE customer_id = :id AND project_id = :id ORDER BY position, id",
    "SELECT * FROM item WHERE turn = 'customer' ORDER BY due NULLS LAST, id LIMIT 60",
    "SELECT * FROM item_history WHERE customer_id = :id AND item_id = :id ORDER BY at DESC LIMIT 50",
    "SELECT * FROM request ORDER BY raised_at DESC, id DESC LIMIT 50",
    "SELECT * FROM request WHERE id = :id",
]
CUSTOMERS_LOOK_UPS = [
    "SELECT * FROM published_item WHERE customer_id = :id AND item_id = :id",
    "SELECT * FROM published_item WHERE customer_id = :id AND project_id = :id ORDER BY position, item_id",
    "SELECT * FROM published_item WHERE customer_id = :id AND turn = 'customer' ORDER BY due NULLS LAST LIMIT 60",
    "SELECT * FROM request WHERE customer_id = :id ORDER BY raised_at DESC, id DESC LIMIT 50",
]


@pytest.mark.parametrize("side", ["provider", "customer"])
async def test_every_list_is_served_by_an_index_under_its_policy(world: World, database: Database, side: str) -> None:
    viewer, look_ups = (world.nora, LOOK_UPS) if side == "provider" else (world.maya, CUSTOMERS_LOOK_UPS)
    async with database.transaction(viewer) as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        for query in look_ups:
            values = {"id": world.customer} if ":id" in query else {}
            plan = await connection.execute(text(f"EXPLAIN {query}"), values)
            assert "Seq Scan" not in "\n".join(plan.scalars()), query
