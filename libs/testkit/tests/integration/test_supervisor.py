"""Children end with their parent, however it ends, and stop in order and in time."""

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest
from atrium_testkit.backends.local import LocalBackends, WantedPorts
from atrium_testkit.paths import scratch_dir
from atrium_testkit.ports import LOOPBACK, Ports
from atrium_testkit.supervisor import ChildFailed, ChildSpec, Supervisor

PARENT = """
import sys, time
from pathlib import Path
from atrium_testkit.backends.local import LocalBackends, WantedPorts
from atrium_testkit.ports import Ports
from atrium_testkit.supervisor import Supervisor
state = Path(sys.argv[1])
LocalBackends(state, Supervisor(state / "logs"), Ports(), WantedPorts(), True, lambda text: None).start()
print("ready", flush=True)
time.sleep(600)
"""


def until(condition: Callable[[], bool], seconds: float) -> float:
    """How long it took; fails after the deadline."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - started


@pytest.fixture
def state() -> Iterator[Path]:
    folder = scratch_dir("atrium-supervisor-")
    yield folder
    shutil.rmtree(folder)


def sleeper(name: str, code: str = "import time; time.sleep(600)", **options: object) -> ChildSpec:
    return ChildSpec(name=name, command=[sys.executable, "-c", code], ready=lambda: True, **options)  # type: ignore[arg-type]


def test_kill_9_of_the_parent_leaves_no_server(state: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(state)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    names = " ".join(" ".join(child.cmdline()[:1]) for child in children)
    assert all(name in names for name in ("postgres", "java", "versitygw", "python"))
    parent.kill()
    parent.wait()
    gone = lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)  # noqa: E731
    until(gone, 5)


def test_state_survives_a_stop_and_a_start(state: Path) -> None:
    def start() -> tuple[LocalBackends, str]:
        backends = LocalBackends(state, Supervisor(state / "logs"), Ports(), WantedPorts(), False, lambda _text: None)
        return backends, str(backends.start(["postgres"])["postgres"])

    backends, dsn = start()
    psql(dsn, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (42)")
    started = time.monotonic()
    assert backends.supervisor.stop() == []
    assert time.monotonic() - started < 2
    backends, dsn = start()
    assert psql(dsn, "SELECT id FROM kept") == [42]
    backends.supervisor.stop()


def psql(dsn: str, statement: str) -> list[int]:
    async def run() -> list[int]:
        connection = await asyncpg.connect(dsn)
        try:
            if not statement.startswith("SELECT"):
                await connection.execute(statement)
                return []
            return [row[0] for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return asyncio.run(run())


def test_a_taken_port_gives_the_next_free_one_and_says_so() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        ports = Ports()
        given = ports.take(wanted)
        assert given > wanted
        assert ports.moved == [(wanted, given)]
        assert ports.take(given) != given


def test_a_child_that_ends_at_once_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path)
    spec = ChildSpec(
        "broken", [sys.executable, "-c", "print('no such file'); raise SystemExit(3)"], ready=lambda: False
    )
    with pytest.raises(ChildFailed, match=r"(?s)broken ended with 3.*no such file"):
        supervisor.start(spec).wait_ready()


def test_who_does_not_stop_is_killed_with_all_it_started(tmp_path: Path) -> None:
    stubborn = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True);"
        "time.sleep(600)"
    )
    supervisor = Supervisor(tmp_path)
    child = supervisor.start(sleeper("stubborn", stubborn))
    obedient = supervisor.start(sleeper("obedient"))
    until(lambda: child.log_tail().strip().isdigit(), 10)
    grandchild = int(child.log_tail())
    started = time.monotonic()
    assert supervisor.stop(seconds=0.5) == ["stubborn"]
    assert time.monotonic() - started < 2
    assert obedient.exit_code() == -signal.SIGTERM
    until(lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == psutil.STATUS_ZOMBIE, 2)


def test_lines_come_with_their_prefix_and_stay_in_the_log(tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []
    supervisor = Supervisor(tmp_path, lambda name, line: said.append((name, line)))
    supervisor.start(sleeper("talker", "print('one'); print('two', flush=True); import time; time.sleep(600)"))
    until(lambda: len(said) == 2, 10)
    assert said == [("talker", "one"), ("talker", "two")]
    assert (tmp_path / "talker.log").read_text() == "one\ntwo\n"
    supervisor.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel binds children to a thread on Linux alone")
def test_children_may_only_be_started_where_they_are_bound(tmp_path: Path) -> None:
    problems: list[Exception] = []

    def start() -> None:
        try:
            Supervisor(tmp_path).start(sleeper("never"))
        except RuntimeError as error:
            problems.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert len(problems) == 1
