"""What a migration makes of rows that were there before."""

from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
from atrium_chassis.migration import upgrade
from atrium_testkit.provision import drop, provision

READY = """
INSERT INTO version (customer_id, file_id, number, project_id, audience, status, sha256, size, media_type, object_key,
                     uploaded_by, uploaded_at, note, revision)
VALUES ($1, $2, $3, $1, 'shared', $4, repeat('a', 64), 1, $5, 'content/' || $3::integer, $1, now(), '', 1)
"""


async def test_versions_that_were_ready_before_get_their_previews(postgres_admin_dsn: str) -> None:
    name = f"files_{uuid4().hex[:12]}"
    urls = await provision(postgres_admin_dsn, "files", name)
    try:
        await upgrade(urls.owner, "atrium_files", "0003")
        admin = await asyncpg.connect(urlunsplit(urlsplit(postgres_admin_dsn)._replace(path=f"/{name}")))
        customer, file = uuid4(), uuid4()
        await admin.execute("INSERT INTO project VALUES ($1, $1, true)", customer)
        await admin.execute(
            "INSERT INTO file VALUES ($1, $2, $1, 'a', 'a', 'shared', 3, 3, NULL, NULL, $1, now(), now(), 1)",
            *(customer, file),
        )
        versions = (("ready", "application/pdf"), ("ready", "text/plain"), ("uploading", "application/pdf"))
        for number, (status, media_type) in enumerate(versions, start=1):
            await admin.execute(READY, customer, file, number, status, media_type)
        await upgrade(urls.owner, "atrium_files")
        previews = await admin.fetch("SELECT number, state FROM preview ORDER BY number")
        assert [tuple(row) for row in previews] == [(1, "making"), (2, "none")]
        assert await admin.fetchval("SELECT array_agg(number) FROM drawing WHERE due_at <= now()") == [1]
        forced = "SELECT bool_and(relforcerowsecurity) FROM pg_class WHERE relname IN ('version', 'preview', 'drawing')"
        assert await admin.fetchval(forced)
        await admin.close()
    finally:
        await drop(postgres_admin_dsn, name)
