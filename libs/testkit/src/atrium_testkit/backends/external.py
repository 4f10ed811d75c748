"""Servers that somebody else runs, given by the environment (ATRIUM_TEST_…)."""

import os
from collections.abc import Iterable
from typing import Any

from atrium_testkit.endpoints import BUCKET, REGION, Mail, ObjectStore

PREFIX = "ATRIUM_TEST_"


def given(kinds: Iterable[str]) -> dict[str, Any]:
    """Endpoints from the environment. Raises SystemExit naming the first variable that is missing."""
    readers = {"postgres": _postgres, "kafka": _kafka, "object_store": _object_store, "mail": _mail}
    return {kind: readers[kind]() for kind in kinds}


def _required(name: str) -> str:
    value = os.environ.get(PREFIX + name)
    if not value:
        raise SystemExit(f"ATRIUM_BACKENDS=external needs {PREFIX}{name}.")
    return value


def _postgres() -> str:
    return _required("POSTGRES_ADMIN_DSN")


def _kafka() -> str:
    return _required("KAFKA_BOOTSTRAP")


def _object_store() -> ObjectStore:
    access, secret = _required("S3_ACCESS_KEY"), _required("S3_SECRET_KEY")
    return ObjectStore(
        url=_required("S3_URL"),
        access_key=access,
        secret_key=secret,
        upload_access_key=os.environ.get(PREFIX + "S3_UPLOAD_ACCESS_KEY", access),
        upload_secret_key=os.environ.get(PREFIX + "S3_UPLOAD_SECRET_KEY", secret),
        region=os.environ.get(PREFIX + "S3_REGION", REGION),
        bucket=os.environ.get(PREFIX + "S3_BUCKET", BUCKET),
    )


def _mail() -> Mail:
    host, _, port = _required("SMTP").partition(":")
    return Mail(smtp_host=host, smtp_port=int(port or 25), url=_required("MAIL_URL"))
