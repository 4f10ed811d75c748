"""Requests that Postgres ends because of another transaction, with real deadlocks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import asyncpg
import pytest
from aiokafka import ConsumerRecord
from atrium_chassis.consumer import Applier, Subscriptions
from atrium_chassis.dead_letters import record_of
from atrium_chassis.events import Received
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts.projects import ProjectChanged
from atrium_testkit.waiting import eventually
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from .conftest import Ledger, LedgerProcess

RENAME = "UPDATE entry SET title = title || $1 WHERE id = $2"


@pytest.fixture
async def other(ledger: Ledger, postgres_admin_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody else in the ledger's database, who is never the one that a deadlock ends."""
    database = ledger.urls.owner.rpartition("/")[2]
    connection = await asyncpg.connect(f"{postgres_admin_dsn.rpartition('/')[0]}/{database}")
    await connection.execute("SET deadlock_timeout = '1min'")
    yield connection
    await connection.close()


async def entries(ledger: Ledger, customer: UUID) -> list[UUID]:
    made = [uuid4(), uuid4()]
    async with ledger.database.transaction(Viewer.system(customer)) as connection:
        for entry in made:
            await connection.execute(
                text("INSERT INTO entry VALUES (:customer, :id, :id, 'shared', '')"),
                {"customer": customer, "id": entry},
            )
    return made


Answered = tuple[int, str, dict[str, Any]]


async def deadlocked(
    process: LedgerProcess, other: asyncpg.Connection, first: UUID, second: UUID, body: dict[str, Any]
) -> Answered:
    """Status, Retry-After and body for a request that holds `first` and waits for `second`, while the other does it
    the other way."""

    async def request() -> Answered:
        async with aiohttp.ClientSession() as session, session.post(f"{process.url}/renames", json=body) as answer:
            return answer.status, answer.headers.get("Retry-After", ""), await answer.json(content_type=None)

    async def waits() -> bool:
        return bool(
            await other.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
        )

    async with other.transaction():
        await other.execute(RENAME, "other ", second)
        asked = asyncio.create_task(request())
        await eventually(waits)
        await other.execute(RENAME, "other ", first)
    return await asked


async def test_the_loser_of_a_deadlock_is_tried_again_and_counts_once(
    ledger: Ledger, ledger_process: LedgerProcess, other: asyncpg.Connection
) -> None:
    first, second = await entries(ledger, customer := uuid4())
    body = {"customer": str(customer), "entries": [str(first), str(second)], "title": "ours "}
    status, _, answer = await deadlocked(ledger_process, other, first, second, body)
    assert (status, answer) == (200, {"title": "ours "})
    assert await ledger.titles(Viewer.system(customer)) == ["other ours ", "other ours "]
    assert '"repeated": true' in ledger_process.log.read_text()


async def test_what_was_done_in_part_is_not_tried_again(
    ledger: Ledger, ledger_process: LedgerProcess, other: asyncpg.Connection
) -> None:
    first, second = await entries(ledger, customer := uuid4())
    body = {"customer": str(customer), "entries": [str(first), str(second)], "title": "ours ", "in_two_steps": True}
    status, retry_after, problem = await deadlocked(ledger_process, other, first, second, body)
    assert (status, retry_after, problem["code"]) == (503, "1", "busy_try_again")
    assert await ledger.titles(Viewer.system(customer)) == ["other ", "ours other "]


async def test_who_never_gets_through_is_told_to_try_again(ledger_process: LedgerProcess) -> None:
    known = ledger_process.log.read_text().count("request_collided")
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{ledger_process.url}/never-serializable")
        problem = await answer.json(content_type=None)
    assert (answer.status, answer.headers["Retry-After"], problem["code"]) == (503, "1", "busy_try_again")
    assert ledger_process.log.read_text().count("request_collided") - known == 3


async def told(ledger: Ledger, customer: UUID, project: UUID) -> ConsumerRecord:
    """An event as the topic would bring it."""
    staff = Viewer(Side.PROVIDER, uuid4(), None, "manager")
    await ledger.tell(staff, customer, project, 1, "told")
    async with ledger.database.transaction(Viewer.system(None)) as connection:
        row = (
            await connection.execute(
                text("DELETE FROM outbox WHERE key = :key RETURNING topic, key, headers, value"), {"key": str(project)}
            )
        ).one()
    return record_of(row.topic, row.key, row.headers, row.value)


async def test_an_event_that_collides_is_no_dead_letter(ledger: Ledger) -> None:
    tries = 0

    async def collide(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
        nonlocal tries
        tries += 1
        if tries < 6:
            await connection.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$"))

    subscriptions = Subscriptions()
    subscriptions.on(ProjectChanged)(collide)
    record = await told(ledger, uuid4(), project := uuid4())
    await Applier("ledger", ledger.database, subscriptions).apply([record])
    assert tries == 6
    async with ledger.database.transaction(Viewer.system(None)) as connection:
        dead = await connection.execute(
            text("SELECT count(*) FROM dead_letter WHERE key = :key"), {"key": str(project)}
        )
        assert dead.scalar_one() == 0
