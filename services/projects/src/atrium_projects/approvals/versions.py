"""Versions of files as files' events tell of them. What a client says of a hash is compared, never believed."""

from typing import Any
from uuid import UUID

from atrium_chassis.problems import Conflict, FieldError, Invalid
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.model import Exact, outdated

# One lock per file orders a decision and the coming of a newer version, whichever is first.
_LOCK_FILE = text("SELECT pg_advisory_xact_lock(hashtextextended(:file, 1))")
_NEWEST_SHARED = text(
    "SELECT DISTINCT ON (file_id) file_id, number, sha256 FROM file_version"
    " WHERE customer_id = :customer AND file_id = ANY (:files) AND audience = 'shared'"
    " ORDER BY file_id, number DESC"
)


async def lock_files(connection: AsyncConnection, files: list[UUID]) -> None:
    for file in sorted(set(files)):
        await connection.execute(_LOCK_FILE, {"file": str(file)})


async def newest_of(connection: AsyncConnection, customer: UUID, files: list[UUID]) -> dict[UUID, Exact]:
    """The newest ready version of each file that both sides may read."""
    rows = await connection.execute(_NEWEST_SHARED, {"customer": customer, "files": files})
    return {row.file_id: Exact(row.file_id, row.number, row.sha256) for row in rows}


async def require_newest(
    connection: AsyncConnection, customer: UUID, own_file: UUID | None, versions: list[Exact]
) -> None:
    """Raises Invalid, or Conflict `version_superseded` that tells what is new."""
    if not versions:
        raise Invalid([FieldError("/versions", "required", "Name the versions that this is about.")])
    files = {version.file_id for version in versions}
    if own_file is not None and own_file not in files:
        raise Invalid([FieldError("/versions", "wrong_file", "This must be about this item's file.")])
    newest = await newest_of(connection, customer, list(files))
    if set(newest) != files:
        raise Invalid([FieldError("/versions", "unknown_version", "There is no such version.")])
    if outdated(versions, newest):
        raise Conflict(
            "version_superseded",
            "A newer version came meanwhile, so nothing was recorded. Look at the new version first.",
            {"current_versions": plain(list(newest.values()))},
        )


def plain(versions: list[Exact]) -> list[dict[str, Any]]:
    """As they are stored and sent."""
    return [{"file_id": str(one.file_id), "number": one.number, "sha256": one.sha256} for one in versions]
