"""An act that is imported has its past moment everywhere: clock, history, event, decision."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from sqlalchemy import text

from .conftest import World

BEGUN = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
ASKED = datetime(2026, 3, 4, 13, 15, tzinfo=UTC)


@pytest.fixture
async def database(world: World) -> AsyncIterator[Database]:
    opened = Database(world.app.database.app, "projects", 2)
    yield opened
    await opened.close()


async def last_headers(database: Database, customer: object) -> list[dict[str, Any]]:
    """Headers of the events on their way about a customer, newest first."""
    async with database.transaction(Viewer.system(None)) as connection:
        rows = await connection.execute(
            text("SELECT headers::text FROM outbox WHERE headers->>'ce_customer' = :customer ORDER BY id DESC"),
            {"customer": str(customer)},
        )
        return [json.loads(found) for found in rows.scalars()]


async def test_an_imported_step_has_its_time_in_clock_history_and_event(world: World, database: Database) -> None:
    world.nora, present = replace(world.nora, acting_at=BEGUN), world.nora
    item = await world.item(visibility="shared", state="in_progress")
    asked = await world.step(item, replace(present, acting_at=ASKED), "ask_review")
    assert asked.status == 200, asked.content
    for viewer in (present, world.maya):
        shown = (await world.get(f"/items/{item}", viewer)).json
        history = (await world.get(f"/items/{item}/history", viewer)).json["items"]
        assert datetime.fromisoformat(shown["turn_since"]) == ASKED
        assert [datetime.fromisoformat(entry["at"]) for entry in history] == [ASKED, BEGUN]
    for headers in (await last_headers(database, world.customer))[:2]:
        assert (datetime.fromisoformat(headers["ce_time"]), headers["ce_imported"]) == (ASKED, "true")


async def test_the_next_act_is_of_the_present(world: World, database: Database) -> None:
    world.nora, present = replace(world.nora, acting_at=BEGUN), world.nora
    item = await world.item(visibility="shared", state="in_progress")
    await world.step(item, present, "ask_review")
    history = (await world.get(f"/items/{item}/history", present)).json["items"]
    assert datetime.fromisoformat(history[0]["at"]) > datetime.now(UTC) - timedelta(minutes=5)
    assert "ce_imported" not in (await last_headers(database, world.customer))[0]
