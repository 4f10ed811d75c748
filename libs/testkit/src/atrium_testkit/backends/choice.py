"""Which servers: `ATRIUM_BACKENDS=local|docker|external`."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from atrium_testkit.backends.external import given
from atrium_testkit.backends.local import LocalBackends, WantedPorts
from atrium_testkit.ports import Ports
from atrium_testkit.supervisor import Supervisor

CHOICES = ("local", "docker", "external")


def choice() -> str:
    chosen = os.environ.get("ATRIUM_BACKENDS") or "local"
    if chosen not in CHOICES:
        raise SystemExit(f"ATRIUM_BACKENDS is {chosen!r}; it may be {', '.join(CHOICES)}.")
    return chosen


def start(
    kinds: Iterable[str],
    state: Path,
    supervisor: Supervisor,
    ports: Ports,
    *,
    wanted: WantedPorts,
    throw_away: bool,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Start what is asked for, or take what is given; endpoints by kind."""
    chosen = choice()
    if chosen == "external":
        return given(kinds)
    if chosen == "docker":
        from atrium_testkit.backends.docker import DockerBackends  # noqa: PLC0415  # needs an engine

        return DockerBackends(state, supervisor, ports).start(kinds)
    return LocalBackends(state, supervisor, ports, wanted, throw_away, tell).start(kinds)
