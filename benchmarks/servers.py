"""The servers of a benchmark: real ones, on free ports, gone afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from atrium_testkit.backends.choice import start
from atrium_testkit.backends.local import WantedPorts
from atrium_testkit.demo_people import seed_demo
from atrium_testkit.paths import scratch_dir
from atrium_testkit.ports import Ports
from atrium_testkit.supervisor import Supervisor
from atrium_testkit.system import System


@contextmanager
def backing_servers(*kinds: str) -> Iterator[dict[str, Any]]:
    """Endpoints by kind: `postgres`, `kafka`, `object_store`, `mail`."""
    folder = scratch_dir("atrium-bench-")
    supervisor = Supervisor(folder / "logs")
    try:
        yield start(kinds, folder, supervisor, Ports(), wanted=WantedPorts(), throw_away=True, tell=print)
    finally:
        supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def demo_system() -> Iterator[System]:
    """All of Atrium with the demo's story in it."""
    folder = scratch_dir("atrium-bench-")
    system = System(folder / "system", Supervisor(folder / "logs"), tell=print)
    try:
        system.start()
        seed_demo(system)
        yield system
    finally:
        system.stop()
        shutil.rmtree(folder, ignore_errors=True)
