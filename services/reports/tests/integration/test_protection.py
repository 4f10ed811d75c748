"""What Postgres itself says about who may touch which row."""

from typing import TYPE_CHECKING
from uuid import uuid4

import asyncpg
import pytest
from atrium_chassis.database import Database
from atrium_testkit import viewers
from atrium_testkit.protection import assert_protected
from atrium_testkit.running import RunningService
from sqlalchemy import text

if TYPE_CHECKING:
    from .conftest import World


async def test_every_table_is_protected(reports: RunningService) -> None:
    await assert_protected(reports.database.owner, "reports")


@pytest.mark.parametrize("side", ["provider", "customer", "link", "system"])
async def test_no_side_may_rewrite_a_fact(reports: RunningService, side: str) -> None:
    owner = await asyncpg.connect(reports.database.owner)
    try:
        for column in ("data", "audience", "customer_id", "project_id", "valid_from"):
            question = "SELECT has_column_privilege($1, 'fact', $2, 'UPDATE')"
            assert await owner.fetchval(question, f"reports_{side}", column) is False
        assert await owner.fetchval("SELECT has_table_privilege($1, 'fact', 'DELETE')", f"reports_{side}") is False
    finally:
        await owner.close()


async def test_a_statement_without_any_condition_leaks_nothing(world: "World", elsewhere: "World") -> None:
    withdrawn = uuid4()
    await world.outside.tell(
        world.published(uuid4(), 1, 0),
        world.internal(uuid4(), 1, 0, "Ours"),
        world.published(withdrawn, 1, 0),
        world.withdrawn(withdrawn, 2, 1),
        elsewhere.published(uuid4(), 1, 0),
    )
    report = await world.report()
    await world.link(world.nora, report)
    database = Database(world.reports.database.app, "reports", 1)
    seen = text("SELECT kind, audience, hidden FROM fact ORDER BY kind")
    try:
        for viewer in (world.contact(), viewers.preview(world.customer)):
            async with database.transaction(viewer) as connection:
                facts = [tuple(row) for row in await connection.execute(seen)]
            assert facts == [("item", "shared", False), ("project", "shared", False)]
        for stranger in (viewers.contact(uuid4()), world.contact(projects=frozenset({uuid4()}))):
            async with database.transaction(stranger) as connection:
                for table in ("fact", "project", "report", "report_link"):
                    assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar() == 0  # noqa: S608
    finally:
        await database.close()
