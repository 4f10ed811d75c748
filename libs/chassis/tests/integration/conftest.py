"""The ledger: a service made of the chassis and one table."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from atrium_chassis.consumer import Subscriptions
from atrium_chassis.database import Database
from atrium_chassis.events import Received, record
from atrium_chassis.viewer import Viewer
from atrium_contracts.projects import ProjectChanged
from atrium_testkit.provision import DatabaseUrls, migrate, provision
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

sys.path.insert(0, str(Path(__file__).parent / "ledger"))

POISON = "poison"


async def write_entry(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
    if event.data.title == POISON:
        raise ValueError("this event cannot be applied")
    await connection.execute(
        text("INSERT INTO entry VALUES (:customer, :id, :project, 'shared', :title)"),
        {
            "customer": event.envelope.customer,
            "id": uuid4(),
            "project": event.data.project_id,
            "title": event.data.title,
        },
    )


def subscriptions() -> Subscriptions:
    made = Subscriptions()
    made.on(ProjectChanged)(write_entry)
    return made


@dataclass
class Ledger:
    urls: DatabaseUrls
    database: Database

    async def tell(self, viewer: Viewer, customer: UUID, project: UUID, revision: int, title: str) -> None:
        """Record an event as a command would."""
        data = ProjectChanged(
            project_id=project,
            customer_id=customer,
            title=title,
            goal="",
            status="on_track",
            lead_id=None,
            contact_ids=[],
        )
        async with self.database.transaction(viewer) as connection:
            await record(
                connection,
                data,
                subject=f"projects/{project}",
                customer=customer,
                audience="shared",
                revision=revision,
                key=project,
                actor=viewer.person,
            )

    async def titles(self, viewer: Viewer) -> list[str]:
        async with self.database.transaction(viewer) as connection:
            return list((await connection.execute(text("SELECT title FROM entry ORDER BY title"))).scalars())

    async def outbox_is_empty(self) -> bool:
        async with self.database.transaction(Viewer.system(None)) as connection:
            return (await connection.execute(text("SELECT count(*) FROM outbox"))).scalar_one() == 0


@pytest.fixture(scope="session")
def ledger_urls(postgres_admin_dsn: str) -> Iterator[DatabaseUrls]:
    async def prepare() -> DatabaseUrls:
        urls = await provision(postgres_admin_dsn, "ledger", f"ledger_{uuid4().hex[:8]}")
        await migrate(urls, "ledger")
        return urls

    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(asyncio.run, prepare()).result()


@pytest.fixture
async def ledger(ledger_urls: DatabaseUrls) -> AsyncIterator[Ledger]:
    database = Database(ledger_urls.app, "ledger")
    yield Ledger(ledger_urls, database)
    await database.close()
