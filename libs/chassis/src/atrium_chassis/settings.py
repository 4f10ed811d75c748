"""Settings from the environment, each as `ATRIUM_<NAME>`. A wrong one stops the start with one line."""

import socket
import sys
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from atrium_chassis.kafka import KafkaSettings


class ServiceSettings(KafkaSettings):
    """What every service is told; a service's own settings extend this."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    database_url: str = Field(description="Postgres DSN of the service's app role, pooled or direct.")
    database_direct_url: str = Field(
        "", description="The same without a pooler, for LISTEN and advisory locks; empty: database_url."
    )
    database_owner_url: str = Field("", description="Postgres DSN of the owner role; only `migrate` needs it.")
    database_pool_size: int = Field(8, ge=1, le=200, description="Connections held by one process.")
    viewer_keys_dir: Path = Field(description="Folder of public keys (*.pem) that viewer tokens may be signed with.")
    otlp_endpoint: str = Field("", description="OTLP/HTTP collector, for example http://collector:4318; empty: off.")
    trace_sampling: float = Field(0.01, ge=0, le=1, description="Share of traces that are recorded.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")
    replica: str = Field(
        default_factory=socket.gethostname,
        description="Name of this replica, stable over restarts; left out: the host's.",
    )
    outbox_shards: int = Field(4, ge=1, le=64, description="Shards of the outbox; the same for all replicas.")

    @property
    def direct_url(self) -> str:
        return self.database_direct_url or self.database_url


SettingsT = TypeVar("SettingsT", bound=ServiceSettings)


def load_settings(kind: type[SettingsT]) -> SettingsT:
    """Read the settings; on a wrong one, say which on one line and exit with status 2."""
    try:
        return kind()
    except ValidationError as error:
        faults = "; ".join(_fault(fault["loc"], fault["msg"]) for fault in error.errors())
        sys.stderr.write(f"Cannot start: {faults}\n")
        raise SystemExit(2) from None


def _fault(location: tuple[int | str, ...], message: str) -> str:
    """A fault of several settings together names them itself."""
    if not location:
        return message.removeprefix("Value error, ")
    return f"ATRIUM_{'_'.join(str(part) for part in location).upper()}: {message}"
