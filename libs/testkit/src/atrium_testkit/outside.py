"""The other services, as the one under test knows them: events that it is told, and events that it sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from atrium_contracts import Audience, Envelope, EventData, event_model, topic, topics
from atrium_contracts.envelope import Source

from atrium_testkit.waiting import eventually

BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # a Monday, before the tests' present
SECONDS = 30.0


@dataclass(frozen=True)
class Told:
    """One event on its way to the service."""

    data: EventData
    subject: str
    customer: UUID | None
    revision: int = 1
    audience: Audience = "shared"
    time: datetime = BEGIN
    id: UUID = field(default_factory=uuid4)

    def envelope(self) -> Envelope:
        return Envelope(
            id=self.id,
            type=self.data.type(),
            source=self.data.SOURCE,
            subject=self.subject,
            time=self.time,
            customer=self.customer,
            audience=self.audience,
            revision=self.revision,
            epoch=1,
            actor=None,
        )


class Heard(NamedTuple):
    topic: str
    envelope: Envelope
    data: Any


@dataclass(frozen=True)
class Outside:
    """What surrounds the service called `source`: the broker, and its database's owner to look at technical tables."""

    source: Source
    bootstrap: str
    owner_dsn: str

    async def tell(self, *events: Told) -> None:
        """Send events, all of a customer in this order, and wait until the service has applied them."""
        producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap)
        await producer.start()
        try:
            for event in events:
                await producer.send_and_wait(
                    topic(event.data.SOURCE, event.audience),
                    event.data.model_dump_json().encode(),
                    key=str(event.customer).encode(),
                    headers=event.envelope().headers(),
                )
        finally:
            await producer.stop()
        await self._applied([event.id for event in events])

    async def _applied(self, ids: Sequence[UUID]) -> None:
        wanted = set(ids)

        async def arrived() -> bool:
            count = await self.ask("SELECT count(*) FROM inbox WHERE event_id = ANY ($1)", list(wanted))
            return bool(count == len(wanted))

        await eventually(arrived, SECONDS)

    async def heard(self, customer: UUID) -> list[Heard]:
        """All events of a customer that the service has sent so far."""

        async def sent() -> bool:
            return not await self.ask("SELECT count(*) FROM outbox")

        await eventually(sent, SECONDS)
        consumer = AIOKafkaConsumer(
            *topics(self.source), bootstrap_servers=self.bootstrap, auto_offset_reset="earliest"
        )
        await consumer.start()
        found: list[Heard] = []
        try:
            ends = await consumer.end_offsets(consumer.assignment())
            while any([await consumer.position(one) < end for one, end in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += map(_read, records)
        finally:
            await consumer.stop()
        return [one for one in found if one.envelope.customer == customer]

    async def ask(self, query: str, *values: Any) -> Any:
        """One value of a technical table, as the owner, whom no policy lets see more."""
        database = await asyncpg.connect(self.owner_dsn)
        try:
            return await database.fetchval(query, *values)
        finally:
            await database.close()


def _read(record: Any) -> Heard:
    envelope = Envelope.from_headers(record.headers)
    model = event_model(envelope.type)
    if model is None:
        raise AssertionError(f"{envelope.type} is in no contract")
    return Heard(record.topic, envelope, model.model_validate_json(record.value))
