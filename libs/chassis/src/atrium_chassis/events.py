"""Recording events in the outbox, in the transaction of the change they tell of."""

import zlib
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from atrium_contracts import Audience, Envelope, EventData, topic
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_chassis import clock, json
from atrium_chassis.telemetry import trace_headers

DataT = TypeVar("DataT", bound=EventData)

#: Rows carry a fine shard; a relay with fewer shards takes them modulo its own number.
FINE_SHARDS = 64

_INSERT = text(
    "INSERT INTO outbox (shard, topic, key, headers, value)"
    " VALUES (:shard, :topic, :key, cast(:headers AS jsonb), :value)"
)
# Postgres sends equal notifications of one transaction once, so a commit wakes the relay once.
_NOTIFY = text("SELECT pg_notify('atrium_outbox', '')")
_EPOCH = text("SELECT epoch FROM epoch")


@dataclass(frozen=True)
class Received(Generic[DataT]):
    """An event as a subscriber gets it."""

    envelope: Envelope
    data: DataT


async def record(
    connection: AsyncConnection,
    data: EventData,
    *,
    subject: str,
    customer: UUID | None,
    audience: Audience,
    revision: int,
    key: UUID,
    actor: UUID | None,
) -> None:
    """Record an event; call it after the aggregate's row is locked, so that the outbox keeps the aggregate's order.

    Raises ValueError when the event's type does not allow the audience: one event, one audience.
    """
    if audience not in data.AUDIENCES:
        raise ValueError(f"{data.type()} cannot be {audience}")
    epoch = (await connection.execute(_EPOCH)).scalar_one()
    envelope = Envelope(
        id=uuid4(),
        type=data.type(),
        source=data.SOURCE,
        subject=subject,
        time=clock.now(),
        customer=customer,
        audience=audience,
        revision=revision,
        epoch=epoch,
        actor=actor,
        imported=clock.imported_at() is not None,
    )
    headers = {name: value.decode() for name, value in envelope.headers()} | trace_headers()
    await connection.execute(
        _INSERT,
        {
            "shard": zlib.crc32(key.bytes) % FINE_SHARDS,
            "topic": topic(data.SOURCE, audience),
            "key": str(key),
            "headers": json.dumps(headers).decode(),
            "value": data.model_dump_json(),
        },
    )
    await connection.execute(_NOTIFY)
