"""Row-level security must not cost the lists their indexes."""

from collections.abc import Callable
from uuid import uuid4

import asyncpg
import pytest
from atrium_chassis.database import Database
from atrium_chassis.paging import PageRequest
from atrium_chassis.search import SearchRequest
from atrium_chassis.viewer import Viewer
from atrium_files.library.queries import list_files, read_file
from atrium_files.search.queries import find_files
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.viewers import contact, provider
from sqlalchemy import event, text

FILL = """
SET ROLE files_system;
DO $$ DECLARE c uuid; p uuid; BEGIN
  FOR i IN 1..40 LOOP
    c := gen_random_uuid(); p := gen_random_uuid();
    PERFORM set_config('atrium.customer', c::text, true);
    INSERT INTO project VALUES (c, p, true);
    INSERT INTO file SELECT c, gen_random_uuid(), p, 'n' || n, 'n' || n, 'shared', 1, 1, NULL, NULL, c, now(),
      now() - random() * interval '90 days', 1 FROM generate_series(1, 500) n;
  END LOOP;
END $$;
"""


@pytest.fixture(scope="module")
async def filled(new_database: Callable[[str], DatabaseUrls]) -> DatabaseUrls:
    urls = new_database("files")
    for dsn, script in ((urls.app, FILL), (urls.owner, "ANALYZE")):
        connection = await asyncpg.connect(dsn)
        await connection.execute(script)
        await connection.close()
    return urls


@pytest.mark.parametrize("side", ["provider", "customer"])
async def test_lists_and_reads_are_served_by_indexes(filled: DatabaseUrls, side: str) -> None:
    database = Database(filled.app, "files", 2)
    viewer: Viewer = provider() if side == "provider" else contact(uuid4())
    statements: list[tuple[str, object]] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _u, statement, parameters, *_: statements.append((statement, parameters)),
    )
    async with database.transaction(viewer) as connection:
        await list_files(connection, viewer, PageRequest(50, None))
        await find_files(connection, viewer, SearchRequest("n7", 10))
        if side == "provider":
            known = (await connection.execute(text("SELECT file_id FROM file LIMIT 1"))).scalar_one()
            await read_file(connection, viewer, known)
        for statement, parameters in [found for found in statements if "LEFT" in found[0] or "strpos" in found[0]]:
            plan = (await connection.exec_driver_sql("EXPLAIN " + statement, parameters)).scalars().all()
            assert not [line for line in plan if "Seq Scan on file" in line], "\n".join(plan)
    await database.close()
