"""The pytest plugin: real servers for whoever asks, started by the first who does and stopped with the run."""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from atrium_chassis.service import Service
from atrium_chassis.viewer import Viewer

from atrium_testkit import viewers as viewer_builders
from atrium_testkit.backends.keeper import shared, stop_all
from atrium_testkit.demo_people import seed_demo
from atrium_testkit.endpoints import Endpoints, Mail, ObjectStore
from atrium_testkit.paths import scratch_dir
from atrium_testkit.ports import LOOPBACK, any_free
from atrium_testkit.provision import DatabaseUrls, drop, migrate, provision
from atrium_testkit.running import RunningService, start_service
from atrium_testkit.supervisor import Supervisor
from atrium_testkit.system import System
from atrium_testkit.topics import create as create_topics
from atrium_testkit.viewers import ViewerKeys, viewer_keys

RUN_FOLDER = "ATRIUM_TEST_RUN"
RUN_PID = "ATRIUM_TEST_RUN_PID"
TEST_PARTITIONS = 3

T = TypeVar("T")


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes its folder; xdist's workers find it in their environment."""
    if hasattr(config, "workerinput"):
        return
    folder = scratch_dir("atrium-test-")
    os.environ[RUN_FOLDER], os.environ[RUN_PID] = str(folder), str(os.getpid())
    config.add_cleanup(lambda: _clean(folder))


def _clean(folder: Path) -> None:
    stop_all(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Data of this test run; gone afterwards."""
    return Path(os.environ[RUN_FOLDER])


@pytest.fixture(scope="session")
def _share(run_folder: Path) -> Callable[[str, Path], Any]:
    def share(kind: str, folder: Path = run_folder) -> Any:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
        return shared(kind, folder, int(os.environ[RUN_PID]))

    return share


@pytest.fixture(scope="session")
def postgres_admin_dsn(_share: Callable[..., Any]) -> str:
    return str(_share("postgres"))


@pytest.fixture(scope="session")
def kafka_bootstrap(_share: Callable[..., Any], run_folder: Path) -> str:
    """A broker per xdist worker, since consumer groups have fixed names; with all topics."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    bootstrap = str(_share("kafka", run_folder / worker))
    asyncio.run(create_topics(bootstrap, partitions=TEST_PARTITIONS))
    return bootstrap


@pytest.fixture(scope="session")
def object_store(_share: Callable[..., Any]) -> ObjectStore:
    return ObjectStore(**_share("object_store"))


@pytest.fixture(scope="session")
def mail(_share: Callable[..., Any]) -> Mail:
    return Mail(**_share("mail"))


@pytest.fixture(scope="session")
def backends(postgres_admin_dsn: str, kafka_bootstrap: str, object_store: ObjectStore, mail: Mail) -> Endpoints:
    """All four. Ask for the single ones where they are enough: what nobody asks for is not started."""
    return Endpoints(postgres_admin_dsn, kafka_bootstrap, object_store, mail)


@pytest.fixture(scope="session")
def new_database(postgres_admin_dsn: str) -> Iterator[Callable[[str], DatabaseUrls]]:
    """`new_database("projects")`: an empty, migrated database that nobody else uses."""
    made: list[str] = []

    def create(service: str) -> DatabaseUrls:
        made.append(f"{service}_{uuid4().hex[:12]}")
        urls = _in_own_loop(provision(postgres_admin_dsn, service, made[-1]))
        _in_own_loop(migrate(urls, service))
        return urls

    yield create
    for name in made:
        _in_own_loop(drop(postgres_admin_dsn, name))


@pytest.fixture(scope="session")
def service_database(new_database: Callable[[str], DatabaseUrls]) -> Callable[[str], DatabaseUrls]:
    """`service_database("projects")`: this worker's database of a service, with its roles and real migrations."""
    known: dict[str, DatabaseUrls] = {}

    def database(service: str) -> DatabaseUrls:
        if service not in known:
            known[service] = new_database(service)
        return known[service]

    return database


@pytest.fixture(scope="session")
def keys(run_folder: Path) -> ViewerKeys:
    return viewer_keys(run_folder)


@pytest.fixture(scope="session")
def viewer_token(keys: ViewerKeys) -> Callable[[Viewer, str], str]:
    """`viewer_token(viewer, "projects")`: what the gateway would send along."""
    return keys.token


@pytest.fixture(scope="session")
def viewers() -> ModuleType:
    """Builders: `viewers.provider()`, `viewers.contact(customer, role)`, `viewers.link(…)`, `viewers.preview(…)`."""
    return viewer_builders


@pytest.fixture(scope="session")
def service_app(
    service_database: Callable[[str], DatabaseUrls], keys: ViewerKeys, request: pytest.FixtureRequest
) -> Iterator[Callable[..., RunningService]]:
    """`service_app(service, worker=True, **settings)`: the service running over real servers, until the run ends.

    With `worker` it relays and consumes over Kafka as well. `database` replaces this worker's database.
    """
    started: list[RunningService] = []

    def start(
        service: Service, *, worker: bool = False, database: DatabaseUrls | None = None, **settings: Any
    ) -> RunningService:
        urls = database or service_database(service.name)
        bootstrap = request.getfixturevalue("kafka_bootstrap") if worker else f"{LOOPBACK}:1"
        values = {
            "host": LOOPBACK,
            "port": any_free(),
            "database_url": urls.app,
            "database_direct_url": urls.direct,
            "database_pool_size": 4,
            "kafka_bootstrap": bootstrap,
            "viewer_keys_dir": keys.public_dir,
            "replica": "test",
            **settings,
        }
        running = start_service(service, service.settings(**values), urls, keys, worker=worker)
        started.append(running)
        return running

    yield start
    for running in reversed(started):
        running.stop()


@pytest.fixture(scope="session")
def system(run_folder: Path) -> Iterator[System]:
    """All of Atrium, empty, on free ports: processes that a test may kill. Started from pytest's own main thread."""
    folder = run_folder / "system"
    whole = System(folder, Supervisor(folder / "logs"))
    try:
        whole.start()
        yield whole
    finally:
        whole.stop()


@pytest.fixture(scope="session")
def demo_system(system: System) -> System:
    """The same with the demo of two customers in it."""
    seed_demo(system)
    return system


def _in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end from a fixture, be there a running loop or not."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
