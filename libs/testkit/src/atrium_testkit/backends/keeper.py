"""Servers shared by several test processes: kept by one process for as long as the test run's first process lives.

    python -m atrium_testkit.backends.keeper KIND FOLDER PID

starts servers of one kind, writes FOLDER/KIND.endpoint, and stops them when process PID has ended, or on SIGTERM.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from atrium_testkit.backends.choice import choice, start
from atrium_testkit.backends.external import given
from atrium_testkit.backends.local import WantedPorts
from atrium_testkit.paths import file_lock, write_private
from atrium_testkit.ports import Ports
from atrium_testkit.supervisor import Supervisor

START_SECONDS = 400.0
STOP_SECONDS = 5.0


def shared(kind: str, folder: Path, while_pid: int) -> Any:
    """The endpoint of a kind for this test run as plain JSON values, started by whoever asks first."""
    if choice() == "external":
        return _plain(given([kind])[kind])
    answer = folder / f"{kind}.endpoint"
    with file_lock(folder / f"{kind}.lock"):
        if not answer.exists():
            _spawn(kind, folder, while_pid, answer)
    return json.loads(answer.read_text())


def _spawn(kind: str, folder: Path, while_pid: int, answer: Path) -> None:
    log = folder / f"{kind}.keeper.log"
    command = [sys.executable, "-m", "atrium_testkit.backends.keeper", kind, str(folder), str(while_pid)]
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    (folder / f"{kind}.keeper").write_text(str(keeper.pid))
    deadline = time.monotonic() + START_SECONDS
    while not answer.exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{kind} did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.02)


def stop_all(folder: Path) -> None:
    """Ask all keepers of a run to stop, and wait until they did."""
    keepers = [int(path.read_text()) for path in folder.rglob("*.keeper")]
    for pid in keepers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while any(_alive(pid) for pid in keepers) and time.monotonic() < deadline:
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # ours, where this process was the one that asked first
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def keep(kind: str, folder: Path, while_pid: int) -> None:
    stopping, wake = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: os.close(wake))
    supervisor = Supervisor(folder / "logs")
    try:
        endpoint = _start(kind, folder, supervisor)
        write_private(folder / f"{kind}.endpoint", json.dumps(_plain(endpoint)))
        _await_end(while_pid, stopping)
    finally:
        supervisor.stop()


def _start(kind: str, folder: Path, supervisor: Supervisor) -> Any:
    return start([kind], folder, supervisor, Ports(), wanted=WantedPorts(), throw_away=True, tell=print)[kind]


def _plain(endpoint: Any) -> Any:
    return asdict(endpoint) if is_dataclass(endpoint) and not isinstance(endpoint, type) else endpoint


def _await_end(pid: int, stopping: int) -> None:
    """Until the process has ended, or the pipe was closed by a signal."""
    if hasattr(os, "pidfd_open"):
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return
        select.select([process, stopping], [], [])
        return
    while not select.select([stopping], [], [], 0.5)[0]:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return


if __name__ == "__main__":
    keep(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
