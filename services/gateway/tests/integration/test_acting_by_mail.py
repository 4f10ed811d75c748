"""Acting from a mail whose link has run out: the page says what it was for, and sends a new one."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_gateway.notifications.tables import act_token
from atrium_gateway.signin.model import hash_secret, new_secret
from sqlalchemy import insert

from services.gateway.tests.integration.conftest import BASE, Mailbox, Visitor, World
from services.gateway.tests.integration.upstream import Upstream

ANNA = "anna.keller@helvetia.example"
TITLE = "Etikettenlayout Bio-Linie"


def asked_of(person: UUID, item: UUID, turn: str = "customer") -> dict[str, Any]:
    return {
        "id": str(item),
        "title": TITLE,
        "verb": "confirm",
        "turn": turn,
        "state": "confirm",
        "project_id": str(uuid4()),
        "asked_ids": [str(person)],
        "transitions": [],
        "approvals": [],
    }


async def lapsed_link(world: World, upstream: Upstream, turn: str = "customer") -> str:
    """A link as a mail had it, kept as if its last day was yesterday."""
    person, item = UUID((await world.anna.get("/me")).json["person_id"]), uuid4()
    told = asked_of(person, item, turn)
    upstream.answers[f"/v1/items/{item}"] = told
    upstream.answers[f"/v1/projects/{told['project_id']}"] = {"title": "MES-Rollout Thun"}
    token = new_secret()
    lapsed = {"person_id": person, "item_id": item, "expires_at": datetime.now(UTC) - timedelta(days=1)}
    database = Database(world.gateway.database.app, "gateway", 1)
    try:
        async with database.transaction(Viewer.system(world.helvetia)) as connection:
            row = {"customer_id": world.helvetia, "token_hash": hash_secret(token), **lapsed}
            await connection.execute(insert(act_token).values(row))
    finally:
        await database.close()
    return token


def stranger(world: World) -> Visitor:
    return world.visitor(f"helvetia.{BASE}")


async def test_a_lapsed_link_says_what_it_was_for_and_sends_a_new_one(
    world: World, mailbox: Mailbox, upstream: Upstream
) -> None:
    token = await lapsed_link(world, upstream)
    known, visitor = len(await mailbox.of(ANNA)), stranger(world)
    shown = await visitor.call("GET", f"/act/{token}")
    page = shown.content.decode()
    assert shown.status == 410
    assert TITLE in page
    assert re.findall(r'<form[^>]*action="([^"]+)"', page) == [f"/act/{token}/new"]
    assert ANNA not in page
    acted = await visitor.call("POST", f"/act/{token}", data=b"transition=confirmed")
    assert acted.status == 410
    for _ in range(2):
        sent = await visitor.call("POST", f"/act/{token}/new")
        assert (sent.status, TITLE in sent.content.decode()) == (200, True)
    mail = await mailbox.next_after(ANNA, known)
    assert mail["subject"] == f"Bestätigen: {TITLE}"
    found = re.search(r"/act/([\w-]+)", mail["text"])
    assert found is not None
    assert found[1] != token
    assert (await visitor.call("GET", f"/act/{found[1]}")).status == 200
    assert len(await mailbox.of(ANNA)) == known + 1


async def test_a_lapsed_link_to_what_is_decided_offers_no_new_one(world: World, upstream: Upstream) -> None:
    token = await lapsed_link(world, upstream, turn="nobody")
    shown = await stranger(world).call("GET", f"/act/{token}")
    assert shown.status == 410
    assert TITLE in shown.content.decode()
    assert f"/act/{token}/new" not in shown.content.decode()


async def test_nobody_gets_a_new_link_for_one_that_never_was(world: World) -> None:
    assert (await stranger(world).call("POST", "/act/unknown/new")).status == 404
