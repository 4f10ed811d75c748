"""The worker: stale uploads, the sweep, several workers at once, a store that is away."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_contracts import Envelope
from atrium_contracts.files import VersionReady, VersionRejected
from atrium_files.checks.commands import work_off_one
from atrium_files.checks.worker import sweep
from atrium_files.main import service
from atrium_files.store.keys import INCOMING
from atrium_files.store.objects import ObjectStore as Objects
from atrium_testkit.backends.object_store import create_bucket
from atrium_testkit.endpoints import ObjectStore
from atrium_testkit.ports import LOOPBACK, any_free
from atrium_testkit.protection import assert_protected
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually
from minio import Minio
from sqlalchemy import text

from .conftest import PDF, House, events_of, never, s3_settings, send_part, sha256, work_off


async def test_each_settled_version_is_told_once_with_its_hash(house: House, kafka_bootstrap: str) -> None:
    file = await house.new_file(house.nora)
    await house.add_version(house.nora, file, PDF + b"1", note="First")
    await house.add_version(house.nora, file, PDF + b"2", sha256=sha256(b"other"))
    settled = (VersionReady, VersionRejected)

    async def told() -> list[tuple[str, Envelope, Any]]:
        events = await events_of(kafka_bootstrap, file)
        assert [type(d) for _, _, d in events if isinstance(d, settled)] == list(settled)
        return events

    events = await eventually(told)
    assert {topic for topic, _, _ in events} == {"atrium.files.v1"}
    ready = next(data for _, _, data in events if isinstance(data, VersionReady))
    assert (ready.number, ready.sha256, ready.note) == (1, sha256(PDF + b"1"), "First")
    assert next(data for _, _, data in events if isinstance(data, VersionRejected)).reason == "hash_mismatch"
    revisions = [envelope.revision for _, envelope, _ in events if envelope.subject == f"files/{file}"]
    assert revisions == sorted(set(revisions))
    assert {(envelope.customer, envelope.audience) for _, envelope, _ in events} == {(house.customer, "shared")}


async def test_an_imported_version_counts_from_its_upload(house: House, kafka_bootstrap: str) -> None:
    moment = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    jan = replace(house.nora, acting_at=moment)
    file = await house.new_file(jan)
    shown = await house.add_version(jan, file, PDF)
    assert datetime.fromisoformat(shown["uploaded_at"]) == moment

    async def told() -> list[Envelope]:
        events = await events_of(kafka_bootstrap, file)
        assert any(isinstance(data, VersionReady) for _, _, data in events)
        return [envelope for _, envelope, _ in events]

    assert {(envelope.time, envelope.imported) for envelope in await eventually(told) or []} == {(moment, True)}


async def test_what_is_private_goes_to_the_private_topic(house: House, kafka_bootstrap: str) -> None:
    file = await house.new_file(house.maya, audience="private")
    await house.add_version(house.maya, file, PDF)

    async def told() -> list[tuple[str, Envelope, Any]]:
        events = await events_of(kafka_bootstrap, file)
        assert any(isinstance(data, VersionReady) for _, _, data in events)
        return events

    events = await eventually(told)
    assert {(topic, envelope.audience) for topic, envelope, _ in events} == {("atrium.files.private.v1", "private")}


async def test_the_database_protects_each_table(service_database: Callable[[str], DatabaseUrls]) -> None:
    await assert_protected(service_database("files").owner, "files")


async def test_an_upload_never_completed_is_aborted(
    quiet_house: House, quiet_database: Database, objects: Objects
) -> None:
    house, maya = quiet_house, quiet_house.maya
    file = await house.new_file(maya)
    upload = await house.start(maya, file, PDF)
    await send_part(upload["parts"][0], PDF)

    async def aborted() -> bool:
        await work_off(quiet_database, objects)
        version = (await house.call("GET", f"/files/{file}/versions/1", maya)).json
        return bool((version["status"], version["reason"]) == ("rejected", "missing"))

    await eventually(aborted)
    await work_off(quiet_database, objects)
    part = upload["parts"][0]
    with pytest.raises(AssertionError, match="NoSuchUpload"):
        await send_part(part, PDF)
    late = await house.complete(maya, upload, [{"number": 1, "etag": "a"}])
    assert (late.status, late.json["code"]) == (409, "upload_aborted")
    assert (await house.call("GET", f"/uploads/{upload['upload']}", maya)).json["parts"] == []
    # Nothing is left to do, and the file takes new versions.
    assert await work_off(quiet_database, objects) == 0
    assert (await house.start(maya, file, PDF))["number"] == 2


async def test_the_sweep_finds_what_has_no_row(bucket: ObjectStore) -> None:
    own = replace(bucket, bucket=f"sweep-{uuid4().hex[:12]}")
    create_bucket(own)
    store = Objects(own.url, own.region, own.bucket, own.access_key, own.secret_key)
    client = Minio(urlsplit(own.url).netloc, own.access_key, own.secret_key, secure=False)
    client.put_object(own.bucket, f"{INCOMING}form", BytesIO(PDF), len(PDF))
    client.put_object(own.bucket, "content/version", BytesIO(PDF), len(PDF))
    store.start_upload("content/forgotten", with_checksums=False)
    assert sweep(store, datetime.now(UTC) - timedelta(hours=1)) == 0
    assert sweep(store, datetime.now(UTC) + timedelta(hours=1)) == 2
    assert (store.size(f"{INCOMING}form"), store.open_uploads()) == (None, [])
    assert store.size("content/version") == len(PDF)


async def test_many_workers_settle_each_version_once(
    quiet_house: House, quiet_database: Database, objects: Objects
) -> None:
    house, maya = quiet_house, quiet_house.maya
    file = await house.new_file(maya)
    for index in range(4):
        content = PDF + bytes([index])
        upload = await house.start(maya, file, content)
        assert (await house.complete(maya, upload, await house.send_all(upload, content))).status == 200
    await asyncio.gather(*(work_off(quiet_database, objects) for _ in range(5)))
    found = (await house.call("GET", f"/files/{file}", maya)).json
    assert [version["status"] for version in found["versions"]] == ["ready"] * 4
    assert found["current_version"] == 4
    async with quiet_database.transaction(Viewer.system(None)) as connection:
        rows = await connection.execute(
            text(
                "SELECT headers->>'ce_subject' AS subject FROM outbox WHERE headers->>'ce_type' LIKE '%version_ready%'"
            )
        )
        subjects = [subject for subject in rows.scalars() if file in subject]
    assert sorted(subjects) == [f"files/{file}/versions/{number}" for number in (1, 2, 3, 4)]


async def test_a_check_that_is_interrupted_starts_over(
    quiet_house: House, quiet_database: Database, objects: Objects
) -> None:
    house, maya = quiet_house, quiet_house.maya
    file = await house.new_file(maya)
    upload = await house.start(maya, file, PDF)
    await house.complete(maya, upload, await house.send_all(upload, PDF))
    while await work_off_one(quiet_database, objects, lambda: True):
        continue
    assert (await house.call("GET", f"/files/{file}/versions/1", maya)).json["status"] == "checking"
    await work_off(quiet_database, objects)
    assert (await house.call("GET", f"/files/{file}/versions/1", maya)).json["status"] == "ready"


async def test_a_store_that_is_away_delays_a_check_and_refuses_uploads(
    quiet_house: House,
    quiet_database: Database,
    objects: Objects,
    service_app: Callable[..., RunningService],
    bucket: ObjectStore,
) -> None:
    house, maya = quiet_house, quiet_house.maya
    file = await house.new_file(maya)
    upload = await house.start(maya, file, PDF)
    await house.complete(maya, upload, await house.send_all(upload, PDF))
    nowhere = f"http://{LOOPBACK}:{any_free()}"
    away = Objects(nowhere, bucket.region, bucket.bucket, "a", "b")
    assert await work_off_one(quiet_database, away, never)
    assert (await house.call("GET", f"/files/{file}/versions/1", maya)).json["status"] == "checking"

    settings = {**s3_settings(bucket), "s3_url": nowhere}
    lonely = service_app(service, database=house.app.database, **settings)
    body = {"size": 1, "sha256": sha256(b"a"), "media_type": "text/plain"}
    answer = await lonely.call("POST", f"/v1/files/{file}/uploads", maya, json=body)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    # The refused upload left nothing behind, and the check is done once the store is back.
    assert len((await house.call("GET", f"/files/{file}", maya)).json["versions"]) == 1

    async def checked() -> bool:
        await work_off(quiet_database, objects)
        version = (await house.call("GET", f"/files/{file}/versions/1", maya)).json
        return bool(version["status"] == "ready")

    await eventually(checked)
