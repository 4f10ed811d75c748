"""quality.md 5: events per second through the outbox's relay, against a raw producer with the same client and settings.

Both send the same records: headers, keys and values of real events. The reference hands the client one record after the
other, as a program without an outbox does. The relay also reads them from Postgres and deletes them after the
acknowledgements; its time runs from the commit of the rows until the outbox is empty.
"""

import asyncio
import platform
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaProducer
from atrium_chassis import json
from atrium_chassis.events import FINE_SHARDS
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.relay import Relay, create_producer
from atrium_contracts import Envelope, topic
from atrium_contracts.threads import MessagePosted
from atrium_testkit.provision import DatabaseUrls, migrate, provision
from atrium_testkit.topics import create as create_topics
from measuring import Comparison, Goal, compare, publish
from servers import backing_servers

EVENTS = 40_000
AGGREGATES = 500
SHARDS = 4
SERVICE = "threads"
TEXT = "The export rounds time stamps to whole seconds; we need milliseconds for the report of disturbances. " * 2


@dataclass(frozen=True)
class Row:
    shard: int
    topic: str
    key: str
    headers: list[tuple[str, bytes]]
    value: str


def make_row(thread: UUID, customer: UUID) -> Row:
    message = uuid4()
    data = MessagePosted(
        thread_id=thread,
        message_id=message,
        project_id=uuid4(),
        about=f"projects/{uuid4()}",
        author_id=uuid4(),
        text=TEXT,
        posted_at=datetime.now(UTC),
    )
    envelope = Envelope(
        id=uuid4(),
        type=data.type(),
        source=data.SOURCE,
        subject=f"threads/{thread}/messages/{message}",
        time=datetime.now(UTC),
        customer=customer,
        audience="shared",
        revision=1,
        epoch=1,
        actor=data.author_id,
    )
    shard = zlib.crc32(thread.bytes) % FINE_SHARDS
    return Row(shard, topic("threads", "shared"), str(thread), envelope.headers(), data.model_dump_json())


async def send_raw(producer: AIOKafkaProducer, rows: list[Row]) -> float:
    """Events per second of the producer alone."""
    begin = time.perf_counter()
    deliveries = [
        await producer.send(row.topic, key=row.key.encode(), value=row.value.encode(), headers=row.headers)
        for row in rows
    ]
    await asyncio.gather(*deliveries)
    return len(rows) / (time.perf_counter() - begin)


async def fill_outbox(owner: asyncpg.Connection, rows: list[Row]) -> None:
    records = [
        (
            row.shard,
            row.topic,
            row.key,
            json.dumps({name: value.decode() for name, value in row.headers}).decode(),
            row.value,
        )
        for row in rows
    ]
    async with owner.transaction():
        await owner.copy_records_to_table(
            "outbox", records=records, columns=["shard", "topic", "key", "headers", "value"]
        )
        await owner.execute("SELECT pg_notify('atrium_outbox', '')")


async def relay_all(owner: asyncpg.Connection, rows: list[Row]) -> float:
    """Events per second from the commit until the outbox is empty."""
    await fill_outbox(owner, rows)
    begin = time.perf_counter()
    while await owner.fetchval("SELECT EXISTS (SELECT FROM outbox)"):  # noqa: ASYNC110
        await asyncio.sleep(0.005)  # the relay works in the same loop; 5 ms of about a second
    return len(rows) / (time.perf_counter() - begin)


async def measure(bootstrap: str, database: DatabaseUrls) -> Comparison:
    rows = [
        make_row(thread, uuid4())
        for thread in (uuid4() for _ in range(AGGREGATES))
        for _ in range(EVENTS // AGGREGATES)
    ]
    owner = await asyncpg.connect(database.owner)
    kafka = KafkaSettings(kafka_bootstrap=bootstrap)
    producer = create_producer(kafka)
    await producer.start()
    stopping = asyncio.Event()
    relay = asyncio.create_task(Relay(SERVICE, database.direct, kafka, SHARDS, stopping).run())
    try:
        return await compare(
            "relay",
            "events/s",
            Goal("at_least", 0.7),
            ours=lambda: relay_all(owner, rows),
            reference=lambda: send_raw(producer, rows),
        )
    finally:
        stopping.set()
        await relay
        await producer.stop()
        await owner.close()


async def prepare(admin_dsn: str, bootstrap: str) -> DatabaseUrls:
    database = await provision(admin_dsn, SERVICE)
    await create_topics(bootstrap)
    return database


def main() -> None:
    with backing_servers("postgres", "kafka") as servers:
        database = asyncio.run(prepare(servers["postgres"], servers["kafka"]))
        asyncio.run(migrate(database, SERVICE))
        comparison = asyncio.run(measure(servers["kafka"], database))
    about = {
        "events": EVENTS,
        "broker": "Apache Kafka, one node",
        "store": "Postgres, fsync off",
        "machine": platform.machine(),
    }
    publish("relay", [comparison], about)


if __name__ == "__main__":
    main()
