"""`make up` and `make down` as commands: complete endpoints, nothing left behind, and always a next time."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from atrium_testkit.backends.postgres import remove
from atrium_testkit.paths import scratch_dir
from atrium_testkit.services import SERVICES


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder of its own, told that the demo is seeded: that would take too long here."""
    folder = scratch_dir("atrium-up-")
    (folder / "seeded").touch()
    yield folder
    command(folder, "down")
    remove(folder)
    shutil.rmtree(folder)


def command(state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "atrium_testkit", *arguments],
        env={**os.environ, "ATRIUM_STATE": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )


def children_of(state: Path) -> list[psutil.Process]:
    return psutil.Process(int((state / "supervisor.pid").read_text())).children(recursive=True)


def all_gone(processes: list[psutil.Process], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.timeout(300)
def test_up_down_and_up_again_after_a_kill(state: Path) -> None:
    result = command(state, "up", "--detach")
    assert result.returncode == 0, result.stdout + result.stderr
    endpoints = json.loads((state / "endpoints.json").read_text())
    assert (state / "endpoints.json").stat().st_mode & 0o777 == 0o600
    assert set(endpoints) == {"portal", "services", "kafka", "object_store", "postgres", "mail"}
    assert set(endpoints["postgres"]) == set(SERVICES)
    for url in endpoints["services"].values():
        with urllib.request.urlopen(f"{url}/readyz") as response:  # noqa: S310  # our own address
            assert response.status == 200
    children = children_of(state)
    assert sum(child.memory_info().rss for child in children) < 1.5 * 1024**3

    os.kill(int((state / "supervisor.pid").read_text()), signal.SIGKILL)
    assert all_gone(children, 5)

    assert command(state, "up", "--detach").returncode == 0
    children = children_of(state)
    assert command(state, "down").returncode == 0
    assert all_gone(children, 1)
    assert not (state / "supervisor.pid").exists()


@pytest.mark.timeout(300)
def test_an_interruption_while_starting_leaves_nothing_running(state: Path) -> None:
    starting = subprocess.Popen(
        [sys.executable, "-m", "atrium_testkit", "up"],
        env={**os.environ, "ATRIUM_STATE": str(state)},
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not any((state / "logs").glob("*.log")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    children = psutil.Process(starting.pid).children(recursive=True)
    starting.send_signal(signal.SIGINT)
    assert starting.wait(timeout=20) == 0
    assert all_gone(children, 1)


def test_who_asks_for_a_link_while_nothing_runs_is_told_what_to_do(state: Path) -> None:
    result = command(state, "sign-in", "nora@nordwind.example")
    assert result.returncode != 0
    assert "make up" in result.stderr
