"""Events in: one consumer group per service, a batch in one transaction, exactly once in the store.

Per event: known id → dropped; older (epoch, revision) of its subject → dropped; else the subscribers run as the system
within the event's own customer. An event that keeps failing becomes a dead letter, and its partition moves on.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from atrium_contracts import Envelope, EventData, InvalidEnvelope, dead_letter_topic, topic
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_chassis import clock, json
from atrium_chassis.database import Database
from atrium_chassis.events import Received
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.relay import start_patiently
from atrium_chassis.repetition import is_collision
from atrium_chassis.telemetry import EVENTS_APPLIED, EVENTS_DEAD, context_from, log, tracer
from atrium_chassis.viewer import Viewer

DataT = TypeVar("DataT", bound=EventData)
Subscriber = Callable[[AsyncConnection, Any], Awaitable[None]]

BATCH = 500
ATTEMPTS = 3
RETRY_SECONDS = 0.2
SESSION_TIMEOUT_MS = 10_000

_SCOPE = text("SELECT set_config('atrium.customer', :customer, true)")
_KNOWN = text("SELECT event_id FROM inbox WHERE event_id = ANY (:ids)")
_REVISIONS = text("SELECT subject, epoch, revision FROM subject_revision WHERE subject = ANY (:subjects)")
_RECEIVE = text("INSERT INTO inbox (event_id) SELECT unnest(cast(:ids AS uuid[])) ON CONFLICT DO NOTHING")
_ADVANCE = text(
    "INSERT INTO subject_revision (subject, epoch, revision)"
    " SELECT * FROM unnest(cast(:subjects AS text[]), cast(:epochs AS bigint[]), cast(:revisions AS bigint[]))"
    " ON CONFLICT (subject) DO UPDATE SET epoch = excluded.epoch, revision = excluded.revision"
)
_BURY = text(
    "INSERT INTO dead_letter (event_id, topic, key, headers, value, code, pointers)"
    " VALUES (:event_id, :topic, :key, cast(:headers AS jsonb), :value, :code, cast(:pointers AS jsonb))"
    " ON CONFLICT (event_id) DO UPDATE SET failed_at = now(), replayed_at = NULL, code = excluded.code"
)
_TELL = text(
    "INSERT INTO outbox (shard, topic, key, headers, value) VALUES (0, :topic, :key, cast(:headers AS jsonb), :value)"
)


class Subscriptions:
    """Which functions want which events."""

    def __init__(self) -> None:
        self.by_type: dict[str, list[Subscriber]] = defaultdict(list)
        self.models: dict[str, type[EventData]] = {}

    def on(
        self, model: type[DataT]
    ) -> Callable[
        [Callable[[AsyncConnection, Received[DataT]], Awaitable[None]]],
        Callable[[AsyncConnection, Received[DataT]], Awaitable[None]],
    ]:
        """Register the decorated function; it stays what it was."""

        def register(
            subscriber: Callable[[AsyncConnection, Received[DataT]], Awaitable[None]],
        ) -> Callable[[AsyncConnection, Received[DataT]], Awaitable[None]]:
            self.models[model.type()] = model
            self.by_type[model.type()].append(subscriber)
            return subscriber

        return register

    def topics(self) -> list[str]:
        return sorted({topic(model.SOURCE, audience) for model in self.models.values() for audience in model.AUDIENCES})


@dataclass(frozen=True)
class Incoming:
    """A record of a subscribed type, with its headers read."""

    record: ConsumerRecord
    envelope: Envelope
    model: type[EventData]

    @property
    def stream(self) -> str:
        """What a revision counts: an item and its published form share a subject, but not their revisions."""
        return f"{self.envelope.audience}:{self.envelope.subject}"

    @property
    def version(self) -> tuple[int, int]:
        return (self.envelope.epoch, self.envelope.revision)


@dataclass
class Applier:
    """Applies records to the service's store; knows nothing of Kafka's groups and offsets."""

    service: str
    database: Database
    subscriptions: Subscriptions

    async def apply(self, records: Sequence[ConsumerRecord]) -> None:
        """Apply a batch in one transaction, or, when one fails, each on its own and bury what cannot be applied."""
        incoming = [event for record in records if (event := await self._read(record)) is not None]
        if not incoming:
            return
        try:
            await self._apply_together(incoming)
        except Exception as error:
            log.warning("batch_failed", error=type(error).__name__, events=len(incoming))
            for event in incoming:
                await self._apply_alone(event)

    async def _read(self, record: ConsumerRecord) -> Incoming | None:
        headers = dict(record.headers)
        event_type = headers.get("ce_type", b"").decode("utf-8", "replace")
        model = self.subscriptions.models.get(event_type)
        if model is None:
            return None
        try:
            return Incoming(record, Envelope.from_headers(record.headers), model)
        except InvalidEnvelope:
            await self._bury(record, event_type, "invalid_envelope", [])
            return None

    async def _apply_together(self, incoming: Sequence[Incoming]) -> None:
        async with self.database.transaction(Viewer.system(None)) as connection:
            ids = [event.envelope.id for event in incoming]
            known = set((await connection.execute(_KNOWN, {"ids": ids})).scalars())
            rows = await connection.execute(_REVISIONS, {"subjects": list({event.stream for event in incoming})})
            latest = {row.subject: (row.epoch, row.revision) for row in rows}
            advanced: dict[str, tuple[int, int]] = {}
            scope: UUID | None = None
            for event in incoming:
                if event.envelope.id in known:
                    continue
                known.add(event.envelope.id)
                if event.version <= latest.get(event.stream, (-1, -1)):
                    continue
                latest[event.stream] = advanced[event.stream] = event.version
                if event.envelope.customer != scope:
                    scope = event.envelope.customer
                    await connection.execute(_SCOPE, {"customer": "" if scope is None else str(scope)})
                await self._dispatch(connection, event)
            await connection.execute(_RECEIVE, {"ids": ids})
            await self._advance(connection, advanced)

    async def _advance(self, connection: AsyncConnection, advanced: dict[str, tuple[int, int]]) -> None:
        if advanced:
            subjects = list(advanced)
            await connection.execute(
                _ADVANCE,
                {
                    "subjects": subjects,
                    "epochs": [advanced[subject][0] for subject in subjects],
                    "revisions": [advanced[subject][1] for subject in subjects],
                },
            )

    async def _dispatch(self, connection: AsyncConnection, event: Incoming) -> None:
        data = event.model.model_validate_json(event.record.value)
        headers = {name: value.decode("latin-1") for name, value in event.record.headers}
        context = context_from(headers) if "traceparent" in headers else None
        # What an imported act leads to happened when the act did.
        moment = event.envelope.time if event.envelope.imported else None
        with tracer.start_as_current_span(f"apply {event.envelope.type}", context=context), clock.acting_at(moment):
            for subscriber in self.subscriptions.by_type[event.envelope.type]:
                await subscriber(connection, Received(event.envelope, data))
        EVENTS_APPLIED.labels(self.service, event.envelope.type).inc()

    async def _apply_alone(self, event: Incoming) -> None:
        attempt = 0
        while True:
            try:
                await self._apply_together([event])
                return
            except (OperationalError, InterfaceError, OSError, TimeoutError):
                # The store is away, not the event at fault: wait for it.
                await asyncio.sleep(RETRY_SECONDS)
            except ValidationError as error:
                pointers = ["/" + "/".join(str(part) for part in fault["loc"]) for fault in error.errors()]
                await self._bury(event.record, event.envelope.type, "invalid_data", pointers)
                return
            except Exception as error:
                if is_collision(error) or (isinstance(error, DBAPIError) and error.connection_invalidated):
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                attempt += 1
                if attempt >= ATTEMPTS:
                    log.error("event_failed", type=event.envelope.type, event_id=str(event.envelope.id), exc_info=error)
                    await self._bury(event.record, event.envelope.type, type(error).__name__, [])
                    return
                await asyncio.sleep(RETRY_SECONDS * attempt)

    async def _bury(self, record: ConsumerRecord, event_type: str, code: str, pointers: list[str]) -> None:
        """Keep the event for `dead replay` and tell it on the dead-letter topic; reasons are codes, never values."""
        headers = {name: value.decode("latin-1") for name, value in record.headers}
        is_private = headers.get("ce_audience") == "private" or ".private." in record.topic
        key = record.key.decode() if record.key else ""
        value = (record.value or b"").decode("utf-8", "replace")
        told = headers | {"atrium_dead_code": code, "atrium_dead_pointers": json.dumps(pointers).decode()}
        async with self.database.transaction(Viewer.system(None)) as connection:
            await connection.execute(
                _BURY,
                {
                    "event_id": headers.get("ce_id", f"{record.topic}/{record.partition}/{record.offset}"),
                    "topic": record.topic,
                    "key": key,
                    "headers": json.dumps(headers).decode(),
                    "value": value,
                    "code": code,
                    "pointers": json.dumps(pointers).decode(),
                },
            )
            await connection.execute(
                _TELL,
                {
                    "topic": dead_letter_topic(self.service, "private" if is_private else "shared"),
                    "key": key,
                    "headers": json.dumps(told).decode(),
                    "value": value,
                },
            )
        EVENTS_DEAD.labels(self.service, event_type).inc()


@dataclass
class Consumer:
    """Reads the subscribed topics as the group `atrium-<service>` with static membership."""

    applier: Applier
    kafka: KafkaSettings
    replica: str
    stopping: asyncio.Event
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        topics = self.applier.subscriptions.topics()
        if not topics:
            return
        consumer = AIOKafkaConsumer(
            *topics,
            **self.kafka.kafka_client(),
            group_id=f"atrium-{self.applier.service}",
            group_instance_id=f"{self.applier.service}-{self.replica}",
            client_id=f"atrium-{self.applier.service}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=SESSION_TIMEOUT_MS,
            max_partition_fetch_bytes=8_388_608,
            fetch_max_wait_ms=500,
        )
        await start_patiently(consumer, self.stopping)
        self.ready.set()
        try:
            while not self.stopping.is_set():
                await self._read_batch(consumer)
        finally:
            await consumer.stop()

    async def _read_batch(self, consumer: AIOKafkaConsumer) -> None:
        batches = await consumer.getmany(timeout_ms=300, max_records=BATCH)
        records = [record for batch in batches.values() for record in batch]
        if not records:
            return
        await self.applier.apply(records)
        # A lost commit only means that the inbox drops these events later.
        with suppress(KafkaError):
            await consumer.commit()
