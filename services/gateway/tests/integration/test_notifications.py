"""Events trigger mails: once per event and recipient, with content read as the recipient when it is sent."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
from aiokafka import AIOKafkaProducer
from atrium_chassis.database import Database
from atrium_contracts import Envelope, EventData, topic
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import PublishedItemChanged, PublishedItemWithdrawn
from atrium_contracts.threads import MessagePosted, ThreadOpened
from atrium_gateway.notifications.queries import find_act
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Mailbox, World
from services.gateway.tests.integration.upstream import Upstream

ANNA = "anna.keller@helvetia.example"
Send = Callable[..., Awaitable[None]]


@pytest_asyncio.fixture(scope="session")
async def send(kafka_bootstrap: str) -> AsyncIterator[Send]:
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap)
    await producer.start()

    async def tell(
        data: EventData,
        subject: str,
        customer: UUID,
        audience: Any,
        revision: int,
        times: int = 1,
        age: timedelta = timedelta(),
    ) -> None:
        moment = datetime.now(UTC) - age
        envelope = Envelope(
            uuid4(), data.type(), data.SOURCE, subject, moment, customer, audience, revision, 1, uuid4(), bool(age)
        )
        for _ in range(times):
            await producer.send_and_wait(
                topic(data.SOURCE, audience),
                data.model_dump_json().encode(),
                key=subject.encode(),
                headers=envelope.headers(),
            )

    yield tell
    await producer.stop()


def asked_for(
    item: UUID, project: UUID, *people: UUID, turn: str = "customer", by_mail: bool = True
) -> PublishedItemChanged:
    return PublishedItemChanged(
        project_id=project,
        item_id=item,
        form="shared",
        due=None,
        title="Etikettenlayout Bio-Linie",
        turn=turn,
        verb="sign_off",
        asked_ids=list(people),
        by_mail=by_mail,
    )


async def test_who_is_newly_asked_gets_one_mail_with_one_button(
    world: World, mailbox: Mailbox, upstream: Upstream, send: Send
) -> None:
    anna = UUID((await world.anna.get("/me")).json["person_id"])
    nora = UUID((await world.nora.get("/me")).json["person_id"])
    item, project = uuid4(), uuid4()
    upstream.answers[f"/v1/items/{item}"] = {
        "title": "Etikettenlayout Bio-Linie",
        "verb": "sign_off",
        "due": "2026-11-19",
        "project_id": str(project),
        "owner_id": str(nora),
        "asked_ids": [str(anna)],
    }
    upstream.answers[f"/v1/projects/{project}"] = {"title": "MES-Rollout Thun"}
    known = len(await mailbox.of(ANNA))
    subject = f"projects/{project}/items/{item}"
    await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 1, times=3)
    mail = await mailbox.next_after(ANNA, known)
    assert mail["subject"].startswith("Freigeben")
    assert "Nora Lind bittet Sie um Ihre Freigabe." in mail["text"]
    assert "Projekt: MES-Rollout Thun" in mail["text"]
    found = re.search(rf"http://helvetia\.{BASE}/act/([\w-]+)", mail["text"])
    assert found
    readers = {viewer for path, viewer in upstream.read_as if str(item) in path}
    assert {(viewer.person, viewer.customer, viewer.role) for viewer in readers} == {(anna, world.helvetia, "owner")}

    await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 2)
    await send(asked_for(item, project, turn="provider"), subject, world.helvetia, "shared", 3)
    await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 4)
    await mailbox.next_after(ANNA, known + 1)
    assert len(await mailbox.of(ANNA)) == known + 2
    await opening_an_act_changes_nothing(world, found[1], item, anna)


async def test_who_is_asked_without_mails_gets_none(
    world: World, mailbox: Mailbox, upstream: Upstream, send: Send
) -> None:
    """Nor later, about the same: they know of it from their pages."""
    anna = UUID((await world.anna.get("/me")).json["person_id"])
    quiet, loud, project = uuid4(), uuid4(), uuid4()
    for item, title in ((quiet, "Still"), (loud, "Laut")):
        upstream.answers[f"/v1/items/{item}"] = {"title": title, "verb": "sign_off", "asked_ids": [str(anna)]}
    known = len(await mailbox.of(ANNA))
    subject = f"projects/{project}/items/{{}}"
    await send(asked_for(quiet, project, anna, by_mail=False), subject.format(quiet), world.helvetia, "shared", 1)
    await send(asked_for(quiet, project, anna), subject.format(quiet), world.helvetia, "shared", 2)
    await send(asked_for(loud, project, anna), subject.format(loud), world.helvetia, "shared", 1)
    assert (await mailbox.next_after(ANNA, known))["subject"].endswith("Laut")
    assert len(await mailbox.of(ANNA)) == known + 1


async def opening_an_act_changes_nothing(world: World, token: str, item: UUID, person: UUID) -> None:
    database = Database(world.gateway.database.app, "gateway", 1)
    try:
        for _ in range(2):
            act = await find_act(database, world.helvetia, token)
            assert act is not None
            assert (act.item_id, act.person.person, act.expired) == (item, person, False)
        assert await find_act(database, world.bluepeak, token) is None
    finally:
        await database.close()


async def test_what_the_recipient_may_not_see_is_not_mailed(
    world: World, mailbox: Mailbox, upstream: Upstream, send: Send
) -> None:
    maya = UUID((await world.maya.get("/me")).json["person_id"])
    hidden, shown, project = uuid4(), uuid4(), uuid4()
    upstream.answers[f"/v1/items/{shown}"] = {"title": "Alarm philosophy", "verb": "review", "asked_ids": [str(maya)]}
    email = "maya.singh@bluepeak.example"
    known = len(await mailbox.of(email))
    for item in (hidden, shown):
        await send(asked_for(item, project, maya), f"projects/{project}/items/{item}", world.bluepeak, "shared", 1)
    mail = await mailbox.next_after(email, known)
    assert mail["subject"] == "Review: Alarm philosophy"

    async def read() -> bool:
        return any(str(hidden) in path for path, _ in upstream.read_as)

    await eventually(read)
    assert len(await mailbox.of(email)) == known + 1


async def test_a_private_message_is_announced_and_nothing_else(
    world: World, mailbox: Mailbox, upstream: Upstream, send: Send
) -> None:
    anna = UUID((await world.anna.get("/me")).json["person_id"])
    thread, message = uuid4(), uuid4()
    upstream.answers[f"/v1/threads/{thread}"] = {"title": "Geheimer Preis", "audience": "private"}
    known = len(await mailbox.of(ANNA))
    posted = MessagePosted(
        thread_id=thread,
        message_id=message,
        project_id=None,
        about="projects/x",
        author_id=uuid4(),
        text="Canary 4711",
        posted_at=datetime.now(UTC),
        mention_ids=[anna],
    )
    await send(posted, f"threads/{thread}/messages/{message}", world.helvetia, "private", 1)
    mail = await mailbox.next_after(ANNA, known)
    for part in (mail["subject"], mail["text"], mail["html"]):
        assert "4711" not in part
        assert "Geheim" not in part
    assert f"/threads/{thread}" in mail["text"]


async def test_acts_enter_the_trail_and_internal_ones_only_the_providers(world: World, send: Send) -> None:
    file, thread = uuid4(), uuid4()
    ready = VersionReady(
        file_id=file,
        project_id=uuid4(),
        name="Alarm philosophy.pdf",
        number=3,
        sha256="9f" * 32,
        size=10,
        media_type="application/pdf",
        uploaded_by=uuid4(),
        uploaded_at=datetime.now(UTC),
        note="",
    )
    opened = ThreadOpened(
        thread_id=thread,
        project_id=None,
        about="projects/x",
        audience="internal",
        title="Secret",
        opened_by=uuid4(),
        opened_at=datetime.now(UTC),
    )
    await send(opened, f"threads/{thread}", world.bluepeak, "internal", 1)
    await send(ready, f"files/{file}/versions/3", world.bluepeak, "shared", 1)

    async def told() -> bool:
        rows = (await world.maya.get("/audit", params={"action": "version_ready"})).json["items"]
        return [row["after"]["number"] for row in rows] == [3]

    await eventually(told)
    action = {"action": "thread_opened"}
    assert (await world.maya.get("/audit", params=action)).json["items"] == []

    async def internally() -> bool:
        rows = (await world.nora.get("/audit", params=action)).json["items"]
        return f"threads/{thread}" in [row["subject"] for row in rows]

    await eventually(internally)


async def test_what_is_taken_back_in_time_is_not_mailed(
    world: World, mailbox: Mailbox, upstream: Upstream, send: Send
) -> None:
    """Shared, taken back and shared again within the grace: one mail, about the last."""
    anna = UUID((await world.anna.get("/me")).json["person_id"])
    item, project = uuid4(), uuid4()
    upstream.answers[f"/v1/items/{item}"] = {"title": "Taken back", "verb": "sign_off", "asked_ids": [str(anna)]}
    known, subject = len(await mailbox.of(ANNA)), f"projects/{project}/items/{item}"
    withdrawn = PublishedItemWithdrawn(item_id=item, project_id=project)
    await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 1)
    await send(withdrawn, subject, world.helvetia, "shared", 2)
    await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 3)
    await mailbox.next_after(ANNA, known)
    asked_next = uuid4()
    upstream.answers[f"/v1/items/{asked_next}"] = {"title": "The next", "verb": "sign_off", "asked_ids": [str(anna)]}
    await send(
        asked_for(asked_next, project, anna), f"projects/{project}/items/{asked_next}", world.helvetia, "shared", 1
    )
    await mailbox.next_after(ANNA, known + 1)
    mails = (await mailbox.of(ANNA))[known:]
    assert [("Taken back" in mail["subject"], "The next" in mail["subject"]) for mail in mails] == [
        (True, False),
        (False, True),
    ]
