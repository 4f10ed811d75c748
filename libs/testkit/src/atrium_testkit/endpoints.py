"""What a user of the backing servers gets to know: addresses and keys, never processes."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from atrium_testkit.paths import write_private

BUCKET = "atrium"
REGION = "us-east-1"


@dataclass(frozen=True)
class ObjectStore:
    url: str
    access_key: str
    secret_key: str
    upload_access_key: str
    upload_secret_key: str
    region: str = REGION
    bucket: str = BUCKET


@dataclass(frozen=True)
class Mail:
    """Where mails go (SMTP), and where they can be read (`url`, `url`/messages.json)."""

    smtp_host: str
    smtp_port: int
    url: str


@dataclass(frozen=True)
class Endpoints:
    postgres_admin_dsn: str
    kafka_bootstrap: str
    s3: ObjectStore
    mail: Mail

    @property
    def smtp_host(self) -> str:
        return self.mail.smtp_host

    @property
    def smtp_port(self) -> int:
        return self.mail.smtp_port

    @property
    def mail_url(self) -> str:
        return self.mail.url

    def save(self, path: Path) -> None:
        write_private(path, json.dumps(asdict(self), indent=1))

    @classmethod
    def load(cls, path: Path) -> "Endpoints":
        return cls.from_dict(json.loads(path.read_text()))

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Endpoints":
        return cls(
            postgres_admin_dsn=values["postgres_admin_dsn"],
            kafka_bootstrap=values["kafka_bootstrap"],
            s3=ObjectStore(**values["s3"]),
            mail=Mail(**values["mail"]),
        )
