"""Brings `.venv` up to date: a virtual environment, uv, the locked requirements with their hashes, our own packages.

Needs Python ≥ 3.11 alone. May be interrupted and repeated at any moment.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKED = ROOT / "requirements" / "dev.txt"
OUR_PACKAGES = (
    "libs/contracts",
    "libs/chassis",
    "libs/testkit",
    *(f"services/{name}" for name in ("gateway", "projects", "files", "threads", "reports")),
)


def main() -> None:
    started = time.monotonic()
    if sys.version_info < (3, 11):  # noqa: UP036  # may be run by any Python
        sys.exit(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Say which: make PYTHON=python3.12 …"
        )
    has_uv = (VENV / "bin" / "uv").exists()
    if not works("sys" if has_uv else "pip"):
        say("creating .venv")
        create()
    if not (VENV / "bin" / "uv").exists():
        say("installing uv")
        install_uv()
    say("installing the locked requirements")
    # Compiled once here, not by every process: they start in a third of the time and hold 5 MB less.
    uv("install", "--compile-bytecode", "--require-hashes", "-r", str(LOCKED))
    editable = [part for package in OUR_PACKAGES for part in ("-e", package)]
    uv("install", "--no-deps", "--no-build-isolation", *editable)
    (VENV / ".ready").touch()
    say(f"ready after {time.monotonic() - started:.0f} s")


def works(module: str) -> bool:
    """Whether our environment runs and has a module: a moved checkout leaves none, an interruption half of one."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no ensurepip: install it (Debian, Ubuntu: apt-get install python3-venv).")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_uv() -> None:
    """By pip, in the locked version with its hashes."""
    found = re.search(r"^uv==(?:.*\\\n)*.*\n", LOCKED.read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"uv is missing in {LOCKED}.")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(found.group())
        file.flush()
        run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", file.name])


def uv(*arguments: str) -> None:
    # The machine's own certificates, as pip uses them, for those behind a proxy.
    environment = {**os.environ, "UV_NATIVE_TLS": "1", "VIRTUAL_ENV": str(VENV)}
    run([VENV / "bin" / "uv", "pip", "-q", *arguments], environment)


def run(command: "list[str | Path]", environment: "dict[str, str] | None" = None) -> None:
    result = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if result.returncode != 0:
        sys.exit(result.returncode)


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
