"""Outbox → Kafka → inbox on the real servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer
from atrium_chassis.consumer import Applier, Consumer, Subscriptions
from atrium_chassis.dead_letters import replay_dead_letters
from atrium_chassis.events import Received
from atrium_chassis.relay import Relay
from atrium_chassis.settings import ServiceSettings
from atrium_chassis.topics import create_topics
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts import Envelope, dead_letter_topic
from atrium_contracts.projects import ProjectChanged
from atrium_testkit.waiting import eventually
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from .conftest import POISON, Ledger, subscriptions

STAFF = Viewer(Side.PROVIDER, uuid4(), None, "manager")


def _settings(ledger: Ledger, bootstrap: str) -> ServiceSettings:
    return ServiceSettings(
        database_url=ledger.urls.app, kafka_bootstrap=bootstrap, viewer_keys_dir=Path("unused"), kafka_partitions=3
    )


@asynccontextmanager
async def running(ledger: Ledger, bootstrap: str, *, relays: int = 1) -> AsyncIterator[Applier]:
    settings = _settings(ledger, bootstrap)
    await create_topics(settings, "ledger", "projects")
    stopping = asyncio.Event()
    applier = Applier("ledger", ledger.database, subscriptions())
    tasks = [
        asyncio.create_task(Relay("ledger", ledger.urls.direct, settings, 4, stopping).run()) for _ in range(relays)
    ]
    tasks.append(asyncio.create_task(Consumer(applier, settings, "one", stopping).run()))
    try:
        yield applier
    finally:
        stopping.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 15)


async def test_what_is_recorded_arrives_once_and_in_order(ledger: Ledger, kafka_bootstrap: str) -> None:
    customer, project = uuid4(), uuid4()
    async with running(ledger, kafka_bootstrap, relays=2):
        for revision in range(1, 31):
            await ledger.tell(STAFF, customer, project, revision, f"{revision:02}")
        contact = Viewer(Side.CUSTOMER, uuid4(), customer, "owner")

        async def all_there() -> bool:
            return await ledger.titles(contact) == [f"{revision:02}" for revision in range(1, 31)]

        await eventually(all_there)
        await eventually(ledger.outbox_is_empty)


async def test_an_older_revision_and_a_known_event_change_nothing(ledger: Ledger, kafka_bootstrap: str) -> None:
    customer, project = uuid4(), uuid4()
    contact = Viewer(Side.CUSTOMER, uuid4(), customer, "owner")
    async with running(ledger, kafka_bootstrap) as applier:
        await ledger.tell(STAFF, customer, project, 5, "newer")
        await ledger.tell(STAFF, customer, project, 4, "older")
        await ledger.tell(STAFF, customer, project, 6, "newest")

        async def arrived() -> bool:
            return "newest" in await ledger.titles(contact)

        await eventually(arrived)
        assert await ledger.titles(contact) == ["newer", "newest"]
        for record in await _all_records(kafka_bootstrap, "atrium.projects.v1"):
            await applier.apply([record, record])
        assert await ledger.titles(contact) == ["newer", "newest"]


async def test_a_poison_event_becomes_a_dead_letter_and_the_rest_moves_on(
    ledger: Ledger, kafka_bootstrap: str, capsys: pytest.CaptureFixture[str]
) -> None:
    customer, project = uuid4(), uuid4()
    contact = Viewer(Side.CUSTOMER, uuid4(), customer, "owner")
    async with running(ledger, kafka_bootstrap) as applier:
        for revision, title in enumerate(["before", POISON, "after"], start=1):
            await ledger.tell(STAFF, customer, project, revision, title)

        async def moved_on() -> bool:
            return await ledger.titles(contact) == ["after", "before"]

        await eventually(moved_on)

        async def told() -> bool:
            records = await _all_records(kafka_bootstrap, dead_letter_topic("ledger", "shared"))
            return any(dict(record.headers)["atrium_dead_code"] == b"ValueError" for record in records)

        await eventually(told, timeout=20)
        # Once the cause is mended, a replay applies it. Newer revisions came meanwhile, so let its place be free again.
        async with ledger.database.transaction(Viewer.system(None)) as connection:
            await connection.execute(text("DELETE FROM subject_revision"))
        applied: list[str] = []

        async def accept(_: AsyncConnection, event: Received[ProjectChanged]) -> None:
            applied.append(event.data.title)

        mended = Subscriptions()
        mended.on(ProjectChanged)(accept)
        await replay_dead_letters(Applier("ledger", applier.database, mended), [])
    assert applied == [POISON]
    assert "1 replayed" in capsys.readouterr().out


async def test_eight_long_transactions_lose_no_event(ledger: Ledger, kafka_bootstrap: str) -> None:
    """Ids of the outbox become visible out of order when writers overlap; none may be skipped."""
    customer = uuid4()
    contact = Viewer(Side.CUSTOMER, uuid4(), customer, "owner")

    async def writer(number: int) -> None:
        project = uuid4()
        for revision in range(1, 11):
            await ledger.tell(STAFF, customer, project, revision, f"{number}-{revision:02}")

    async with running(ledger, kafka_bootstrap, relays=2):
        await asyncio.gather(*(writer(number) for number in range(8)))

        async def complete() -> bool:
            return len(await ledger.titles(contact)) == 80

        await eventually(complete, timeout=20)


async def test_the_trace_goes_along(ledger: Ledger, kafka_bootstrap: str) -> None:
    from atrium_chassis.telemetry import configure_tracing, current_trace_id, tracer  # noqa: PLC0415

    configure_tracing("ledger", "", 1.0)
    customer, project = uuid4(), uuid4()
    async with running(ledger, kafka_bootstrap):
        with tracer.start_as_current_span("request"):
            trace_id = current_trace_id()
            await ledger.tell(STAFF, customer, project, 1, "traced")

        async def carried() -> bool:
            records = await _all_records(kafka_bootstrap, "atrium.projects.v1")
            mine = [r for r in records if Envelope.from_headers(r.headers).subject == f"projects/{project}"]
            return any(trace_id.encode() in dict(record.headers)["traceparent"] for record in mine)

        await eventually(carried, timeout=20)


async def _all_records(bootstrap: str, topic: str) -> list[object]:
    """Everything on a topic from its start, read without a group."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        records: list[object] = []
        await consumer.seek_to_beginning()
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=200)).values():
                records.extend(batch)
        return records
    finally:
        await consumer.stop()
