"""What Postgres itself says about who may touch which table."""

import asyncpg
import pytest
from atrium_testkit.protection import assert_protected
from atrium_testkit.running import RunningService


async def test_every_table_is_protected(threads: RunningService) -> None:
    await assert_protected(threads.database.owner, "threads", provider_wide=["staff_member"])


@pytest.mark.parametrize("side", ["provider", "customer", "system"])
@pytest.mark.parametrize("column", ["audience", "subject", "subject_audience", "staff_ids", "customer_id"])
async def test_no_side_may_change_what_a_thread_is_for(threads: RunningService, side: str, column: str) -> None:
    database = await asyncpg.connect(threads.database.owner)
    try:
        may = await database.fetchval(
            "SELECT has_column_privilege($1, 'thread', $2, 'UPDATE')", f"threads_{side}", column
        )
    finally:
        await database.close()
    assert may is False
