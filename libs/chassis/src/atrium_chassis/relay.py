"""The outbox's relay: sends what commands recorded, in order per aggregate, at least once.

A shard is held by a session advisory lock on a connection of its own, so no transaction is open while Kafka is slow or
away. Rows go out by an idempotent producer and are deleted after the acknowledgements; a crash in between sends them
again, and consumers drop what they know. While some wait for theirs, the next are read: what is under way is left out
of that by name, not by a highest id, since an id of a longer transaction may become visible later. A commit's NOTIFY
wakes the relay; a poll every second is the safety net.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from atrium_chassis.events import FINE_SHARDS
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.sending import hand_over
from atrium_chassis.telemetry import EVENTS_SENT, log

BATCH = 500
#: Batches that wait for their acknowledgements at the same time.
UNDER_WAY = 3
POLL_SECONDS = 1.0
LOCK_CLASS = 740_211
RECONNECT_SECONDS = 0.5
CLAIM_SECONDS = 2.0

_NEXT = (
    "SELECT id, topic, key, headers, value FROM outbox"
    " WHERE shard = ANY ($1::smallint[]) AND id <> ALL ($2::bigint[]) ORDER BY id LIMIT $3"
)
_DELETE = "DELETE FROM outbox WHERE id = ANY ($1::bigint[])"


def create_producer(kafka: KafkaSettings) -> AIOKafkaProducer:
    """Idempotent, acknowledged by all replicas, in order per key."""
    return AIOKafkaProducer(
        **kafka.kafka_client(),
        enable_idempotence=True,
        acks="all",
        linger_ms=2,
        max_batch_size=262_144,
        max_request_size=8_000_000,
        request_timeout_ms=20_000,
    )


@dataclass(frozen=True)
class _Batch:
    """Rows that were handed to the producer."""

    ids: list[int]
    acknowledged: "asyncio.Future[list[object]]"


@dataclass
class Relay:
    """Moves rows of the outbox to Kafka until `stopping` is set, then once more, and leaves."""

    service: str
    dsn: str
    kafka: KafkaSettings
    shards: int
    stopping: asyncio.Event
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        producer = create_producer(self.kafka)
        await start_patiently(producer, self.stopping)
        if self.stopping.is_set():
            await producer.stop()
            return
        wake_on_stop = asyncio.create_task(self._wake_on_stop())
        try:
            while not self.stopping.is_set():
                try:
                    await self._hold_shards(producer)
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, KafkaError) as error:
                    log.warning("relay_interrupted", error=type(error).__name__)
                    await asyncio.sleep(RECONNECT_SECONDS)
        finally:
            wake_on_stop.cancel()
            await producer.stop()

    async def _wake_on_stop(self) -> None:
        await self.stopping.wait()
        self._woken.set()

    async def _hold_shards(self, producer: AIOKafkaProducer) -> None:
        connection = await asyncpg.connect(
            self.dsn, server_settings={"application_name": f"atrium-{self.service}-relay"}
        )
        try:
            await connection.execute(f'SET ROLE "{self.service}_system"')
            await connection.add_listener("atrium_outbox", lambda *_: self._woken.set())
            await self._send_all(connection, producer)
        finally:
            await connection.close(timeout=2)

    async def _send_all(self, connection: Any, producer: AIOKafkaProducer) -> None:
        held: set[int] = set()
        claim_at = 0.0
        loop = asyncio.get_running_loop()
        under_way: deque[_Batch] = deque()
        try:
            while True:
                if len(held) < self.shards and loop.time() >= claim_at:
                    held |= await self._claim(connection, held)
                    claim_at = loop.time() + CLAIM_SECONDS
                self._woken.clear()
                batch = await self._next_batch(connection, producer, held, under_way) if held else None
                if batch is not None:
                    under_way.append(batch)
                is_last = batch is None or len(batch.ids) < BATCH
                if under_way and (is_last or len(under_way) == UNDER_WAY):
                    await self._finish(connection, under_way.popleft())
                if is_last and not under_way:
                    if self.stopping.is_set():
                        return
                    await self._pause()
        finally:
            for batch in under_way:
                batch.acknowledged.cancel()

    async def _claim(self, connection: Any, held: set[int]) -> set[int]:
        claimed = set()
        for shard in range(self.shards):
            if shard not in held and await connection.fetchval(
                "SELECT pg_try_advisory_lock($1, $2)", LOCK_CLASS, shard
            ):
                claimed.add(shard)
        return claimed

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), POLL_SECONDS)

    async def _next_batch(
        self, connection: Any, producer: AIOKafkaProducer, held: set[int], under_way: Iterable[_Batch]
    ) -> _Batch | None:
        fine = [shard for shard in range(FINE_SHARDS) if shard % self.shards in held]
        rows = await connection.fetch(_NEXT, fine, [row for batch in under_way for row in batch.ids], BATCH)
        if not rows:
            return None
        return _Batch([row["id"] for row in rows], await hand_over(producer, rows))

    async def _finish(self, connection: Any, batch: _Batch) -> None:
        await batch.acknowledged
        await connection.execute(_DELETE, batch.ids)
        EVENTS_SENT.labels(self.service).inc(len(batch.ids))


async def start_patiently(client: Any, stopping: asyncio.Event) -> None:
    """Start a Kafka client, waiting for the broker as long as it takes."""
    while not stopping.is_set():
        try:
            await client.start()
            return
        except KafkaError as error:
            log.warning("kafka_unreachable", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)
