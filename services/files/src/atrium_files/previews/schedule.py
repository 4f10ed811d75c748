"""Putting a preview on the worker's list, in the transaction that makes its version ready."""

from sqlalchemy import func, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.model import File, Version
from atrium_files.previews.model import kind_of
from atrium_files.previews.tables import drawing, preview
from atrium_files.store.keys import preview_prefix

CHANNEL = "atrium_drawing"
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', '')")


async def schedule_preview(connection: AsyncConnection, of: File, ready: Version) -> None:
    """Content of a type that cannot be drawn has no preview, which is known at once."""
    this = {"customer_id": of.customer_id, "file_id": of.file_id, "number": ready.number}
    can_be_drawn = kind_of(ready.media_type) is not None
    await connection.execute(
        insert(preview).values(
            **this,
            project_id=of.project_id,
            audience=of.audience,
            state="making" if can_be_drawn else "none",
            object_prefix=preview_prefix(of.customer_id),
        )
    )
    if can_be_drawn:
        await connection.execute(insert(drawing).values(**this, due_at=func.now(), attempts=0))
        await connection.execute(_NOTIFY)
