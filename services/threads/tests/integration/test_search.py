"""Conversations found by what they are about and by what was written; and found by their readers alone."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import asyncpg
import pytest
from atrium_chassis.database import Database
from atrium_chassis.search import SearchRequest
from atrium_chassis.viewer import Viewer
from atrium_testkit import viewers
from atrium_testkit.running import RunningService
from atrium_threads.search.queries import find_threads
from sqlalchemy import event

if TYPE_CHECKING:
    from .conftest import World

NOTHING = {"threads": {"items": [], "next_cursor": None}}


async def found(world: "World", viewer: Viewer, q: str, **more: str) -> dict[str, Any]:
    answer = await world.get(viewer, "search", q=q, **more)
    assert answer.status == 200, answer.content
    return dict(answer.json)


async def ids(world: "World", viewer: Viewer, q: str) -> list[str]:
    return [one["id"] for one in (await found(world, viewer, q))["threads"]["items"]]


async def test_words_may_stand_in_the_heading_and_in_a_message(world: "World") -> None:
    maya = world.contact()
    thread = await world.opened(maya, world.about_project, "shared", text="Die Prüfung der Alarme beginnt Montag.")
    other = await world.opened(maya, world.about_project, "shared", title="Schedule")
    for q in ("migration pruefung", "MONTAG alarme", "control room montag"):
        assert await ids(world, world.nora, q) == [thread["id"]], q
    assert await ids(world, maya, "control") == [other["id"], thread["id"]]
    assert await ids(world, maya, "montag schedule") == []
    hit = (await found(world, maya, "prüfung"))["threads"]["items"][0]
    assert (hit["excerpt"], hit["author_id"]) == ("Die Prüfung der Alarme beginnt Montag.", str(maya.person))
    assert (hit["subject_title"], hit["audience"]) == ("Control room migration", "shared")
    heading = (await found(world, maya, "schedule"))["threads"]["items"][0]
    assert (heading["title"], heading["excerpt"], heading["author_id"]) == ("Schedule", "", None)


async def test_the_other_side_finds_nothing_of_an_internal_or_a_private_conversation(
    world: "World", elsewhere: "World"
) -> None:
    await world.publish(1)
    maya, word = world.contact(), f"canary{uuid4().hex[:8]}"
    private = await world.opened(maya, world.about_item, "private", title=word, text=word)
    internal = await world.opened(world.nora, world.about_item, "internal", title=word, text=word)
    assert await ids(world, maya, word) == [private["id"]]
    assert await ids(world, world.nora, word) == [internal["id"]]
    assert await found(world, viewers.preview(world.customer), word) == NOTHING
    assert await found(world, elsewhere.contact(), word) == NOTHING
    assert await found(world, world.contact(projects=frozenset({uuid4()})), word) == NOTHING


async def test_a_conversation_of_named_staff_is_found_by_them_alone(world: "World") -> None:
    limited = await world.opened(
        world.nora, world.about_project, "internal", text="Salaries", staff_ids=[str(world.jan.person)]
    )
    for named in (world.nora, world.jan):
        assert await ids(world, named, "salaries") == [limited["id"]]
    assert await found(world, viewers.provider(), "salaries") == NOTHING


async def test_what_staff_call_an_item_finds_nothing_for_the_customer(world: "World") -> None:
    await world.publish(1)
    thread = await world.opened(world.nora, world.about_item, "shared", text="When?")
    staff = viewers.provider(customer=world.customer)
    assert await ids(world, staff, "internal cut-over plan") == [thread["id"]]
    assert await found(world, world.contact(), "internal") == NOTHING
    assert await ids(world, world.contact(), "cut-over") == [thread["id"]]
    await world.withdraw(2)
    assert await found(world, world.contact(), "cut-over") == NOTHING


async def test_a_cursor_goes_on_from_the_latest_act(world: "World") -> None:
    opened = [(await world.opened(world.nora, world.about_project, "shared", title="Cable"))["id"] for _ in range(3)]
    first = (await found(world, world.nora, "cable migration", limit="2"))["threads"]
    assert [one["id"] for one in first["items"]] == opened[:0:-1]
    more = await found(world, world.nora, "cable migration", limit="2", kind="threads", cursor=first["next_cursor"])
    assert [one["id"] for one in more["threads"]["items"]] == opened[:1]
    assert more["threads"]["next_cursor"] is None
    assert await found(world, world.nora, "cable", kind="files") == {}
    assert (await world.get(viewers.link(world.customer, uuid4()), "search", q="cable")).status == 403


MANY = """
INSERT INTO subject (customer_id, subject, project_id, audience, title)
  SELECT md5('s' || n)::uuid, 'projects/' || md5('s' || n)::uuid, md5('s' || n)::uuid, 'shared', 'Migration'
  FROM generate_series(1, 200) n;
INSERT INTO thread (customer_id, id, subject, subject_audience, project_id, audience, title, opened_by, opened_at,
                    last_act_at, message_count, revision)
  SELECT customer_id, gen_random_uuid(), subject, audience, project_id, 'shared', 'Cable', gen_random_uuid(), now(),
         now() - n * interval '1 minute', 2, 1
  FROM subject, generate_series(1, 50) n WHERE subject.title = 'Migration' AND subject.customer_id = subject.project_id;
INSERT INTO message SELECT customer_id, gen_random_uuid(), id, n, n, opened_by, 'Cable ' || n, '{}', now()
  FROM thread, generate_series(1, 2) n WHERE thread.title = 'Cable' AND message_count = 2;
ANALYZE subject; ANALYZE thread; ANALYZE message;
"""


@pytest.mark.parametrize("side", ["customer", "provider"])
async def test_a_search_reads_no_table_as_a_whole(threads: RunningService, postgres_admin_dsn: str, side: str) -> None:
    name = threads.database.owner.rpartition("/")[2]
    admin = await asyncpg.connect(f"{postgres_admin_dsn.rpartition('/')[0]}/{name}")
    try:
        filled = await admin.fetchval("SELECT count(*) > 9000 FROM thread WHERE title = 'Cable'")
        if not filled:
            await admin.execute(MANY)
        customer = await admin.fetchval("SELECT md5('s7')::uuid")
    finally:
        await admin.close()
    viewer = viewers.contact(customer) if side == "customer" else viewers.provider()
    database = Database(threads.database.app, "threads", 1)
    statements: list[tuple[str, object]] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _u, statement, parameters, *_: statements.append((statement, parameters)),
    )
    async with database.transaction(viewer) as connection:
        assert len(await find_threads(connection, viewer, SearchRequest("cable 2", 10))) == 11
        statement, parameters = statements[-1]
        plan = "\n".join((await connection.exec_driver_sql("EXPLAIN " + statement, parameters)).scalars())
    await database.close()
    assert "Seq Scan on message" not in plan, plan
    if side == "customer":
        assert "Seq Scan" not in plan, plan
        assert f"customer_id = '{customer}'::uuid" in plan, plan
    else:
        assert "Index Scan using thread_by_latest on thread" in plan, plan
