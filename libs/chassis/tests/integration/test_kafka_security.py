"""A real broker that wants TLS, a client's certificate and a password."""

import asyncio
import datetime
import ipaddress
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError
from atrium_chassis.relay import create_producer
from atrium_chassis.settings import ServiceSettings
from atrium_chassis.topics import create_topics
from atrium_testkit.backends import kafka
from atrium_testkit.ports import LOOPBACK, any_free
from atrium_testkit.waiting import eventually
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "correct horse"


@dataclass(frozen=True)
class Identity:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    @property
    def certificate_pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def identity(name: str, authority: Identity | None = None) -> Identity:
    """Signed by the authority, or an authority itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.certificate.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))]), critical=False)
    )
    return Identity(key, builder.sign(authority.key if authority else key, hashes.SHA256()))


def secured(broker: Identity, authority: Identity) -> dict[str, str]:
    """A second listener beside the broker's own."""

    def one_line(pem: str) -> str:
        return pem.replace("\n", "\\n")

    prefix = "listener.name.safe"
    return {
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SAFE:SASL_SSL",
        f"{prefix}.sasl.enabled.mechanisms": "PLAIN",
        f"{prefix}.plain.sasl.jaas.config": "org.apache.kafka.common.security.plain.PlainLoginModule required"
        f' user_atrium="{PASSWORD}";',
        f"{prefix}.ssl.client.auth": "required",
        f"{prefix}.ssl.keystore.type": "PEM",
        f"{prefix}.ssl.keystore.certificate.chain": one_line(broker.certificate_pem),
        f"{prefix}.ssl.keystore.key": one_line(broker.key_pem),
        f"{prefix}.ssl.truststore.type": "PEM",
        f"{prefix}.ssl.truststore.certificates": one_line(authority.certificate_pem),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("secured")


@pytest.fixture(scope="module")
def broker(files: Path) -> Iterator[str]:
    """The address of its safe listener; what a client needs is in the files."""
    authority = identity("authority")
    client = identity("client", authority)
    for name, text in {
        "ca.crt": authority.certificate_pem,
        "tls.crt": client.certificate_pem,
        "tls.key": client.key_pem,
        "password": PASSWORD,
        "wrong-password": "battery staple",
        "other-ca.crt": identity("somebody else").certificate_pem,
    }.items():
        (files / name).write_text(text)
    port, safe = any_free(), any_free()
    spec, _ = kafka.prepare(files / "state", port, any_free(), lambda _: None)
    properties = files / "state" / "kafka.properties"
    lines = properties.read_text().replace(
        f"PLAINTEXT://{LOOPBACK}:{port}", f"PLAINTEXT://{LOOPBACK}:{port},SAFE://{LOOPBACK}:{safe}"
    )
    more = secured(identity("broker", authority), authority)
    properties.write_text(lines + "".join(f"{name}={value}\n" for name, value in more.items()))
    with (files / "log").open("w") as log:
        process = subprocess.Popen(spec.command, stdout=log, stderr=subprocess.STDOUT)
        try:
            asyncio.run(eventually(lambda: asyncio.to_thread(_ready, spec.ready), 60))
            yield f"{LOOPBACK}:{safe}"
        finally:
            process.terminate()
            process.wait(30)


def _ready(ask: Any) -> bool:
    try:
        return bool(ask())
    except (OSError, KafkaError):
        return False


def settings(broker: str, files: Path, **others: Any) -> ServiceSettings:
    values = {
        "kafka_security_protocol": "SASL_SSL",
        "kafka_sasl_mechanism": "PLAIN",
        "kafka_user": "atrium",
        "kafka_password_file": files / "password",
        "kafka_ca_file": files / "ca.crt",
        "kafka_certificate_file": files / "tls.crt",
        "kafka_key_file": files / "tls.key",
    }
    return ServiceSettings(
        database_url="unused", viewer_keys_dir=files, kafka_bootstrap=broker, kafka_partitions=1, **(values | others)
    )


async def test_topics_producer_and_consumer_sign_in(broker: str, files: Path) -> None:
    told = settings(broker, files)
    await create_topics(told, "projects", "projects")
    async with create_producer(told) as producer:
        await producer.send_and_wait("atrium.projects.v1", b"arrived")
    async with AIOKafkaConsumer("atrium.projects.v1", auto_offset_reset="earliest", **told.kafka_client()) as consumer:
        record = await asyncio.wait_for(consumer.getone(), 20)
    assert record.value == b"arrived"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kafka_password_file": "wrong-password"},
        {"kafka_ca_file": "other-ca.crt"},
        {"kafka_certificate_file": None, "kafka_key_file": None},
    ],
)
async def test_who_lacks_something_stays_outside(broker: str, files: Path, wrong: dict[str, str | None]) -> None:
    told = settings(broker, files, **{name: files / file if file else None for name, file in wrong.items()})
    producer = create_producer(told)
    with pytest.raises(KafkaError):
        await asyncio.wait_for(producer.start(), 20)
    await producer.stop()
