"""All backing servers as child processes of this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atrium_testkit.backends import kafka, mail, object_store, postgres
from atrium_testkit.ports import Ports
from atrium_testkit.supervisor import ChildSpec, Supervisor

KINDS = ("postgres", "kafka", "object_store", "mail")


@dataclass(frozen=True)
class WantedPorts:
    """None: any free port."""

    postgres: int | None = None
    kafka: int | None = None
    kafka_controller: int | None = None
    object_store: int | None = None
    smtp: int | None = None
    mail: int | None = None


LOCAL_PORTS = WantedPorts(postgres=5432, kafka=9092, kafka_controller=9093, object_store=9000, smtp=1025, mail=8025)


@dataclass
class LocalBackends:
    """Starts the servers of one state folder. `start` returns what each of them is reached by."""

    state: Path
    supervisor: Supervisor
    ports: Ports
    wanted: WantedPorts
    throw_away: bool
    tell: Callable[[str], None]

    def start(self, kinds: Iterable[str] = KINDS) -> dict[str, Any]:
        """All at once, then wait for each. Raises ChildFailed."""
        kinds = list(kinds)
        self.state.mkdir(parents=True, exist_ok=True)
        prepared = [getattr(self, f"_{kind}")() for kind in sorted(kinds, key=lambda kind: kind != "kafka")]
        children = [self.supervisor.start(spec, echoed=False) for spec, _kind, _endpoint in prepared]
        for child in children:
            seconds = child.wait_ready()
            self.tell(f"{child.spec.name} ready in {seconds:.1f} s")
        endpoints = {kind: endpoint for _spec, kind, endpoint in prepared}
        if "object_store" in endpoints:
            object_store.create_bucket(endpoints["object_store"])
        return endpoints

    def _postgres(self) -> tuple[ChildSpec, str, Any]:
        spec, dsn = postgres.prepare(self.state, self.ports.take(self.wanted.postgres), throw_away=self.throw_away)
        return spec, "postgres", dsn

    def _kafka(self) -> tuple[ChildSpec, str, Any]:
        port, controller = self.ports.take(self.wanted.kafka), self.ports.take(self.wanted.kafka_controller)
        spec, bootstrap = kafka.prepare(self.state, port, controller, self.tell)
        return spec, "kafka", bootstrap

    def _object_store(self) -> tuple[ChildSpec, str, Any]:
        spec, store = object_store.prepare(self.state, self.ports.take(self.wanted.object_store), self.tell)
        return spec, "object_store", store

    def _mail(self) -> tuple[ChildSpec, str, Any]:
        smtp, http = self.ports.take(self.wanted.smtp), self.ports.take(self.wanted.mail)
        spec, endpoint = mail.prepare(self.state, smtp, http)
        return spec, "mail", endpoint
