"""The ledger: a service made of the chassis and one table."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import aiohttp
import pytest
from atrium_chassis.consumer import Subscriptions
from atrium_chassis.database import Database
from atrium_chassis.events import Received, record
from atrium_chassis.viewer import Viewer
from atrium_contracts.projects import ProjectChanged
from atrium_testkit.ports import LOOPBACK, any_free
from atrium_testkit.provision import DatabaseUrls, migrate, provision
from atrium_testkit.waiting import eventually
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

LEDGER = Path(__file__).parent / "ledger"
sys.path.insert(0, str(LEDGER))

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


@dataclass(frozen=True)
class LedgerProcess:
    url: str
    log: Path


@pytest.fixture(scope="session")
def ledger_process(ledger_urls: DatabaseUrls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerProcess]:
    """`python -m atrium_ledger api`, as a service runs in a cluster."""
    folder, port = tmp_path_factory.mktemp("ledger"), any_free()
    running = LedgerProcess(f"http://{LOOPBACK}:{port}", folder / "log")
    told = {
        "PYTHONPATH": str(LEDGER),
        "ATRIUM_HOST": LOOPBACK,
        "ATRIUM_PORT": str(port),
        "ATRIUM_DATABASE_URL": ledger_urls.app,
        "ATRIUM_KAFKA_BOOTSTRAP": f"{LOOPBACK}:1",
        "ATRIUM_VIEWER_KEYS_DIR": str(folder),
    }

    async def answers() -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{running.url}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientConnectionError:
            return False

    with running.log.open("w") as log:
        command = [sys.executable, "-m", "atrium_ledger", "api"]
        process = subprocess.Popen(command, env={**os.environ, **told}, stdout=log, stderr=subprocess.STDOUT)
        try:
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, eventually(answers, 30)).result()
            yield running
        finally:
            process.terminate()
            process.wait(30)
