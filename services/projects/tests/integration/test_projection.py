"""What other services' events do here, over real Kafka: memberships, and versions that end decisions."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer
from atrium_chassis import json
from atrium_contracts import Envelope, EventData, topic
from atrium_contracts.accounts import MembershipChanged
from atrium_contracts.files import VersionReady
from atrium_projects.main import service
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually

from .conftest import World


class Others:
    """The other services, as far as their events tell."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self.producer, self.revision = producer, 0

    async def tell(
        self, data: EventData, subject: str, customer: UUID | None, imported: datetime | None = None
    ) -> None:
        self.revision += 1
        envelope = Envelope(
            id=uuid4(),
            type=data.type(),
            source=data.SOURCE,
            subject=subject,
            time=imported or datetime.now(UTC),
            customer=customer,
            audience="shared",
            revision=self.revision,
            epoch=1,
            actor=None,
            imported=imported is not None,
        )
        value = json.dumps(data.model_dump(mode="json"))
        await self.producer.send_and_wait(
            topic(data.SOURCE, "shared"), value, key=subject.encode(), headers=envelope.headers()
        )

    async def member(self, person: UUID, customer: UUID | None, role: str, *, active: bool = True) -> None:
        data = MembershipChanged(
            membership_id=person,
            person_id=person,
            customer_id=customer,
            side="customer" if customer else "provider",
            role=role,
            active=active,
        )
        await self.tell(data, f"memberships/{person}", customer)

    async def version(
        self, file: UUID, number: int, customer: UUID, imported: datetime | None = None
    ) -> dict[str, object]:
        exact = {"file_id": file, "number": number, "sha256": f"{number:064x}"}
        data = VersionReady(
            **exact,
            project_id=uuid4(),
            name="alarm.pdf",
            size=1,
            media_type="application/pdf",
            uploaded_by=uuid4(),
            uploaded_at=imported or datetime.now(UTC),
            note="",
        )
        await self.tell(data, f"files/{file}/versions/{number}", customer, imported)
        return {**exact, "file_id": str(file)}


@pytest.fixture(scope="session")
def listening(
    service_app: Callable[..., RunningService], new_database: Callable[[str], DatabaseUrls]
) -> RunningService:
    return service_app(service, worker=True, database=new_database("projects"))


@pytest.fixture
async def live(listening: RunningService) -> World:
    made = World(listening)
    made.project = await made.made("/projects", {"customer_id": str(made.customer), "title": "Control room migration"})
    return made


@pytest.fixture
async def others(kafka_bootstrap: str) -> AsyncIterator[Others]:
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap)
    await producer.start()
    yield Others(producer)
    await producer.stop()


async def test_a_newer_version_ends_the_decision_and_asks_again(live: World, others: Others) -> None:
    file = uuid4()
    fields = {"workflow": "sign_off", "state": "sign_off", "visibility": "shared", "file_id": str(file)}
    item = await live.item(**fields)
    body = {"decision": "approved", "versions": [await others.version(file, 1, live.customer)]}

    async def decided() -> bool:
        return (await live.post(f"/items/{item}/approvals", live.maya, body)).status == 201

    await eventually(decided)
    await others.version(file, 2, live.customer)

    async def asked_again() -> bool:
        found = (await live.get(f"/items/{item}", live.maya)).json
        return (found["turn"], found["approvals"][0]["status"]) == ("customer", "superseded")

    await eventually(asked_again)


async def test_an_imported_version_asks_again_since_its_own_time(live: World, others: Others) -> None:
    file, came = uuid4(), datetime(2026, 3, 4, 13, 15, tzinfo=UTC)
    item = await live.item(workflow="sign_off", state="sign_off", visibility="shared", file_id=str(file))
    body = {"decision": "approved", "versions": [await others.version(file, 1, live.customer)]}

    async def decided() -> bool:
        return (await live.post(f"/items/{item}/approvals", live.maya, body)).status == 201

    await eventually(decided)
    await others.version(file, 2, live.customer, imported=came)

    async def asked_again() -> bool:
        found = (await live.get(f"/items/{item}", live.maya)).json
        return found["turn"] == "customer" and datetime.fromisoformat(found["turn_since"]) == came

    await eventually(asked_again)


async def test_only_members_are_asked_and_a_turn_is_handed_to_who_may_decide(live: World, others: Others) -> None:
    item = await live.item(workflow="sign_off", state="sign_off", visibility="shared")
    tom, rob = uuid4(), uuid4()

    async def hand_to(person: UUID) -> int:
        return (await live.post(f"/items/{item}/delegation", live.maya, {"person": str(person)})).status

    assert await hand_to(tom) == 422
    await others.member(rob, live.customer, "reader")
    await others.member(tom, live.customer, "member")

    async def handed() -> bool:
        return await hand_to(tom) == 200

    before = (await live.get(f"/items/{item}", live.maya)).json["turn_since"]
    await eventually(handed)
    assert await hand_to(rob) == 422
    seen = (await live.get(f"/items/{item}", live.maya)).json
    assert (seen["asked_ids"], seen["turn_since"]) == ([str(tom)], before)
    home = (await live.get("/home", live.maya)).json["your_turn"]
    assert [one["id"] for one in home["colleagues"]] == [item]


async def test_a_preview_names_who_will_read(live: World, others: Others) -> None:
    item = await live.item()
    await others.member(live.maya.person or uuid4(), live.customer, "owner")
    path = f"/projects/{live.project}/publications"

    async def named() -> bool:
        told = await live.post(path, live.nora, {"items": [item], "visibility": "shared", "dry_run": True})
        return bool(told.json["to"] == [str(live.maya.person)])

    await eventually(named)


async def test_a_preview_shows_plan_and_home_as_one_person_would_find_them(live: World, others: Others) -> None:
    item = await live.item(workflow="sign_off", state="sign_off", customer_title="Sign this off")
    await others.member(live.maya.person or uuid4(), live.customer, "owner")
    path = f"/projects/{live.project}/publications"
    body = {"items": [item], "visibility": "shared", "dry_run": True, "as_person": str(live.maya.person)}

    async def known() -> bool:
        return (await live.post(path, live.nora, body)).status == 200

    await eventually(known)
    seen = (await live.post(path, live.nora, body)).json["seen"]
    assert [one["title"] for one in seen["plan"]["items"]] == ["Sign this off"]
    assert [one["id"] for one in seen["home"]["your_turn"]["mine"]] == [item]
    assert (await live.get(f"/projects/{live.project}/plan", live.maya)).json["items"] == []
    stranger = await live.post(path, live.nora, {**body, "as_person": str(uuid4())})
    assert stranger.status == 404
