"""The threads service over real servers, and a world of people and things told to it by events over Kafka."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from atrium_chassis.viewer import Viewer
from atrium_contracts import Audience
from atrium_contracts.accounts import MembershipChanged
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import (
    ItemChanged,
    ProjectChanged,
    PublishedItemChanged,
    PublishedItemWithdrawn,
    RequestChanged,
)
from atrium_contracts.reports import ReportChanged
from atrium_testkit import viewers
from atrium_testkit.outside import Outside, Told
from atrium_testkit.running import Answer, RunningService
from atrium_threads.main import service

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def threads(service_app: Callable[..., RunningService]) -> RunningService:
    return service_app(service, worker=True)


@pytest.fixture(scope="session")
def outside(threads: RunningService, kafka_bootstrap: str) -> Outside:
    return Outside("threads", kafka_bootstrap, threads.database.owner)


def item(project: UUID, item_id: UUID) -> ItemChanged:
    return ItemChanged(
        project_id=project,
        item_id=item_id,
        parent_id=None,
        kind="task",
        title="Internal cut-over plan",
        visibility="internal",
        state="open",
        turn="provider",
        verb=None,
        turn_since=NOW,
        due=None,
        owner_id=None,
        asked_ids=[],
    )


def published(project: UUID, item_id: UUID, form: Literal["shared", "placeholder"] = "shared") -> PublishedItemChanged:
    return PublishedItemChanged(project_id=project, item_id=item_id, form=form, due=None, title="Cut-over")


def withdrawn(project: UUID, item_id: UUID) -> PublishedItemWithdrawn:
    return PublishedItemWithdrawn(project_id=project, item_id=item_id)


def version(project: UUID, file: UUID, number: int) -> VersionReady:
    return VersionReady(
        file_id=file,
        project_id=project,
        name="Alarm philosophy.pdf",
        number=number,
        sha256="0" * 64,
        size=2_400_000,
        media_type="application/pdf",
        uploaded_by=uuid4(),
        uploaded_at=NOW,
        note="",
    )


def request_changed(request: UUID) -> RequestChanged:
    return RequestChanged(
        request_id=request,
        project_id=None,
        number=7,
        title="Second screen per station",
        kind="change",
        urgency="normal",
        state="new",
        turn="provider",
        verb="answer",
        turn_since=NOW,
        raised_by=uuid4(),
        owner_id=None,
    )


def membership(viewer: Viewer, *, active: bool = True) -> MembershipChanged:
    assert viewer.person is not None
    return MembershipChanged(
        membership_id=viewer.person,
        person_id=viewer.person,
        customer_id=viewer.customer,
        side="customer" if viewer.customer else "provider",
        role=viewer.role,  # type: ignore[arg-type]
        project_ids=None if viewer.projects is None else list(viewer.projects),
        active=active,
    )


def joins(viewer: Viewer, *, active: bool = True, revision: int = 1) -> Told:
    return Told(membership(viewer, active=active), f"memberships/{viewer.person}", viewer.customer, revision)


@dataclass(frozen=True)
class World:
    """A customer with one project, one internal item in it, three of its people and two of the staff."""

    threads: RunningService
    outside: Outside
    customer: UUID = field(default_factory=uuid4)
    project: UUID = field(default_factory=uuid4)
    item: UUID = field(default_factory=uuid4)
    nora: Viewer = field(default_factory=viewers.provider)
    jan: Viewer = field(default_factory=lambda: viewers.provider("manager"))

    def contact(self, role: str = "owner", **more: Any) -> Viewer:
        return viewers.contact(self.customer, role, **more)

    @property
    def about_project(self) -> str:
        return f"projects/{self.project}"

    @property
    def about_item(self) -> str:
        return f"projects/{self.project}/items/{self.item}"

    async def publish(self, revision: int, form: Literal["shared", "placeholder"] = "shared") -> None:
        await self.outside.tell(
            Told(published(self.project, self.item, form), self.about_item, self.customer, revision)
        )

    async def withdraw(self, revision: int) -> None:
        await self.outside.tell(Told(withdrawn(self.project, self.item), self.about_item, self.customer, revision))

    async def joins(self, *people: Viewer) -> None:
        await self.outside.tell(*(joins(person) for person in people))

    async def leaves(self, person: Viewer) -> None:
        await self.outside.tell(joins(person, active=False, revision=2))

    async def file_version(self, number: int = 1, audience: Audience = "shared", file: UUID | None = None) -> str:
        """A version that became ready; returns its subject."""
        file = file or uuid4()
        path = f"files/{file}/versions/{number}"
        await self.outside.tell(Told(version(self.project, file, number), path, self.customer, 1, audience))
        return path

    async def request_and_report(self) -> tuple[str, str]:
        """A request without a project and a report with one figure; returns both subjects."""
        request, report = uuid4(), uuid4()
        await self.outside.tell(
            Told(request_changed(request), f"requests/{request}", self.customer),
            Told(
                ReportChanged(report_id=report, project_id=self.project, title="Progress", figures=["waiting_time"]),
                f"reports/{report}",
                self.customer,
            ),
        )
        return f"requests/{request}", f"reports/{report}/figures/waiting_time"

    async def open(self, viewer: Viewer, subject: str, audience: str, **more: Any) -> Answer:
        return await self.threads.call(
            "POST", "/v1/threads", viewer, json={"subject": subject, "audience": audience, **more}
        )

    async def opened(self, viewer: Viewer, subject: str, audience: str, **more: Any) -> Any:
        answer = await self.open(viewer, subject, audience, **more)
        assert answer.status == 201, answer.content
        return answer.json

    async def get(self, viewer: Viewer, path: str, **params: str) -> Answer:
        return await self.threads.call("GET", f"/v1/{path}", viewer, params=params)

    async def listed(self, viewer: Viewer, **params: str) -> list[Any]:
        answer = await self.get(viewer, "threads", **{"project": str(self.project), **params})
        assert answer.status == 200, answer.content
        return list(answer.json["items"])

    async def ids(self, viewer: Viewer, **params: str) -> set[str]:
        return {thread["id"] for thread in await self.listed(viewer, **params)}

    async def post(self, viewer: Viewer, thread: str, text: str, **more: Any) -> Answer:
        return await self.threads.call("POST", f"/v1/threads/{thread}/messages", viewer, json={"text": text, **more})


async def make_world(threads: RunningService, outside: Outside) -> World:
    world = World(threads, outside)
    project = ProjectChanged(
        project_id=world.project,
        customer_id=world.customer,
        title="Control room migration",
        goal="",
        status="on_track",
        lead_id=None,
        contact_ids=[],
    )
    await outside.tell(
        Told(project, world.about_project, world.customer),
        Told(item(world.project, world.item), world.about_item, world.customer, audience="internal"),
        joins(world.nora),
        joins(world.jan),
    )
    return world


@pytest_asyncio.fixture
async def world(threads: RunningService, outside: Outside) -> AsyncIterator[World]:
    yield await make_world(threads, outside)


@pytest_asyncio.fixture
async def elsewhere(threads: RunningService, outside: Outside) -> AsyncIterator[World]:
    """Another customer."""
    yield await make_world(threads, outside)
