"""More than the relay reads at once: nothing lost, nothing twice, in order per key, where any client would put it."""

import asyncio
import zlib
from itertools import groupby
from operator import itemgetter
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.partitioner import DefaultPartitioner
from atrium_chassis.events import FINE_SHARDS
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.relay import BATCH, UNDER_WAY, Relay
from atrium_testkit.waiting import eventually
from sqlalchemy import text

from .conftest import Ledger

KEYS = [str(uuid4()) for _ in range(7)]
EVENTS = BATCH * (UNDER_WAY + 2)
LARGER_THAN_A_BATCH = 300_000


async def test_a_full_outbox_goes_out_in_order(ledger: Ledger, kafka_bootstrap: str) -> None:
    topic = f"ledger.{uuid4()}"  # of its own: its records are no events, which other tests of this run would read
    await create_topic(kafka_bootstrap, topic)
    async with AIOKafkaConsumer(topic, bootstrap_servers=kafka_bootstrap) as consumer:
        await consumer.seek_to_end()
        await fill(ledger, topic)
        stopping = asyncio.Event()
        kafka = KafkaSettings(kafka_bootstrap=kafka_bootstrap)
        relay = asyncio.create_task(Relay("ledger", ledger.urls.direct, kafka, 4, stopping).run())
        try:
            await eventually(ledger.outbox_is_empty, timeout=20)
            records = await received(consumer)
        finally:
            stopping.set()
            await relay
        partitions = sorted(consumer.partitions_for_topic(topic))
    sent = sorted(((key, number) for number, key in numbered()), key=itemgetter(0))
    for key, numbers in groupby(sent, key=itemgetter(0)):
        mine = [record for record in records if record.key.decode() == key]
        assert [int(record.value.split(b" ")[0]) for record in mine] == [number for _, number in numbers]
        assert {record.partition for record in mine} == {DefaultPartitioner()(key.encode(), partitions, [])}


async def create_topic(bootstrap: str, name: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, 12, 1)])
    finally:
        await admin.close()


def numbered() -> list[tuple[int, str]]:
    return [(number, KEYS[number % len(KEYS)]) for number in range(EVENTS)]


async def fill(ledger: Ledger, topic: str) -> None:
    rows = [
        {
            "shard": zlib.crc32(key.encode()) % FINE_SHARDS,
            "topic": topic,
            "key": key,
            "value": f"{number} {'x' * LARGER_THAN_A_BATCH if number == BATCH else ''}",
        }
        for number, key in numbered()
    ]
    async with ledger.database.engine.begin() as connection:
        await connection.execute(text("SET LOCAL ROLE ledger_system"))
        await connection.execute(
            text("INSERT INTO outbox (shard, topic, key, headers, value) VALUES (:shard, :topic, :key, '{}', :value)"),
            rows,
        )


async def received(consumer: AIOKafkaConsumer) -> list[object]:
    """Everything up to what is the end now."""
    records: list[object] = []
    ends = await consumer.end_offsets(consumer.assignment())
    while any([await consumer.position(partition) < end for partition, end in ends.items()]):
        for batch in (await consumer.getmany(timeout_ms=200)).values():
            records += batch
    return records
