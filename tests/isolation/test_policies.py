"""Row-level security alone: a select without a condition gives only what is one's own, and every policy is needed."""

from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
import pytest_asyncio
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.services import SERVICES

from .planted import SIDES, Garden, Side

pytestmark = pytest.mark.asyncio(loop_scope="module")

#: What holds nothing of a customer; every role may know it.
WIDE = frozenset({"workflow", "workflow_version", "staff_member"})
#: What the worker and the housekeeping do for all customers at once.
FOR_ALL = frozenset({("system", "idempotency"), ("system", "work"), ("system", "drawing")})
GUARDED = "SELECT tablename AS name, roles[1] AS role, policyname AS policy, qual FROM pg_policies ORDER BY 1, 2"


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=SERVICES)
async def garden(
    request: pytest.FixtureRequest, new_database: Callable[[str], DatabaseUrls], postgres_admin_dsn: str
) -> AsyncIterator[Garden]:
    name = urlsplit(new_database(request.param).owner).path
    connection = await asyncpg.connect(urlunsplit(urlsplit(postgres_admin_dsn)._replace(path=name)))
    try:
        made = Garden(request.param, connection)
        await made.plant(sorted({row["name"] for row in await connection.fetch(GUARDED)} - WIDE))
        yield made
    finally:
        await connection.close()


async def guarded(garden: Garden) -> list[tuple[Side, str, str, str]]:
    """Every side with a table that it has a policy on: side, table, policy, condition."""
    rows = await garden.connection.fetch(GUARDED)
    found = [
        (side, row["name"], row["policy"], row["qual"])
        for row in rows
        for side in SIDES
        if row["role"] == f"{garden.service}_{side.role}" and row["name"] not in WIDE
    ]
    assert found
    return found


def everybody_may(side: Side, table: str) -> bool:
    return (side.role, table) in FOR_ALL


async def test_a_policy_without_a_condition_is_the_providers_or_about_no_customer(garden: Garden) -> None:
    open_to_all = {(side.role, table) for side, table, _, qual in await guarded(garden) if qual == "true"}
    assert {one for one in open_to_all if one[0] != "provider"} <= FOR_ALL


async def test_a_select_without_where_gives_exactly_what_is_ones_own(garden: Garden) -> None:
    wrong = []
    for side, table, policy, _ in await guarded(garden):
        async with garden.connection.transaction():
            seen = await garden.read(side, table)
        own = set(garden.rows[table]) if everybody_may(side, table) else garden.permitted(side, table)
        assert own, f"nothing of {table} is for {side.name}: the probe would prove nothing"
        if seen != own:
            wrong.append((side.name, policy, len(seen - own), len(own - seen)))
    assert wrong == [], "side, policy, rows too many, rows too few"


async def test_every_policy_dropped_alone_is_noticed(garden: Garden) -> None:
    unnoticed, tried = [], 0
    for side, table, policy, qual in await guarded(garden):
        if qual == "true":
            continue
        transaction = garden.connection.transaction()
        await transaction.start()
        try:
            await garden.connection.execute(f"DROP POLICY {policy} ON {table}")
            await garden.connection.execute(
                f"CREATE POLICY {policy} ON {table} TO {garden.service}_{side.role} USING (true)"
            )
            if not await garden.read(side, table) - garden.permitted(side, table):
                unnoticed.append((side.name, policy))
        finally:
            await transaction.rollback()
        tried += 1
    assert unnoticed == []
    assert tried >= 5
