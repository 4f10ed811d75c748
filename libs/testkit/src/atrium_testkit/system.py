"""The whole of Atrium on this machine: backing servers, databases, topics, five services. `make up` and the suites."""

import asyncio
import hashlib
import json
import os
import sys
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from atrium_testkit.backends import choice
from atrium_testkit.backends.local import KINDS, LOCAL_PORTS, WantedPorts
from atrium_testkit.endpoints import Endpoints
from atrium_testkit.paths import DEMO_LOGOS, write_private
from atrium_testkit.ports import LOOPBACK, Ports
from atrium_testkit.provision import DatabaseUrls, migrate, provision
from atrium_testkit.services import SERVICES
from atrium_testkit.supervisor import Child, ChildSpec, Supervisor
from atrium_testkit.topics import create as create_topics
from atrium_testkit.viewers import ViewerKeys, viewer_keys

BASE_HOST = "atrium.localhost"
SERVICE_STOP_SECONDS = 4.0
#: As long as the offer to take something back stands on the page; elsewhere it is a minute.
MAIL_GRACE_SECONDS = 10


@dataclass
class System:
    """Start with `start`, end with `stop`; between them any service may be killed and started again."""

    state: Path
    supervisor: Supervisor
    tell: Callable[[str], None] = field(default=lambda _text: None)
    #: Throw-away systems take any free ports and do not wait for disks.
    throw_away: bool = True
    ports: Ports = field(default_factory=Ports)
    databases: dict[str, DatabaseUrls] = field(default_factory=dict)
    service_ports: dict[str, int] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    def start(self, services: Iterable[str] = tuple(SERVICES)) -> None:
        """Everything up and ready. Raises ChildFailed."""
        wanted = WantedPorts() if self.throw_away else LOCAL_PORTS
        started = choice.start(
            KINDS, self.state, self.supervisor, self.ports, wanted=wanted, throw_away=self.throw_away, tell=self.tell
        )
        self.backends = Endpoints(started["postgres"], started["kafka"], started["object_store"], started["mail"])
        self.keys: ViewerKeys = viewer_keys(self.state)
        for info in SERVICES.values():
            self.service_ports[info.name] = self.ports.take(None if self.throw_away else info.port)
        asyncio.run(self._prepare_stores())
        write_private(self.state / "environment.json", json.dumps({name: self.environment(name) for name in SERVICES}))
        for wanted_port, given_port in self.ports.moved:
            self.tell(f"port {wanted_port} is taken: using {given_port}")
        self.start_services(services)

    async def _prepare_stores(self) -> None:
        for name in SERVICES:
            self.databases[name] = await provision(self.backends.postgres_admin_dsn, name)
        with ThreadPoolExecutor(1) as thread:  # Alembic is synchronous: one after the other, beside the topics
            loop = asyncio.get_running_loop()
            migrations = loop.run_in_executor(thread, self._migrate_all)
            await asyncio.gather(migrations, create_topics(self.backends.kafka_bootstrap))
        self.tell("databases migrated, topics there")

    def _migrate_all(self) -> None:
        for name, urls in self.databases.items():
            asyncio.run(migrate(urls, name))

    def start_services(self, names: Iterable[str]) -> None:
        """At once, then wait for each to be ready."""
        children = [self._start_child(name) for name in names]
        for child in children:
            self.tell(f"{child.spec.name} ready in {child.wait_ready():.1f} s")

    def start_service(self, name: str) -> Child:
        """One again, as it was; returns at once. `wait_ready` of the child waits."""
        return self._start_child(name)

    def kill(self, name: str) -> None:
        """kill -9, as a machine that goes away would."""
        child = self.children[name]
        child.kill()
        self.supervisor.children.remove(child)

    def stop(self) -> list[str]:
        """Services first, so that they can still say goodbye; returns who had to be killed."""
        return self.supervisor.stop_in_order(set(SERVICES), first_seconds=SERVICE_STOP_SECONDS)

    def _start_child(self, name: str) -> Child:
        url = self.url(name)
        spec = ChildSpec(
            name=name,
            command=[sys.executable, "-m", SERVICES[name].package, "all"],
            environment={**self.environment(name), "PYTHONUNBUFFERED": "1"},
            ready=lambda: is_ready(url),
        )
        self.children[name] = self.supervisor.start(spec)
        return self.children[name]

    def url(self, name: str) -> str:
        return f"http://{LOOPBACK}:{self.service_ports[name]}"

    @property
    def public_url(self) -> str:
        return f"http://{BASE_HOST}:{self.service_ports['gateway']}"

    def portal_url(self, slug: str) -> str:
        return f"http://{slug}.{BASE_HOST}:{self.service_ports['gateway']}"

    @property
    def import_key(self) -> str:
        """What the demo's past is told with: of this system, and the same whenever it starts."""
        return hashlib.sha256(b"import" + self.keys.private_key.read_bytes()).hexdigest()

    def environment(self, name: str) -> dict[str, str]:
        """The settings of a service, as `ATRIUM_…`."""
        urls, store, mail = self.databases[name], self.backends.s3, self.backends.mail
        settings = {
            "HOST": LOOPBACK,
            "PORT": self.service_ports[name],
            "DATABASE_URL": urls.app,
            "DATABASE_DIRECT_URL": urls.direct,
            "DATABASE_OWNER_URL": urls.owner,
            "KAFKA_BOOTSTRAP": self.backends.kafka_bootstrap,
            "VIEWER_KEYS_DIR": self.keys.public_dir,
            "REPLICA": "local",
        }
        if name == "gateway":
            settings |= {
                "PUBLIC_URL": self.public_url,
                "VIEWER_SIGNING_KEY": self.keys.private_key,
                "CONTENT_ORIGIN": store.url,
                "SMTP_HOST": mail.smtp_host,
                "SMTP_PORT": mail.smtp_port,
                "IMPORT_KEY": self.import_key,
                "MAIL_GRACE_SECONDS": MAIL_GRACE_SECONDS,
                "STYLE_PAGE": DEMO_LOGOS,
                **{f"{other.upper()}_URL": self.url(other) for other in SERVICES if other != name},
            }
        if name == "files":
            settings |= {f"S3_{key.upper()}": value for key, value in asdict(store).items()}
        given = {key: value for key, value in os.environ.items() if key in {"ATRIUM_OTLP_ENDPOINT", "ATRIUM_LOG_LEVEL"}}
        return {f"ATRIUM_{key}": str(value) for key, value in settings.items()} | given

    def endpoints(self, slugs: Iterable[str] = ()) -> dict[str, Any]:
        """What `.atrium/endpoints.json` says."""
        store = self.backends.s3
        portals = {slug: self.portal_url(slug) for slug in slugs}
        return {
            "portal": {"provider": self.public_url, **portals},
            "services": {name: self.url(name) for name in SERVICES},
            "kafka": self.backends.kafka_bootstrap,
            "object_store": {
                "url": store.url,
                "bucket": store.bucket,
                "access_key": store.access_key,
                "secret_key": store.secret_key,
            },
            "postgres": {name: {"app": urls.app, "owner": urls.owner} for name, urls in self.databases.items()},
            "mail": self.backends.mail.url,
        }


def is_ready(url: str) -> bool:
    with urllib.request.urlopen(f"{url}/readyz", timeout=2) as response:  # noqa: S310  # our own address
        return bool(response.status == 200)
