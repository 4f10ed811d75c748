"""The backing servers as a service sees them."""

import asyncio
import dataclasses
import json
import smtplib
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from atrium_testkit.backends.object_store import client
from atrium_testkit.endpoints import Mail, ObjectStore
from atrium_testkit.provision import provision
from atrium_testkit.topics import names
from botocore.exceptions import ClientError


async def test_the_login_role_of_one_service_cannot_enter_the_database_of_another(postgres_admin_dsn: str) -> None:
    mine = await provision(postgres_admin_dsn, "projects", "projects_door")
    theirs = await provision(postgres_admin_dsn, "files", "files_door")
    await (await asyncpg.connect(mine.app)).close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(mine.app.replace("/projects_door", "/files_door"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(theirs.owner.replace("/files_door", "/projects_door"))


async def test_provisioning_again_changes_nothing(postgres_admin_dsn: str) -> None:
    first = await provision(postgres_admin_dsn, "threads", "threads_twice")
    assert await provision(postgres_admin_dsn, "threads", "threads_twice") == first
    connection = await asyncpg.connect(first.app)
    async with connection.transaction():
        await connection.execute("SET LOCAL ROLE threads_customer")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("CREATE TABLE public.t (id int)")
    await connection.close()


async def test_every_topic_is_there_and_an_event_passes(kafka_bootstrap: str) -> None:
    topic, value = "atrium.projects.v1", uuid4().bytes
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap, acks="all", enable_idempotence=True)
    await producer.start()
    try:
        cluster = await producer.client.fetch_all_metadata()
        assert set(names()) <= cluster.topics()
        await producer.send_and_wait(topic, value, key=b"key")
    finally:
        await producer.stop()
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(10):
            async for record in consumer:  # other tests of this run use the same topics
                if record.value == value:
                    break
    finally:
        await consumer.stop()


def test_the_upload_identity_may_put_and_nothing_else(object_store: ObjectStore) -> None:
    administrator = client(object_store)
    administrator.put_object(Bucket=object_store.bucket, Key="kept", Body=b"kept")
    keys = {"access_key": object_store.upload_access_key, "secret_key": object_store.upload_secret_key}
    upload = client(dataclasses.replace(object_store, **keys))
    upload.put_object(Bucket=object_store.bucket, Key="sent", Body=b"sent")
    refused: list[Callable[[], Any]] = [
        lambda: upload.get_object(Bucket=object_store.bucket, Key="kept"),
        lambda: upload.delete_object(Bucket=object_store.bucket, Key="kept"),
        lambda: upload.list_objects_v2(Bucket=object_store.bucket),
        lambda: upload.copy_object(Bucket=object_store.bucket, Key="copy", CopySource=f"{object_store.bucket}/kept"),
        lambda: upload.create_bucket(Bucket="another"),
    ]
    for attempt in refused:
        with pytest.raises(ClientError, match="AccessDenied"):
            attempt()


def test_a_mail_can_be_read_where_the_page_shows_it(mail: Mail) -> None:
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = "anna@helvetia.example", "portal@example", "Grüezi"
    message.set_content("Melden Sie sich an: http://helvetia.atrium.localhost:8000/sign-in/abc.")
    message.add_alternative('<a href="http://x.example/a?b=1&amp;c=2">los</a>', subtype="html")
    with smtplib.SMTP(mail.smtp_host, mail.smtp_port) as smtp:
        smtp.send_message(message)
    with urllib.request.urlopen(f"{mail.url}/messages.json?to=anna@helvetia.example") as response:  # noqa: S310
        kept = json.load(response)[-1]
    assert kept["to"] == "anna@helvetia.example"
    assert kept["subject"] == "Grüezi"
    assert kept["links"] == ["http://x.example/a?b=1&c=2", "http://helvetia.atrium.localhost:8000/sign-in/abc"]
    with urllib.request.urlopen(mail.url) as response:  # noqa: S310
        assert "Grüezi" in response.read().decode()
