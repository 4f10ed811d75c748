"""What a worker forgets by itself: answers after a day, inbox rows after the topics have forgotten their events."""

import asyncio
from contextlib import suppress

from sqlalchemy import text

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer

HOUR = 3600.0


async def forget_regularly(database: Database, retention_days: int, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        async with database.transaction(Viewer.system(None)) as connection:
            await connection.execute(text("DELETE FROM idempotency WHERE recorded_at < now() - interval '24 hours'"))
            await connection.execute(
                text("DELETE FROM inbox WHERE received_at < now() - make_interval(days => :days)"),
                {"days": retention_days + 5},
            )
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), HOUR)
