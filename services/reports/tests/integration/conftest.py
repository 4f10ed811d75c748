"""The reports service over real servers, and other services' events told to it over Kafka."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from atrium_chassis.viewer import Viewer
from atrium_contracts import Audience, Envelope, EventData, event_model, topic, topics
from atrium_contracts.projects import (
    ApprovalRecorded,
    ItemChanged,
    ProjectChanged,
    PublishedItemChanged,
    PublishedItemWithdrawn,
    RequestChanged,
)
from atrium_reports.main import service
from atrium_testkit import viewers
from atrium_testkit.running import Answer, RunningService
from atrium_testkit.waiting import eventually

BEGIN = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # a Monday, before the tests' present


@dataclass(frozen=True)
class Told:
    """One event on its way to the service."""

    data: EventData
    subject: str
    customer: UUID
    revision: int = 1
    audience: Audience = "shared"
    time: datetime = BEGIN
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Outside:
    """The other services, as this one knows them: events in, events out."""

    bootstrap: str
    owner_dsn: str

    async def tell(self, *events: Told) -> None:
        """Send events, all of a customer in this order, and wait until the service has applied them."""
        producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap)
        await producer.start()
        try:
            for event in events:
                envelope = Envelope(
                    id=event.id,
                    type=event.data.type(),
                    source=event.data.SOURCE,
                    subject=event.subject,
                    time=event.time,
                    customer=event.customer,
                    audience=event.audience,
                    revision=event.revision,
                    epoch=1,
                    actor=None,
                )
                await producer.send_and_wait(
                    topic(event.data.SOURCE, event.audience),
                    event.data.model_dump_json().encode(),
                    key=str(event.customer).encode(),
                    headers=envelope.headers(),
                )
        finally:
            await producer.stop()
        ids = list({event.id for event in events})

        async def arrived() -> bool:
            return bool(await self.ask("SELECT count(*) FROM inbox WHERE event_id = ANY ($1)", ids) == len(ids))

        await eventually(arrived, 30)

    async def ask(self, query: str, *values: Any) -> Any:
        """One value of a technical table, as the owner, whom no policy lets see more."""
        database = await asyncpg.connect(self.owner_dsn)
        try:
            return await database.fetchval(query, *values)
        finally:
            await database.close()

    async def heard(self, customer: UUID) -> list[tuple[Envelope, Any]]:
        """All events of a customer that the service has sent so far."""

        async def sent() -> bool:
            return not await self.ask("SELECT count(*) FROM outbox")

        await eventually(sent, 30)
        consumer = AIOKafkaConsumer(*topics("reports"), bootstrap_servers=self.bootstrap, auto_offset_reset="earliest")
        await consumer.start()
        found: list[tuple[Envelope, Any]] = []
        try:
            partitions = consumer.assignment()
            ends = await consumer.end_offsets(partitions)
            while any([await consumer.position(one) < ends[one] for one in partitions]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found += [seen for record in records if (seen := _read(record))[0].customer == customer]
        finally:
            await consumer.stop()
        return found


def _read(record: Any) -> tuple[Envelope, Any]:
    envelope = Envelope.from_headers(record.headers)
    model = event_model(envelope.type)
    assert model is not None
    return envelope, model.model_validate_json(record.value)


@pytest.fixture(scope="session")
def reports(service_app: Callable[..., RunningService]) -> RunningService:
    return service_app(service, worker=True)


@pytest.fixture(scope="session")
def outside(reports: RunningService, kafka_bootstrap: str) -> Outside:
    return Outside(kafka_bootstrap, reports.database.owner)


@dataclass(frozen=True)
class World:
    """A customer with a project, and what happens in it. Times are days after BEGIN."""

    reports: RunningService
    outside: Outside
    customer: UUID = field(default_factory=uuid4)
    project: UUID = field(default_factory=uuid4)
    nora: Viewer = field(default_factory=viewers.provider)

    def contact(self, role: str = "owner", **more: Any) -> Viewer:
        return viewers.contact(self.customer, role, **more)

    def project_told(self, project: UUID | None = None, title: str = "Control room migration") -> Told:
        project = project or self.project
        data = ProjectChanged(
            project_id=project,
            customer_id=self.customer,
            title=title,
            goal="",
            status="on_track",
            lead_id=None,
            contact_ids=[],
        )
        return Told(data, f"projects/{project}", self.customer)

    def path(self, item: UUID, project: UUID | None = None) -> str:
        return f"projects/{project or self.project}/items/{item}"

    def published(self, item: UUID, revision: int, days: float, *, project: UUID | None = None, **more: Any) -> Told:
        time = BEGIN + timedelta(days=days)
        plain: dict[str, Any] = {
            "form": "shared",
            "due": None,
            "kind": "task",
            "title": "Cut-over",
            "state": "open",
            "turn": "provider",
            "turn_since": time,
        }
        data = PublishedItemChanged(project_id=project or self.project, item_id=item, **{**plain, **more})
        return Told(data, self.path(item, project), self.customer, revision, time=time)

    def placeholder(self, item: UUID, revision: int, days: float) -> Told:
        data = PublishedItemChanged(project_id=self.project, item_id=item, form="placeholder", due=None)
        return Told(data, self.path(item), self.customer, revision, time=BEGIN + timedelta(days=days))

    def withdrawn(self, item: UUID, revision: int, days: float) -> Told:
        data = PublishedItemWithdrawn(project_id=self.project, item_id=item)
        return Told(data, self.path(item), self.customer, revision, time=BEGIN + timedelta(days=days))

    def internal(self, item: UUID, revision: int, days: float, title: str) -> Told:
        time = BEGIN + timedelta(days=days)
        data = ItemChanged(
            project_id=self.project,
            item_id=item,
            parent_id=None,
            kind="milestone",
            title=title,
            visibility="internal",
            state="open",
            turn="customer",
            verb="sign_off",
            turn_since=time,
            due=None,
            owner_id=None,
            asked_ids=[],
        )
        return Told(data, self.path(item), self.customer, revision, "internal", time)

    def approval(self, item: UUID, approval: UUID, days: float) -> Told:
        time = BEGIN + timedelta(days=days)
        data = ApprovalRecorded(
            approval_id=approval,
            project_id=self.project,
            item_id=item,
            decision="approved",
            person_id=uuid4(),
            decided_at=time,
            versions=[{"file_id": str(uuid4()), "number": 3, "sha256": "0" * 64}],
        )
        return Told(data, f"{self.path(item)}/approvals/{approval}", self.customer, 1, time=time)

    def request(self, request: UUID, revision: int, days: float, turn: Any) -> Told:
        time = BEGIN + timedelta(days=days)
        data = RequestChanged(
            request_id=request,
            project_id=self.project,
            number=7,
            title="Second screen per station",
            kind="wish",
            urgency="time",
            state="new",
            turn=turn,
            verb=None,
            turn_since=time,
            raised_by=uuid4(),
            owner_id=None,
        )
        return Told(data, f"requests/{request}", self.customer, revision, time=time)

    async def report(self, project: UUID | None = None, **more: Any) -> str:
        body = {"project_id": str(project or self.project), "title": "Steering committee", **more}
        answer = await self.reports.call("POST", "/v1/reports", self.nora, json=body)
        assert answer.status == 201, answer.content
        return str(answer.json["id"])

    async def get(self, viewer: Viewer, path: str, **params: str) -> Answer:
        return await self.reports.call("GET", f"/v1/{path}", viewer, params=params)

    async def figures(self, viewer: Viewer, report: str, as_of: datetime | None = None) -> dict[str, Any]:
        params = {} if as_of is None else {"as_of": as_of.isoformat()}
        answer = await self.get(viewer, f"reports/{report}", **params)
        assert answer.status == 200, answer.content
        return {figure["key"]: figure for figure in answer.json["figures"]}

    async def link(self, viewer: Viewer, report: str, **body: Any) -> Any:
        answer = await self.reports.call("POST", f"/v1/reports/{report}/links", viewer, json=body)
        assert answer.status == 201, answer.content
        return answer.json


@pytest.fixture(scope="session")
def make_world(reports: RunningService, outside: Outside) -> Callable[[], Any]:
    async def make() -> World:
        world = World(reports, outside)
        await outside.tell(world.project_told())
        return world

    return make


@pytest_asyncio.fixture
async def world(make_world: Callable[[], Any]) -> AsyncIterator[World]:
    yield await make_world()


@pytest_asyncio.fixture
async def elsewhere(make_world: Callable[[], Any]) -> AsyncIterator[World]:
    """Another customer."""
    yield await make_world()
