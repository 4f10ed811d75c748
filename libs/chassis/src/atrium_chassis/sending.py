"""Rows of the outbox on their way to Kafka: a batch per partition, so that many records share one acknowledgement."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import murmur2
from opentelemetry.trace import SpanKind

from atrium_chassis import json
from atrium_chassis.telemetry import context_from, trace_headers, tracer

Place = tuple[str, int]

SAMPLED = "-01"  # how a `traceparent` ends whose trace is recorded


@lru_cache(maxsize=8192)
def partition_of(key: str, partitions: int) -> int:
    """The partition that Kafka's own clients choose for a key. Kept, since the hash is slow in Python."""
    return int(murmur2(key.encode()) & 0x7FFFFFFF) % partitions


async def hand_over(producer: AIOKafkaProducer, rows: Sequence[Any]) -> "asyncio.Future[list[object]]":
    """Give rows to the producer, in order per key. The future is done once all are acknowledged, or one has failed."""
    batches: dict[Place, Any] = {}
    deliveries: list[asyncio.Future[object]] = []
    partitions = {name: len(await producer.partitions_for(name)) for name in {row["topic"] for row in rows}}
    for row in rows:
        place = (row["topic"], partition_of(row["key"], partitions[row["topic"]]))
        record = _record(row)
        batch = batches.get(place)
        if batch is None or batch.append(**record) is None:
            if batch is not None:
                deliveries.append(await _send(producer, place, batch))
            batch = batches[place] = producer.create_batch()
            batch.append(**record)  # the first of a batch is taken whatever its size
    for place, batch in batches.items():
        deliveries.append(await _send(producer, place, batch))
    return asyncio.gather(*deliveries)


def _record(row: Any) -> dict[str, Any]:
    told = json.loads(row["headers"])
    if told.get("traceparent", "").endswith(SAMPLED):
        told = _traced(told, row["topic"])
    headers = [(name, value.encode()) for name, value in told.items()]
    return {"timestamp": None, "key": row["key"].encode(), "value": row["value"].encode(), "headers": headers}


def _traced(headers: dict[str, str], topic: str) -> dict[str, str]:
    """The headers with the relay's own step of the trace between who recorded the event and who applies it."""
    with tracer.start_as_current_span(f"send {topic}", context=context_from(headers), kind=SpanKind.PRODUCER):
        return headers | trace_headers()


async def _send(producer: AIOKafkaProducer, place: Place, batch: Any) -> "asyncio.Future[object]":
    batch.close()  # a closed batch does not linger
    topic, partition = place
    delivery: asyncio.Future[object] = await producer.send_batch(batch, topic, partition=partition)
    return delivery
