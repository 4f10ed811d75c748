"""The files service on a real Postgres, object store and, where asked for, Kafka."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_contracts import Envelope, event_model
from atrium_contracts.projects import ProjectChanged
from atrium_files.checks.commands import work_off_one
from atrium_files.main import service
from atrium_files.store.objects import ObjectStore as Objects
from atrium_testkit.backends.object_store import create_bucket
from atrium_testkit.endpoints import ObjectStore
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.running import Answer, RunningService
from atrium_testkit.viewers import contact, provider
from atrium_testkit.waiting import eventually
from sqlalchemy import text

MIB = 1024 * 1024
PDF = b"%PDF-1.7\n"


def s3_settings(store: ObjectStore) -> dict[str, str]:
    return {
        "s3_url": store.url,
        "s3_region": store.region,
        "s3_bucket": store.bucket,
        "s3_access_key": store.access_key,
        "s3_secret_key": store.secret_key,
        "s3_upload_access_key": store.upload_access_key,
        "s3_upload_secret_key": store.upload_secret_key,
    }


@dataclass(frozen=True)
class Sent:
    """What the object store said to a request that a browser would make."""

    status: int
    headers: dict[str, str]
    content: bytes


async def send(method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None) -> Sent:
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.request(
            method, url, data=content, headers=headers, allow_redirects=False, skip_auto_headers={"Content-Type"}
        ) as response,
    ):
        return Sent(response.status, {k.lower(): v for k, v in response.headers.items()}, await response.read())


async def send_part(part: dict[str, Any], content: bytes) -> str:
    """The ETag of a part that was taken."""
    sent = await send("PUT", part["url"], content, part["headers"])
    assert sent.status == 200, sent.content
    return sent.headers["etag"]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def part_sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def cut(content: bytes, parts: list[dict[str, Any]]) -> list[bytes]:
    """The content in the sizes of the parts."""
    pieces, start = [], 0
    for part in parts:
        pieces.append(content[start : start + part["size"]])
        start += part["size"]
    return pieces


@dataclass(frozen=True)
class House:
    """A customer with one project, its people, and the provider's."""

    app: RunningService
    customer: UUID
    project: UUID
    maya: Viewer
    tom: Viewer
    reader: Viewer
    nora: Viewer
    jan: Viewer

    async def call(self, method: str, path: str, viewer: Viewer, **more: Any) -> Answer:
        return await self.app.call(method, f"/v1{path}", viewer, **more)

    async def new_file(self, viewer: Viewer, name: str = "", audience: str = "shared") -> str:
        body = {"name": name or f"Alarm philosophy {uuid4().hex[:6]}.pdf", "audience": audience}
        answer = await self.call("POST", f"/projects/{self.project}/files", viewer, json=body)
        assert answer.status == 201, answer.content
        return str(answer.json["id"])

    async def start(self, viewer: Viewer, file: str, content: bytes, **more: Any) -> dict[str, Any]:
        body = {"size": len(content), "sha256": sha256(content), "media_type": "application/pdf", **more}
        answer = await self.call("POST", f"/files/{file}/uploads", viewer, json=body)
        assert answer.status == 201, answer.content
        return dict(answer.json)

    async def send_all(self, upload: dict[str, Any], content: bytes) -> list[dict[str, Any]]:
        pieces = cut(content, upload["parts"])
        etags = await asyncio.gather(
            *(send_part(part, piece) for part, piece in zip(upload["parts"], pieces, strict=True))
        )
        return [{"number": number, "etag": etag} for number, etag in enumerate(etags, start=1)]

    async def complete(self, viewer: Viewer, upload: dict[str, Any], parts: list[dict[str, Any]]) -> Answer:
        return await self.call("POST", f"/uploads/{upload['upload']}/completion", viewer, json={"parts": parts})

    async def add_version(self, viewer: Viewer, file: str, content: bytes, **more: Any) -> dict[str, Any]:
        """Upload and wait until it is settled."""
        upload = await self.start(viewer, file, content, **more)
        answer = await self.complete(viewer, upload, await self.send_all(upload, content))
        assert answer.status == 200, answer.content
        return await self.settled(viewer, file, upload["number"])

    async def settled(self, viewer: Viewer, file: str, number: int) -> dict[str, Any]:
        async def check() -> dict[str, Any] | None:
            answer = await self.call("GET", f"/files/{file}/versions/{number}", viewer)
            return dict(answer.json) if answer.json["status"] in {"ready", "rejected"} else None

        found = await eventually(check)
        assert found is not None
        return found

    async def download(self, viewer: Viewer, file: str, number: int) -> Sent:
        answer = await self.call("GET", f"/files/{file}/versions/{number}/content", viewer)
        assert answer.status == 302, answer.content
        return await send("GET", answer.headers["location"])


@pytest.fixture(scope="session")
def bucket(object_store: ObjectStore) -> ObjectStore:
    create_bucket(object_store)
    return object_store


@pytest.fixture(scope="session")
def files(service_app: Callable[..., RunningService], bucket: ObjectStore) -> RunningService:
    """API and worker, with Kafka."""
    return service_app(service, worker=True, **s3_settings(bucket))


async def tell_project(
    bootstrap: str, customer: UUID, project: UUID, *, active: bool = True, revision: int = 1
) -> None:
    """As the projects service does."""
    data = ProjectChanged(
        project_id=project,
        customer_id=customer,
        title="Control room migration",
        goal="",
        status="on_track",
        lead_id=None,
        contact_ids=[],
        active=active,
    )
    envelope = Envelope(
        id=uuid4(),
        type=data.type(),
        source="projects",
        subject=f"projects/{project}",
        time=datetime.now(UTC),
        customer=customer,
        audience="shared",
        revision=revision,
        epoch=1,
        actor=None,
    )
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
    await producer.start()
    try:
        value = data.model_dump_json().encode()
        topic = "atrium.projects.v1"
        await producer.send_and_wait(topic, value, key=str(project).encode(), headers=envelope.headers())
    finally:
        await producer.stop()


@pytest.fixture(scope="session")
def new_house(files: RunningService, kafka_bootstrap: str) -> Callable[[], Awaitable[House]]:
    """A customer nobody else has, known to the service by its project's event."""

    async def build() -> House:
        customer, project = uuid4(), uuid4()
        await tell_project(kafka_bootstrap, customer, project)
        house = House(
            files,
            customer,
            project,
            maya=contact(customer),
            tom=contact(customer, "member"),
            reader=contact(customer, "reader"),
            nora=provider("admin"),
            jan=provider("member"),
        )

        async def known() -> bool:
            return (await house.call("GET", f"/projects/{project}/files", house.nora)).status == 200

        await eventually(known)
        return house

    return build


@pytest_asyncio.fixture
async def house(new_house: Callable[[], Awaitable[House]]) -> House:
    return await new_house()


@pytest.fixture(scope="session")
def objects(bucket: ObjectStore) -> Objects:
    return Objects(bucket.url, bucket.region, bucket.bucket, bucket.access_key, bucket.secret_key)


async def events_of(bootstrap: str, file: str) -> list[tuple[str, Envelope, Any]]:
    """All events of a file on both topics so far: topic, envelope, data."""
    consumer = AIOKafkaConsumer(
        "atrium.files.v1", "atrium.files.private.v1", bootstrap_servers=bootstrap, auto_offset_reset="earliest"
    )
    await consumer.start()
    found = []
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    envelope = Envelope.from_headers(record.headers)
                    model = event_model(envelope.type)
                    assert model is not None
                    if record.key == file.encode():
                        found.append((record.topic, envelope, model.model_validate_json(record.value)))
    finally:
        await consumer.stop()
    return found


# Without the background worker, so that a test says when it works.
@pytest.fixture(scope="session")
def quiet(
    service_app: Callable[..., RunningService], new_database: Callable[[str], DatabaseUrls], bucket: ObjectStore
) -> RunningService:
    settings = {**s3_settings(bucket), "upload_deadline_hours": 0.0001}
    return service_app(service, database=new_database("files"), **settings)


@pytest.fixture
async def quiet_database(quiet: RunningService) -> Any:
    database = Database(quiet.database.app, "files", 8)
    yield database
    await database.close()


@pytest.fixture
async def quiet_house(quiet: RunningService, quiet_database: Database) -> House:
    customer, project = uuid4(), uuid4()
    maya = contact(customer)
    house = House(quiet, customer, project, maya, maya, maya, maya, maya)
    async with quiet_database.transaction(Viewer.system(customer)) as connection:
        await connection.execute(
            text("INSERT INTO project VALUES (:customer, :project, true)"), {"customer": customer, "project": project}
        )
    return house


def never() -> bool:
    return False


async def work_off(database: Database, store: Objects) -> int:
    """Everything that is due; how many turns it took."""
    turns = 0
    while await work_off_one(database, store, never):
        turns += 1
    return turns
