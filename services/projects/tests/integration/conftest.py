"""The running service, and a small plan to act on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_chassis.viewer import Viewer
from atrium_projects.main import service
from atrium_testkit.running import Answer, RunningService
from atrium_testkit.viewers import contact, provider


@dataclass
class World:
    """One customer with one project: `nora` of the provider, `maya` (owner) and `rob` (reader) of the customer."""

    app: RunningService
    customer: UUID = field(default_factory=uuid4)
    nora: Viewer = field(default_factory=lambda: provider("admin"))
    project: str = ""

    def __post_init__(self) -> None:
        self.maya = contact(self.customer, "owner")
        self.rob = contact(self.customer, "reader")

    async def post(self, path: str, viewer: Viewer, body: Any, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.app.call("POST", f"/v1{path}", viewer, json=body, headers=sent)

    async def get(self, path: str, viewer: Viewer) -> Answer:
        return await self.app.call("GET", f"/v1{path}", viewer)

    async def made(self, path: str, body: Any) -> str:
        answer = await self.post(path, self.nora, body)
        assert answer.status == 201, answer.content
        return str(answer.json["id"])

    async def item(self, **fields: Any) -> str:
        return await self.made(f"/projects/{self.project}/items", {"title": "An item", **fields})

    async def step(self, item: str, viewer: Viewer, transition: str, **more: Any) -> Answer:
        return await self.post(f"/items/{item}/transitions", viewer, {"transition": transition, **more})


@pytest.fixture(scope="session")
def app(service_app: Callable[..., RunningService]) -> RunningService:
    return service_app(service)


@pytest.fixture
async def world(app: RunningService) -> World:
    made = World(app)
    made.project = await made.made("/projects", {"customer_id": str(made.customer), "title": "Control room migration"})
    return made
