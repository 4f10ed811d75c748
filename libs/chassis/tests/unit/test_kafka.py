"""Settings of the way to Kafka: what fits together, and what the clients are made with."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from atrium_chassis.kafka import KafkaSettings
from atrium_chassis.settings import ServiceSettings, load_settings
from pydantic import ValidationError

BOOTSTRAP = "kafka.example:9093"


@pytest.fixture
def password(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("correct horse\n")
    return path


def settings(**values: Any) -> KafkaSettings:
    return KafkaSettings(kafka_bootstrap=BOOTSTRAP, **values)


def test_nothing_said_is_a_plain_connection() -> None:
    assert settings().kafka_client() == {"bootstrap_servers": BOOTSTRAP, "security_protocol": "PLAINTEXT"}


def test_a_user_signs_in_with_what_the_file_says(password: Path) -> None:
    client = settings(
        kafka_security_protocol="SASL_PLAINTEXT", kafka_user="atrium", kafka_password_file=password
    ).kafka_client()
    assert client == {
        "bootstrap_servers": BOOTSTRAP,
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "atrium",
        "sasl_plain_password": "correct horse",
    }


def test_encrypted_means_verified_by_name() -> None:
    context = settings(kafka_security_protocol="SSL").kafka_client()["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kafka_security_protocol": "SASL_SSL"}, "ATRIUM_KAFKA_USER is needed with SASL_SSL"),
        (
            {"kafka_security_protocol": "SASL_SSL", "kafka_user": "atrium"},
            "ATRIUM_KAFKA_PASSWORD_FILE is needed with SASL_SSL",
        ),
        ({"kafka_user": "atrium"}, "ATRIUM_KAFKA_USER has no effect"),
        ({"kafka_ca_file": "ca.pem"}, "ATRIUM_KAFKA_CA_FILE has no effect"),
        ({"kafka_security_protocol": "SSL", "kafka_key_file": "key.pem"}, "ATRIUM_KAFKA_CERTIFICATE_FILE is needed"),
        ({"kafka_security_protocol": "SSL", "kafka_ca_file": "nowhere.pem"}, "there is no file nowhere.pem"),
    ],
)
def test_what_does_not_fit_together_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        settings(**values)


def test_a_wrong_combination_stops_the_start_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"DATABASE_URL": "postgresql://db", "VIEWER_KEYS_DIR": "keys", "KAFKA_BOOTSTRAP": BOOTSTRAP}
    for name, value in {**told, "KAFKA_SECURITY_PROTOCOL": "SASL_SSL"}.items():
        monkeypatch.setenv(f"ATRIUM_{name}", value)
    with pytest.raises(SystemExit):
        load_settings(ServiceSettings)
    assert capsys.readouterr().err == "Cannot start: ATRIUM_KAFKA_USER is needed with SASL_SSL\n"
