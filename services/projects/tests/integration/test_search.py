"""What each side finds, and that finding reads no other customer's rows."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from atrium_chassis.database import Database
from atrium_chassis.search import SearchRequest
from atrium_chassis.viewer import Viewer
from atrium_projects.search import queries
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.viewers import contact, link, preview
from sqlalchemy import event

from .conftest import World


async def found(world: World, viewer: Viewer, q: str, **more: str) -> dict[str, Any]:
    answer = await world.app.call("GET", "/v1/search", viewer, params={"q": q, **more})
    assert answer.status == 200, answer.content
    return dict(answer.json)


async def titles(world: World, viewer: Viewer, q: str, kind: str = "items") -> list[str]:
    return [one["title"] for one in (await found(world, viewer, q))[kind]["items"]]


async def test_all_words_must_match_in_any_case_with_or_without_accents(world: World) -> None:
    await world.item(title="Prüfung der Größe", visibility="shared")
    await world.item(title="Prüfung", visibility="shared")
    for q in ("prufung GROSSE", "Pruefung größe", "grösse prüf"):
        assert await titles(world, world.maya, q) == ["Prüfung der Größe"], q
    assert await titles(world, world.maya, "prüfung") == ["Prüfung", "Prüfung der Größe"]
    assert await titles(world, world.maya, "100%") == await titles(world, world.maya, "pr_fung") == []


async def test_customers_find_what_is_published_and_nothing_of_what_lies_behind(world: World) -> None:
    word = f"canary{uuid4().hex[:8]}"
    await world.item(title=word)
    await world.item(title="x", customer_title=word, visibility="placeholder", due="2026-12-11")
    shown = await world.item(title=word, internal_note=word, customer_title="Shown", visibility="shared")
    assert len(await titles(world, world.nora, word)) == 3
    for viewer in (world.maya, world.rob, preview(world.customer), contact(uuid4())):
        nothing = {"items": [], "next_cursor": None}
        assert await found(world, viewer, word) == {"projects": nothing, "items": nothing, "requests": nothing}
    hit = (await found(world, world.maya, "shown"))["items"]["items"][0]
    assert (hit["id"], "visibility" in hit, hit["project_title"]) == (shown, False, "Control room migration")


async def test_whoever_may_not_see_the_project_finds_none_of_it(world: World) -> None:
    await world.item(title="Alarm philosophy", visibility="shared")
    elsewhere = contact(world.customer, "member", frozenset({uuid4()}))
    assert await titles(world, elsewhere, "alarm") == []
    assert await titles(world, elsewhere, "control room", "projects") == []
    assert await titles(world, world.maya, "control room", "projects") == ["Control room migration"]


async def test_requests_are_found_by_number_and_text_with_the_place_in_it(world: World) -> None:
    text = "Before " * 40 + "the historian drops milliseconds. " + "After " * 40
    raised = await world.post("/requests", world.maya, {"title": "Export", "text": text, "project_id": world.project})
    hit = (await found(world, world.maya, f"a-{raised.json['number']} MILLI"))["requests"]["items"][0]
    assert hit["id"] == raised.json["id"]
    assert "historian drops milliseconds" in hit["excerpt"]
    assert len(hit["excerpt"]) < 180


async def test_the_list_of_requests_takes_words_too(world: World) -> None:
    for title in ("Barcode zu tief", "Waage", "Barcode fehlt"):
        await world.post("/requests", world.maya, {"title": title, "project_id": world.project})

    async def listed(q: str, viewer: Viewer = world.maya) -> list[str]:
        answer = await world.app.call("GET", "/v1/requests", viewer, params={"q": q})
        return [one["title"] for one in answer.json["items"]]

    assert await listed("BARCODE") == ["Barcode fehlt", "Barcode zu tief"]
    assert await listed("barcode tief") == ["Barcode zu tief"]
    assert len(await listed(" ")) == 3
    assert await listed("barcode", contact(uuid4())) == []


async def test_the_newest_act_comes_first_and_a_cursor_goes_on(world: World) -> None:
    items = [await world.item(title=f"Cable {number}", visibility="shared") for number in range(5)]
    seen, cursor = [], {}
    while True:
        page = (await found(world, world.maya, "cable", kind="items", limit="2", **cursor))["items"]
        seen += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == items[::-1]
    for wrong in ({"q": "other", "kind": "items", **cursor}, {"q": "cable", **cursor}, {"q": " "}, {"q": "a\0"}):
        answer = await world.app.call("GET", "/v1/search", world.maya, params=wrong)
        assert answer.status == 422, wrong


async def test_the_holder_of_a_link_finds_nothing_at_all(world: World) -> None:
    answer = await world.app.call("GET", "/v1/search", link(world.customer, uuid4()), params={"q": "x"})
    assert answer.status == 404


FILL = """
SET ROLE projects_system;
DO $$ DECLARE c uuid; p uuid; BEGIN
  FOR i IN 1..60 LOOP
    c := gen_random_uuid(); p := gen_random_uuid();
    PERFORM set_config('atrium.customer', c::text, true), set_config('atrium.projects', 'all', true);
    INSERT INTO project (customer_id, id, title, status) VALUES (c, p, 'Migration', 'on_track');
    INSERT INTO published_item (customer_id, item_id, project_id, form, position, title, note, revision)
      SELECT c, gen_random_uuid(), p, 'shared', n, 'Cable ' || n, '', 1 FROM generate_series(1, 200) n;
    INSERT INTO request (customer_id, id, number, title, kind, urgency, workflow_id, workflow_version, state, turn,
                         raised_by)
      SELECT c, gen_random_uuid(), n, 'Cable ' || n, 'fault', 'time', c, 1, 'new', 'provider', c
      FROM generate_series(1, 200) n;
  END LOOP;
END $$;
"""


@pytest.fixture(scope="module")
async def filled(new_database: Callable[[str], DatabaseUrls]) -> DatabaseUrls:
    urls = new_database("projects")
    for dsn, script in ((urls.app, FILL), (urls.owner, "ANALYZE")):
        connection = await asyncpg.connect(dsn)
        await connection.execute(script)
        await connection.close()
    return urls


async def test_a_search_reads_its_own_customers_rows_alone(filled: DatabaseUrls) -> None:
    database = Database(filled.app, "projects", 1)
    viewer, asked = contact(uuid4()), SearchRequest("cable 7", 10)
    statements: list[tuple[str, object]] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _u, statement, parameters, *_: statements.append((statement, parameters)),
    )
    async with database.transaction(viewer) as connection:
        for find in (queries.find_projects, queries.find_items, queries.find_requests):
            await find(connection, viewer, asked)
        searches = [one for one in statements if "strpos" in one[0]]
        assert len(searches) == 3
        for statement, parameters in searches:
            plan = "\n".join((await connection.exec_driver_sql("EXPLAIN " + statement, parameters)).scalars())
            for table in ("published_item", "request"):
                assert f"Seq Scan on {table}" not in plan, plan
            assert "customer_id = " in plan, plan
    await database.close()
