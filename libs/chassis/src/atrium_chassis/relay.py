"""The outbox's relay: sends what commands recorded, in order per aggregate, at least once.

A shard is held by a session advisory lock on a connection of its own, so no transaction is open while Kafka is slow or
away. Rows go out by an idempotent producer and are deleted after the acknowledgements; a crash in between sends them
again, and consumers drop what they know. A commit's NOTIFY wakes the relay; a poll every second is the safety net.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from atrium_chassis import json
from atrium_chassis.events import FINE_SHARDS
from atrium_chassis.telemetry import EVENTS_SENT, log

BATCH = 500
POLL_SECONDS = 1.0
LOCK_CLASS = 740_211
RECONNECT_SECONDS = 0.5
CLAIM_SECONDS = 2.0

_NEXT = "SELECT id, topic, key, headers, value FROM outbox WHERE shard = ANY ($1::smallint[]) ORDER BY id LIMIT $2"
_DELETE = "DELETE FROM outbox WHERE id = ANY ($1::bigint[])"


def create_producer(bootstrap: str) -> AIOKafkaProducer:
    """Idempotent, acknowledged by all replicas, in order per key."""
    return AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        enable_idempotence=True,
        acks="all",
        linger_ms=2,
        max_batch_size=262_144,
        max_request_size=8_000_000,
        request_timeout_ms=20_000,
    )


@dataclass
class Relay:
    """Moves rows of the outbox to Kafka until `stopping` is set, then once more, and leaves."""

    service: str
    dsn: str
    bootstrap: str
    shards: int
    stopping: asyncio.Event
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        producer = create_producer(self.bootstrap)
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
            held: set[int] = set()
            claim_at = 0.0
            loop = asyncio.get_running_loop()
            while True:
                if len(held) < self.shards and loop.time() >= claim_at:
                    held |= await self._claim(connection, held)
                    claim_at = loop.time() + CLAIM_SECONDS
                self._woken.clear()
                sent = await self._send_batch(connection, producer, held) if held else 0
                if sent < BATCH:
                    if self.stopping.is_set():
                        return
                    await self._pause()
        finally:
            await connection.close(timeout=2)

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

    async def _send_batch(self, connection: Any, producer: AIOKafkaProducer, held: set[int]) -> int:
        fine = [shard for shard in range(FINE_SHARDS) if shard % self.shards in held]
        rows = await connection.fetch(_NEXT, fine, BATCH)
        if not rows:
            return 0
        deliveries = [
            await producer.send(
                row["topic"],
                key=row["key"].encode(),
                value=row["value"].encode(),
                headers=[(name, value.encode()) for name, value in json.loads(row["headers"]).items()],
            )
            for row in rows
        ]
        await asyncio.gather(*deliveries)
        await connection.execute(_DELETE, [row["id"] for row in rows])
        EVENTS_SENT.labels(self.service).inc(len(rows))
        return len(rows)


async def start_patiently(client: Any, stopping: asyncio.Event) -> None:
    """Start a Kafka client, waiting for the broker as long as it takes."""
    while not stopping.is_set():
        try:
            await client.start()
            return
        except KafkaError as error:
            log.warning("kafka_unreachable", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)
