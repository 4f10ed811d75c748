"""`make up` and `make down`: the whole system from the state folder `.atrium`, in the foreground or behind."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from atrium_testkit import console, demo_people, frontend
from atrium_testkit.backends import postgres
from atrium_testkit.paths import repository, write_private
from atrium_testkit.supervisor import ChildFailed, Supervisor
from atrium_testkit.system import System

DATA = ("postgres", "kafka", "object_store")
WATCH_SECONDS = 0.5
DETACHED_SECONDS = 600.0
DOWN_SECONDS = 15.0


def state_dir() -> Path:
    return Path(os.environ.get("ATRIUM_STATE") or repository() / ".atrium")


class Stopped(BaseException):
    """A signal asked us to stop; raised wherever the main thread is."""


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # once is enough: what runs is stopped in order
    raise Stopped


@contextlib.contextmanager
def _only_one(state: Path) -> Iterator[None]:
    """The state folder belongs to one supervisor; given back by the kernel when it ends, however it ends."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("Atrium is already starting or running here: `make down` stops it.") from None
        yield


def is_running(state: Path) -> bool:
    if not (state / "lock").exists():
        return False
    with (state / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def up() -> int:
    """In the foreground until a signal comes or a service cannot be kept alive."""
    state = state_dir()
    with _only_one(state):
        (state / "ready").unlink(missing_ok=True)
        write_private(state / "supervisor.pid", str(os.getpid()))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _raise_stopped)
        progress = console.Progress()
        system = System(state, Supervisor(state / "logs", console.echo), progress.tell, throw_away=False)
        try:
            _start(system, progress)
            _keep(system)
        except Stopped:
            progress.tell("stopping")
        except ChildFailed as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            unclean = system.stop()
            (state / "ready").unlink(missing_ok=True)
            (state / "supervisor.pid").unlink(missing_ok=True)
            progress.tell(f"stopped{' (killed: ' + ', '.join(unclean) + ')' if unclean else ''}")
    return 0


def _forget_half_a_demo(state: Path) -> None:
    """Seeding was interrupted: the data are of no use to anybody, and are made again from the start."""
    if (state / "seeding").exists():
        postgres.remove(state)
        for name in DATA:
            shutil.rmtree(state / name, ignore_errors=True)
        (state / "mail.jsonl").unlink(missing_ok=True)
        (state / "seeding").unlink()


def _start(system: System, progress: console.Progress) -> None:
    _forget_half_a_demo(system.state)
    frontend.build(progress.tell)
    system.start()
    seeded = system.state / "seeded"
    write_private(system.state / "endpoints.json", json.dumps(system.endpoints(demo_people.SLUGS), indent=1))
    if not seeded.exists():
        progress.tell("seeding the demo")
        (system.state / "seeding").touch()
        demo_people.seed_demo(system)
        (system.state / "seeding").rename(seeded)
    progress.tell("ready")
    console.show_addresses(
        system.endpoints(demo_people.SLUGS), demo_people.sign_in_links(system.environment("gateway"))
    )
    (system.state / "ready").write_text(str(os.getpid()))


def _keep(system: System) -> None:
    """Watch over the children; a service that ends is started again, a backing server that ends ends all."""
    while True:
        time.sleep(WATCH_SECONDS)
        child = system.supervisor.ended()
        if child is None:
            continue
        name, code = child.spec.name, child.exit_code()
        if name not in system.children:
            raise ChildFailed(f"{name} ended with {code}:\n{child.log_tail()}")
        system.tell(f"{name} ended with {code}: starting it again")
        system.supervisor.children.remove(child)
        system.start_service(name).wait_ready()
        system.tell(f"{name} is back")


def up_detached() -> int:
    """Start a supervisor that stays, show what it says until it is ready, and return."""
    state = state_dir()
    if is_running(state) and (state / "ready").exists():
        sys.stdout.write("Atrium already runs here.\n")
        console.show_addresses(json.loads((state / "endpoints.json").read_text()), {})
        return 0
    (state / "logs").mkdir(parents=True, exist_ok=True)
    (state / "ready").unlink(missing_ok=True)
    log = state / "logs" / "up.log"
    with log.open("wb") as output:
        supervisor = subprocess.Popen(
            [sys.executable, "-u", "-m", "atrium_testkit", "up"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return _follow(supervisor, log, state / "ready")
    except KeyboardInterrupt:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(timeout=DOWN_SECONDS)
        return 130


def _follow(supervisor: "subprocess.Popen[bytes]", log: Path, ready: Path) -> int:
    deadline = time.monotonic() + DETACHED_SECONDS
    with log.open(errors="replace") as said:
        while time.monotonic() < deadline:
            done = ready.exists()
            code = supervisor.poll()
            sys.stdout.write("".join(line for line in said if not console.is_service_line(line)))
            sys.stdout.flush()
            if done:
                return 0
            if code is not None:
                return code or 1
            time.sleep(0.1)
    supervisor.send_signal(signal.SIGTERM)
    sys.stderr.write(f"Not ready in {DETACHED_SECONDS:.0f} s; see {log}\n")
    return 1


def down() -> int:
    """Stop what runs here; the data stay."""
    state = state_dir()
    if not is_running(state):
        sys.stdout.write("Nothing runs here.\n")
        return 0
    pid = int((state / "supervisor.pid").read_text())
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + DOWN_SECONDS
    while is_running(state):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)  # its children end with it
            break
        time.sleep(0.05)
    sys.stdout.write("Stopped; the data stay in .atrium (make reset deletes them).\n")
    return 0


def reset() -> int:
    """Stop, and delete the local data."""
    down()
    state = state_dir()
    postgres.remove(state)
    shutil.rmtree(state, ignore_errors=True)
    sys.stdout.write("The local data are deleted.\n")
    return 0
