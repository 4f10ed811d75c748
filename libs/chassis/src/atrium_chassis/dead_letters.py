"""`dead list` and `dead replay`: events that could not be applied, and another try once the cause is mended."""

import sys

from aiokafka import ConsumerRecord
from sqlalchemy import text

from atrium_chassis.consumer import Applier
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer


async def list_dead_letters(database: Database) -> int:
    async with database.transaction(Viewer.system(None)) as connection:
        rows = await connection.execute(
            text("SELECT event_id, topic, code, pointers, failed_at, replayed_at FROM dead_letter ORDER BY failed_at")
        )
        for row in rows:
            state = f"replayed {row.replayed_at:%F %T}" if row.replayed_at else "waiting"
            pointers = " ".join(row.pointers)
            sys.stdout.write(f"{row.failed_at:%F %T}  {row.event_id}  {row.topic}  {row.code} {pointers}  {state}\n")
    return 0


async def replay_dead_letters(applier: Applier, event_ids: list[str]) -> int:
    """Apply the named dead letters again, or all that wait; what fails again stays one."""
    async with applier.database.transaction(Viewer.system(None)) as connection:
        rows = (
            await connection.execute(
                text(
                    "UPDATE dead_letter SET replayed_at = now() WHERE replayed_at IS NULL"
                    " AND (cardinality(cast(:ids AS text[])) = 0 OR event_id = ANY (:ids))"
                    " RETURNING event_id, topic, key, headers, value"
                ),
                {"ids": event_ids},
            )
        ).all()
    for row in rows:
        await applier.apply([record_of(row.topic, row.key, row.headers, row.value)])
    sys.stdout.write(f"{len(rows)} replayed\n")
    return 0


def record_of(topic: str, key: str, headers: dict[str, str], value: str) -> ConsumerRecord:
    return ConsumerRecord(
        topic=topic,
        partition=0,
        offset=0,
        timestamp=0,
        timestamp_type=0,
        key=key.encode(),
        value=value.encode(),
        checksum=None,
        serialized_key_size=len(key),
        serialized_value_size=len(value),
        headers=[(name, text_value.encode()) for name, text_value in headers.items()],
    )
