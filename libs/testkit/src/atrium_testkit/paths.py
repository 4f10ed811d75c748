"""Where downloads, copies and state are kept."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

DEMO_LOGOS = Path(__file__).parent / "demo" / "assets"


def repository() -> Path:
    """The checkout that this package is installed from (it is only ever installed editable)."""
    return Path(__file__).resolve().parents[4]


def cache_dir() -> Path:
    """What is downloaded or built once per user."""
    base = os.environ.get("ATRIUM_CACHE") or os.environ.get("XDG_CACHE_HOME")
    root = Path(base) if base else Path.home() / ".cache"
    folder = root if os.environ.get("ATRIUM_CACHE") else root / "atrium"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scratch_dir(prefix: str) -> Path:
    """A new folder for throw-away data, in memory where the machine offers that."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and _free_bytes(memory) > 2 * 1024**3
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=memory if roomy else None))
    folder.chmod(0o711)  # servers that run as another user must be able to pass through
    return folder


def _free_bytes(folder: Path) -> int:
    stats = os.statvfs(folder)
    return stats.f_bavail * stats.f_frsize


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Held by one process at a time; given back when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(name).replace(path)
