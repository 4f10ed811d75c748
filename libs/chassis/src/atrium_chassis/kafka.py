"""How every client of a process reaches Kafka, and as whom."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from aiokafka.helpers import create_ssl_context
from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ATRIUM_", extra="ignore")

    kafka_bootstrap: str = Field(description="Bootstrap servers, host:port, comma separated.")
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="Whether connections are encrypted (SSL), and whether a user signs in (SASL)."
    )
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="How the user signs in."
    )
    kafka_user: str = Field("", description="User of this service; needed with SASL.")
    kafka_password_file: Path | None = Field(None, description="File with the user's password; needed with SASL.")
    kafka_ca_file: Path | None = Field(
        None, description="Certificates (PEM) that brokers are verified by; left out: those of the system."
    )
    kafka_certificate_file: Path | None = Field(
        None, description="Certificate (PEM) of this client, where brokers want one."
    )
    kafka_key_file: Path | None = Field(None, description="Private key (PEM) of that certificate.")
    kafka_partitions: int = Field(12, ge=1, description="Partitions of a topic, fixed at creation.")
    kafka_replication: int = Field(1, ge=1, description="Replication factor of topics that are created.")
    kafka_retention_days: int = Field(30, ge=1, description="How long a topic keeps an event.")

    @property
    def _signs_in(self) -> bool:
        return self.kafka_security_protocol.startswith("SASL_")

    @property
    def _encrypts(self) -> bool:
        return self.kafka_security_protocol.endswith("SSL")

    @model_validator(mode="after")
    def _fits_together(self) -> "KafkaSettings":
        account = {"ATRIUM_KAFKA_USER": self.kafka_user, "ATRIUM_KAFKA_PASSWORD_FILE": self.kafka_password_file}
        pair = {
            "ATRIUM_KAFKA_CERTIFICATE_FILE": self.kafka_certificate_file,
            "ATRIUM_KAFKA_KEY_FILE": self.kafka_key_file,
        }
        files = {"ATRIUM_KAFKA_CA_FILE": self.kafka_ca_file, **pair}
        if self._signs_in:
            _need_all(account, f"with {self.kafka_security_protocol}")
        else:
            _need_none(account, "only a protocol with SASL signs in")
        if not self._encrypts:
            _need_none(files, "only a protocol with SSL reads it")
        elif any(pair.values()):
            _need_all(pair, "since a certificate and its key belong together")
        for name, path in {**files, "ATRIUM_KAFKA_PASSWORD_FILE": self.kafka_password_file}.items():
            if path is not None and not path.is_file():
                raise ValueError(f"{name}: there is no file {path}")
        return self

    def kafka_client(self) -> dict[str, Any]:
        """What aiokafka's producers, consumers and admin clients are made with."""
        client: dict[str, Any] = {
            "bootstrap_servers": self.kafka_bootstrap,
            "security_protocol": self.kafka_security_protocol,
        }
        if self._encrypts:
            client["ssl_context"] = create_ssl_context(
                cafile=self.kafka_ca_file, certfile=self.kafka_certificate_file, keyfile=self.kafka_key_file
            )
        if self._signs_in and self.kafka_password_file is not None:
            client["sasl_mechanism"] = self.kafka_sasl_mechanism
            client["sasl_plain_username"] = self.kafka_user
            client["sasl_plain_password"] = self.kafka_password_file.read_text().strip()
        return client


def _need_all(settings: Mapping[str, object], why: str) -> None:
    for name, value in settings.items():
        if not value:
            raise ValueError(f"{name} is needed {why}")


def _need_none(settings: Mapping[str, object], why: str) -> None:
    for name, value in settings.items():
        if value:
            raise ValueError(f"{name} has no effect: {why}")
