"""What Postgres itself says about who may touch which row; the service's own queries are left out."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from atrium_chassis.database import Database
from atrium_testkit import viewers
from atrium_testkit.protection import assert_protected
from atrium_testkit.running import RunningService
from atrium_threads.threads.queries import Filters, listing
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from .conftest import World

MANY = """
INSERT INTO subject SELECT md5(n::text)::uuid, 'projects/' || md5(n::text)::uuid, md5(n::text)::uuid, 'shared', ''
FROM generate_series(1, 200) n;
INSERT INTO thread (customer_id, id, subject, subject_audience, project_id, audience, title, opened_by, opened_at,
                    last_act_at, message_count, revision)
SELECT customer_id, gen_random_uuid(), subject, audience, project_id, 'shared', '', gen_random_uuid(), now(),
       now() - n * interval '1 minute', 0, 1
FROM subject, generate_series(1, 100) n WHERE subject.customer_id = subject.project_id;
ANALYZE thread;
"""
ONE_OF_MANY = "SELECT md5('7')::uuid"


@pytest_asyncio.fixture
async def database(threads: RunningService) -> AsyncIterator[Database]:
    """The service's own pool, for statements that forget every WHERE."""
    pool = Database(threads.database.app, "threads", 2)
    yield pool
    await pool.close()


async def test_every_table_is_protected(threads: RunningService) -> None:
    await assert_protected(threads.database.owner, "threads", provider_wide=["staff_member"])


@pytest.mark.parametrize("side", ["provider", "customer", "system"])
@pytest.mark.parametrize("column", ["audience", "subject", "subject_audience", "staff_ids", "customer_id"])
async def test_no_side_may_change_what_a_thread_is_for(threads: RunningService, side: str, column: str) -> None:
    owner = await asyncpg.connect(threads.database.owner)
    try:
        may = await owner.fetchval("SELECT has_column_privilege($1, 'thread', $2, 'UPDATE')", f"threads_{side}", column)
    finally:
        await owner.close()
    assert may is False


async def test_a_statement_without_any_condition_leaks_nothing(
    world: "World", elsewhere: "World", database: Database
) -> None:
    maya, anna = world.contact(), elsewhere.contact()
    private = await world.opened(maya, world.about_project, "private", text="Only us")
    internal = await world.opened(world.nora, world.about_project, "internal", text="Only staff")
    shared = await world.opened(maya, world.about_project, "shared", text="All")
    ours = {UUID(thread["id"]): thread["audience"] for thread in (private, internal, shared)}

    async def visible(viewer: object) -> set[str]:
        async with database.transaction(viewer) as connection:  # type: ignore[arg-type]
            threads = set((await connection.execute(text("SELECT id FROM thread"))).scalars())
            of_messages = set((await connection.execute(text("SELECT thread_id FROM message"))).scalars())
        assert threads & set(ours) == of_messages & set(ours)
        return {ours[thread] for thread in threads & set(ours)}

    assert await visible(maya) == {"shared", "private"}
    assert await visible(world.nora) == {"shared", "internal"}
    assert await visible(anna) == set()
    async with database.transaction(viewers.preview(world.customer)) as connection:
        assert set((await connection.execute(text("SELECT audience FROM thread"))).scalars()) == {"shared"}
    async with database.transaction(viewers.contact(uuid4())) as connection:
        for table in ("thread", "message", "mark", "subject", "member"):
            assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar() == 0  # noqa: S608


async def test_what_staff_call_an_item_is_not_the_customers_to_read(world: "World", database: Database) -> None:
    await world.publish(1)
    with pytest.raises(DBAPIError, match="permission denied"):
        async with database.transaction(world.contact()) as connection:
            await connection.execute(text("SELECT staff_title FROM subject"))


async def test_marks_are_seen_by_their_person_alone(world: "World", database: Database) -> None:
    maya, tom = world.contact(), world.contact("member")
    await world.opened(maya, world.about_project, "shared", text="All")
    for viewer, expected in ((maya, 1), (tom, 0)):
        async with database.transaction(viewer) as connection:
            assert (await connection.execute(text("SELECT count(*) FROM mark"))).scalar() == expected


async def test_the_database_refuses_a_message_into_a_thread_not_read(world: "World", database: Database) -> None:
    internal = await world.opened(world.nora, world.about_project, "internal")
    written = text("INSERT INTO message VALUES (:customer, :id, :thread, 1, 2, :person, 'Hello', '{}', now())")
    values = {"customer": world.customer, "id": uuid4(), "thread": UUID(internal["id"]), "person": uuid4()}
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.transaction(world.contact()) as connection:
            await connection.execute(written, values)


async def test_lists_are_served_by_their_index(
    threads: RunningService, database: Database, postgres_admin_dsn: str
) -> None:
    name = threads.database.owner.rpartition("/")[2]
    admin = await asyncpg.connect(f"{postgres_admin_dsn.rpartition('/')[0]}/{name}")
    try:
        await admin.execute(MANY)
        customer = await admin.fetchval(ONE_OF_MANY)
    finally:
        await admin.close()
    for viewer, served in (
        (viewers.contact(customer), f"Index Cond: (customer_id = '{customer}'::uuid)"),
        (viewers.provider(), "Index Scan using thread_by_latest on thread"),
    ):
        query = listing(viewer, Filters(), limit=50)
        statement = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
        async with database.transaction(viewer) as connection:
            plan = "\n".join((await connection.execute(text(f"EXPLAIN {statement}"))).scalars())
        assert served in plan, plan
        assert "Seq Scan on thread" not in plan, plan
