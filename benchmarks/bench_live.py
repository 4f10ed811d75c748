"""quality.md 4: from one person's POST until another's open page shows it, with many other streams open.

Nora writes in a shared thread; Maya's stream gets the hint, and her page reads the messages again. The reference is the
same POST, then one record produced to Kafka and consumed, without any of our parts in between.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.relay import create_producer
from atrium_testkit.system import System
from measuring import Comparison, Goal, compare, percentile, publish
from people import Person, person, read
from servers import demo_system

STREAMS = 200
MESSAGES = 30
PATIENCE_SECONDS = 10
TOPIC = "bench.raw.v1"


@dataclass(frozen=True)
class Stage:
    """A thread that both can read, Maya's open stream, and a way around all of it."""

    session: aiohttp.ClientSession
    writer: Person
    reader: Person
    thread: str
    hints: aiohttp.ClientResponse
    producer: AIOKafkaProducer
    consumer: AIOKafkaConsumer

    @property
    def messages(self) -> str:
        return f"/api/v1/threads/{self.thread}/messages"

    async def post(self) -> str:
        headers = {**self.writer.headers, "Idempotency-Key": str(uuid4())}
        body = {"text": "The panel of line 2 is in place."}
        async with self.session.post(f"{self.writer.url}{self.messages}", json=body, headers=headers) as response:
            response.raise_for_status()
            return str((await response.json())["id"])

    async def until_visible(self) -> float:
        """Milliseconds from the POST until the reader's page has the message."""
        begin = time.perf_counter()
        posting = asyncio.create_task(self.post())
        async with asyncio.timeout(PATIENCE_SECONDS):
            subject = f"threads/{self.thread}/messages/{await posting}"
            while (await self.next_hint())["subject"] != subject:
                pass
            page = f"{self.reader.url}{self.messages}?sort=-posted_at&limit=1"
            newest = (await read(self.session, page, self.reader.headers))["items"][0]["id"]
        if not subject.endswith(newest):
            raise RuntimeError("the message that was hinted at is not there")
        return (time.perf_counter() - begin) * 1000

    async def next_hint(self) -> Any:
        is_hint = False
        while line := (await self.hints.content.readline()).decode().strip("\n"):
            is_hint = is_hint or line == "event: hint"
            if is_hint and line.startswith("data: "):
                return json.loads(line.removeprefix("data: "))
        return await self.next_hint()

    async def raw(self) -> float:
        """Milliseconds of the POST, one record produced, and the same consumed."""
        begin = time.perf_counter()
        value = (await self.post()).encode()
        await self.producer.send_and_wait(TOPIC, value)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.consumer.getone()).value != value:
                pass
        return (time.perf_counter() - begin) * 1000


@asynccontextmanager
async def other_streams(session: aiohttp.ClientSession, people: list[Person]) -> AsyncIterator[None]:
    """Open pages of other people, which read whatever comes."""
    async with AsyncExitStack() as stack:
        drains = []
        for number in range(STREAMS):
            one = people[number % len(people)]
            response = await stack.enter_async_context(
                session.get(f"{one.url}/api/v1/events", headers=one.headers, timeout=aiohttp.ClientTimeout())
            )
            drains.append(asyncio.create_task(drain(response)))
        try:
            yield
        finally:
            for task in drains:
                task.cancel()
            await asyncio.gather(*drains, return_exceptions=True)


async def drain(response: aiohttp.ClientResponse) -> None:
    async for _ in response.content.iter_any():
        pass


@asynccontextmanager
async def raw_topic(bootstrap: str) -> AsyncIterator[tuple[AIOKafkaProducer, AIOKafkaConsumer]]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 1, 1)])
    await admin.close()
    producer = create_producer(KafkaSettings(kafka_bootstrap=bootstrap))
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=bootstrap)
    await producer.start()
    await consumer.start()
    await consumer.seek_to_end()
    try:
        yield producer, consumer
    finally:
        await consumer.stop()
        await producer.stop()


async def measure(system: System) -> list[Comparison]:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar())
        )
        nora = await person(system, session, "nora@nordwind.example")
        maya = await person(system, session, "maya.singh@bluepeak.example", "bluepeak")
        others = [
            await person(system, session, "tom.reed@bluepeak.example", "bluepeak"),
            await person(system, session, "anna.keller@helvetia.example", "helvetia"),
        ]
        threads = await read(session, f"{maya.url}/api/v1/threads?audience=shared", maya.headers)
        await stack.enter_async_context(other_streams(session, others))
        hints = await stack.enter_async_context(
            session.get(f"{maya.url}/api/v1/events", headers=maya.headers, timeout=aiohttp.ClientTimeout())
        )
        producer, consumer = await stack.enter_async_context(raw_topic(system.backends.kafka_bootstrap))
        stage = Stage(session, nora, maya, threads["items"][0]["id"], hints, producer, consumer)
        return [await percentiles(stage, share, goal) for share, goal in ((0.5, 1.3), (0.95, 2.0))]


async def percentiles(stage: Stage, share: float, goal: float) -> Comparison:
    async def visible() -> float:
        return percentile([await stage.until_visible() for _ in range(MESSAGES)], share)

    async def raw() -> float:
        return percentile([await stage.raw() for _ in range(MESSAGES)], share)

    name = f"POST → visible, p{share * 100:.0f}"
    return await compare(name, "ms", Goal("at_most", goal), ours=visible, reference=raw)


def main() -> None:
    with demo_system() as system:
        found = asyncio.run(measure(system))
    about = {"other streams": STREAMS, "broker": "Apache Kafka, one node", "store": "Postgres, fsync off"}
    publish("live", found, about)


if __name__ == "__main__":
    main()
