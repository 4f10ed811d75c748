"""Child processes that end with us: started from the main thread, probed until ready, logged, stopped in order."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

GUARD = Path(__file__).with_name("guard.py")
POLL_SECONDS = 0.05
STOP_SECONDS = 2.0

Echo = Callable[[str, str], None]


class ChildFailed(RuntimeError):
    """A child ended or did not become ready; the message says which, and the end of its log."""


@dataclass(frozen=True)
class ChildSpec:
    """`ready` raises, or returns False, until the child can be used. `death_signal` is sent when we die."""

    name: str
    command: Sequence[str]
    ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    user: tuple[int, int] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    ready_seconds: float = 60.0
    #: Exit codes that are as good as 0 after we asked it to stop.
    clean_codes: frozenset[int] = frozenset({0, -signal.SIGTERM, -signal.SIGINT, 128 + signal.SIGTERM})


class Child:
    """One running child and its log file `<logs>/<name>.log`."""

    def __init__(self, spec: ChildSpec, logs: Path, echo: Echo | None = None) -> None:
        if sys.platform == "linux" and threading.current_thread() is not threading.main_thread():
            raise RuntimeError("children are bound to the thread that starts them: start them from the main thread")
        self.spec = spec
        self.log_path = logs / f"{spec.name}.log"
        logs.mkdir(parents=True, exist_ok=True)
        self.started_at = time.monotonic()
        with self.log_path.open("wb") as log:
            self._process = subprocess.Popen(
                self._command(),
                env={**os.environ, **spec.environment},
                cwd=spec.cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if echo else log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop the children in order
            )
        if echo is not None and self._process.stdout is not None:
            threading.Thread(target=self._copy, args=(self._process.stdout, echo), daemon=True).start()

    def _command(self) -> list[str]:
        user, group = self.spec.user or (-1, -1)
        binding = [str(os.getpid()), str(int(self.spec.death_signal)), str(user), str(group)]
        return [sys.executable, "-I", "-S", str(GUARD), *binding, *self.spec.command]

    def _copy(self, pipe: IO[bytes], echo: Echo) -> None:
        with self.log_path.open("ab", buffering=0) as log:
            for line in pipe:
                log.write(line)
                echo(self.spec.name, line.decode("utf-8", "replace").rstrip("\n"))

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_code(self) -> int | None:
        return self._process.poll()

    def wait_ready(self) -> float:
        """Seconds from start to ready. Raises ChildFailed."""
        deadline = self.started_at + self.spec.ready_seconds
        reason = "is not ready"
        while time.monotonic() < deadline:
            if self.exit_code() is not None:
                raise ChildFailed(f"{self.spec.name} ended with {self.exit_code()}:\n{self.log_tail()}")
            try:
                if self.spec.ready():
                    return time.monotonic() - self.started_at
            except Exception as error:  # whatever a client raises while its server is not up yet
                reason = f"{type(error).__name__}: {error}"
            time.sleep(POLL_SECONDS)
        raise ChildFailed(
            f"{self.spec.name} not ready in {self.spec.ready_seconds:.0f} s ({reason}):\n{self.log_tail()}"
        )

    def log_tail(self, lines: int = 12) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-lines:])
        return ""

    def ask_to_stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(self.spec.stop_signal)

    def await_end(self, deadline: float) -> bool:
        """True when it ended cleanly by itself; what is still there at the deadline is killed with all it started."""
        try:
            code = self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return code in self.spec.clean_codes

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Supervisor:
    """All children of this process."""

    def __init__(self, logs: Path, echo: Echo | None = None) -> None:
        self._logs = logs
        self._echo = echo
        self.children: list[Child] = []
        self._closing: list[Callable[[], None]] = []

    def on_stop(self, close: Callable[[], None]) -> None:
        """For what is no child of this process, such as a container: called once, after the children ended."""
        self._closing.append(close)

    def start(self, spec: ChildSpec, *, echoed: bool = True) -> Child:
        child = Child(spec, self._logs, self._echo if echoed else None)
        self.children.append(child)
        return child

    def ended(self) -> Child | None:
        """A child that ended without being asked to."""
        return next((child for child in self.children if child.exit_code() is not None), None)

    def stop(self, seconds: float = STOP_SECONDS) -> list[str]:
        """Stop all that still run, at once; names of those that had to be killed or failed while stopping."""
        unclean = self._stop_these(self.children, seconds)
        self.children.clear()
        while self._closing:
            self._closing.pop()()
        return unclean

    def stop_in_order(self, first: set[str], *, first_seconds: float) -> list[str]:
        """Those named first, then what they stand on."""
        unclean = self._stop_these([child for child in self.children if child.spec.name in first], first_seconds)
        return [*unclean, *self.stop()]

    def _stop_these(self, children: Iterable[Child], seconds: float) -> list[str]:
        running = [child for child in children if child.exit_code() is None]
        for child in running:
            child.ask_to_stop()
        deadline = time.monotonic() + seconds
        return [child.spec.name for child in running if not child.await_end(deadline)]
