"""The same servers in Docker, by testcontainers; images by setting (ATRIUM_IMAGE_POSTGRES, _KAFKA, _OBJECT_STORE)."""

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from testcontainers.core.container import DockerContainer

from atrium_testkit.backends import kafka, mail, object_store
from atrium_testkit.endpoints import ObjectStore
from atrium_testkit.ports import LOOPBACK, Ports
from atrium_testkit.supervisor import Supervisor

READY_SECONDS = 120.0
IMAGES = {
    "postgres": os.environ.get("ATRIUM_IMAGE_POSTGRES", "postgres:18-alpine"),
    "kafka": os.environ.get("ATRIUM_IMAGE_KAFKA", f"apache/kafka:{kafka.VERSION}"),
    "object_store": os.environ.get("ATRIUM_IMAGE_OBJECT_STORE", f"versity/versitygw:v{object_store.VERSION}"),
}


@dataclass
class DockerBackends:
    """Containers that end with the supervisor, or by testcontainers' reaper should we be killed. Mail stays a child."""

    state: Path
    supervisor: Supervisor
    ports: Ports

    def start(self, kinds: Iterable[str]) -> dict[str, Any]:
        return {kind: getattr(self, f"_{kind}")() for kind in kinds}

    def _run(self, container: DockerContainer) -> None:
        self.supervisor.on_stop(container.stop)
        container.start()

    def _postgres(self) -> str:
        password, port = secrets.token_urlsafe(16), self.ports.take(None)
        container = DockerContainer(IMAGES["postgres"]).with_env("POSTGRES_PASSWORD", password)
        command = "postgres -c max_connections=300 -c fsync=off -c full_page_writes=off"
        self._run(container.with_bind_ports(5432, port).with_command(command))
        dsn = f"postgresql://postgres:{password}@{LOOPBACK}:{port}/postgres"
        _await(lambda: asyncio.run(_select(dsn)), "postgres")
        return dsn

    def _kafka(self) -> str:
        port = self.ports.take(None)
        settings = {
            "KAFKA_PROCESS_ROLES": "broker,controller",
            "KAFKA_NODE_ID": "1",
            "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
            "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{LOOPBACK}:{port}",
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
            "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
            "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
            "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
            "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        }
        container = DockerContainer(IMAGES["kafka"]).with_bind_ports(9092, port)
        for name, value in settings.items():
            container = container.with_env(name, value)
        self._run(container)
        bootstrap = f"{LOOPBACK}:{port}"
        _await(lambda: kafka.answers(bootstrap), "kafka")
        return bootstrap

    def _object_store(self) -> ObjectStore:
        port = self.ports.take(None)
        store = object_store.identities(self.state / "object_store.json", f"http://{LOOPBACK}:{port}")
        iam = self.state / "iam"
        iam.mkdir(parents=True, exist_ok=True)
        object_store.write_account(iam, store)
        container = (
            DockerContainer(IMAGES["object_store"])
            .with_env("ROOT_ACCESS_KEY", store.access_key)
            .with_env("ROOT_SECRET_KEY", store.secret_key)
            .with_volume_mapping(str(iam), "/iam", "rw")
            .with_bind_ports(7070, port)
            .with_kwargs(entrypoint=["sh", "-c"])
            .with_command(
                ["mkdir -p /d /v /m && exec versitygw --iam-dir /iam posix --versioning-dir /v --sidecar /m /d"]
            )
        )
        self._run(container)
        _await(lambda: object_store.answers(store), "object store")
        object_store.create_bucket(store)
        return store

    def _mail(self) -> Any:
        spec, endpoint = mail.prepare(self.state, self.ports.take(None), self.ports.take(None))
        self.supervisor.start(spec).wait_ready()
        return endpoint


async def _select(dsn: str) -> bool:
    connection = await asyncpg.connect(dsn, timeout=5)
    await connection.close()
    return True


def _await(ready: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            if ready():
                return
        except Exception as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{name} in Docker is not ready") from error
        time.sleep(0.2)
