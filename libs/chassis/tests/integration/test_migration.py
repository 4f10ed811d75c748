"""Migrating again, and as the version before: what a rollback and a pod that starts late do."""

import asyncpg
from atrium_testkit.provision import migrate

from .conftest import Ledger


async def test_migrating_again_changes_nothing(ledger: Ledger) -> None:
    before = await revision_of(ledger)
    await migrate(ledger.urls, "ledger")
    assert await revision_of(ledger) == before == "0001"


async def test_an_older_version_leaves_a_newer_schema_alone(ledger: Ledger) -> None:
    """Pods of version N-1 still start, restart and scale while N is rolled out, or after a rollback."""
    await set_revision(ledger, "0002")
    try:
        await migrate(ledger.urls, "ledger")
        assert await revision_of(ledger) == "0002"
    finally:
        await set_revision(ledger, "0001")


async def revision_of(ledger: Ledger) -> str:
    connection = await asyncpg.connect(ledger.urls.owner)
    try:
        return str(await connection.fetchval("SELECT version_num FROM alembic_version"))
    finally:
        await connection.close()


async def set_revision(ledger: Ledger, revision: str) -> None:
    connection = await asyncpg.connect(ledger.urls.owner)
    try:
        await connection.execute("UPDATE alembic_version SET version_num = $1", revision)
    finally:
        await connection.close()
