"""The reports service over real servers, and other services' events told to it over Kafka."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from atrium_chassis.viewer import Viewer
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
from atrium_testkit.outside import BEGIN, Outside, Told
from atrium_testkit.running import Answer, RunningService


@pytest.fixture(scope="session")
def reports(service_app: Callable[..., RunningService]) -> RunningService:
    return service_app(service, worker=True)


@pytest.fixture(scope="session")
def outside(reports: RunningService, kafka_bootstrap: str) -> Outside:
    return Outside("reports", kafka_bootstrap, reports.database.owner)


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
