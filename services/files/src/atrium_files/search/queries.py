"""Finding files by their names; served by file_by_change, and file_of_all for staff. What is not ready is not found."""

from typing import Any

from atrium_chassis.search import SearchRequest, folded
from atrium_chassis.viewer import Viewer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.records import own
from atrium_files.library.tables import file

KIND = "files"
FIELDS = ("customer_id", "project_id", "audience", "current_version")


async def find_files(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[dict[str, Any]]:
    query = select(file).where(own(file, viewer), file.c.current_version.is_not(None), search.found_in(folded(file)))
    rows = await connection.execute(search.newest_first(query, file.c.changed_at, file.c.file_id, KIND))
    return [
        {
            "id": row.file_id,
            "title": row.name,
            **{name: getattr(row, name) for name in FIELDS},
            "at": row.changed_at,
        }
        for row in rows
    ]
