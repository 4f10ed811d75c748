"""What an administrator prepares once per service: its roles and its database. Everything here may be repeated.

Of a service `<svc>`: `<svc>_owner` owns the database and migrates; `<svc>_app` logs in and has no rights of its own,
but may take on, for one transaction, `<svc>_provider`, `<svc>_customer`, `<svc>_link` or `<svc>_system`. Nobody else
may connect.
"""

import hashlib
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
from atrium_chassis.migration import upgrade

SIDES = ("provider", "customer", "link", "system")
LOCK = 7_402_112  # roles belong to the whole cluster: one provisioning at a time


@dataclass(frozen=True)
class DatabaseUrls:
    """`app` may go through a pooler, `direct` never does, `owner` migrates."""

    app: str
    direct: str
    owner: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


async def provision(admin_dsn: str, service: str, database: str | None = None) -> DatabaseUrls:
    """Roles and database of a service; `database` is its name where it is not the service's."""
    name = database or service
    owner, app = f"{service}_owner", f"{service}_app"
    admin = await asyncpg.connect(admin_dsn)
    try:
        await admin.execute("SELECT pg_advisory_lock($1)", LOCK)
        await _create_roles(admin, admin_dsn, service)
        if not await admin.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
            await admin.execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
        await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{owner}", "{app}"')
    finally:
        await admin.close()
    await _close_public_schema(_dsn(admin_dsn, None, name))
    app_dsn = _dsn(admin_dsn, app, name)
    return DatabaseUrls(app=app_dsn, direct=app_dsn, owner=_dsn(admin_dsn, owner, name))


async def migrate(urls: DatabaseUrls, service: str) -> None:
    """The service's own Alembic revisions, as its owner role."""
    await upgrade(urls.owner, f"atrium_{service}")


async def drop(admin_dsn: str, database: str) -> None:
    admin = await asyncpg.connect(admin_dsn)
    try:
        await admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    finally:
        await admin.close()


async def _create_roles(admin: asyncpg.Connection, admin_dsn: str, service: str) -> None:
    known = {row["rolname"] for row in await admin.fetch("SELECT rolname FROM pg_roles")}
    for side in SIDES:
        if f"{service}_{side}" not in known:
            await admin.execute(f'CREATE ROLE "{service}_{side}" NOLOGIN NOBYPASSRLS NOSUPERUSER')
    # Postgres 15 lets the owner of a database create in its schema `public` only where the role inherits.
    for login, inherits in (("owner", "INHERIT"), ("app", "NOINHERIT")):
        role = f"{service}_{login}"
        if role not in known:
            await admin.execute(f'CREATE ROLE "{role}" LOGIN {inherits} NOBYPASSRLS NOSUPERUSER')
            await admin.execute(f"ALTER ROLE \"{role}\" PASSWORD '{password(admin_dsn, role)}'")
    sides = ", ".join(f'"{service}_{side}"' for side in SIDES)
    await admin.execute(f'GRANT {sides} TO "{service}_app"')


async def _close_public_schema(dsn: str) -> None:
    """Only who is granted it by a migration may use the schema; its owner is the database's owner."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    finally:
        await connection.close()


def password(admin_dsn: str, role: str) -> str:
    """Derived from the administrator's, so that nothing more has to be stored and repeating it changes nothing."""
    return hashlib.sha256(f"{urlsplit(admin_dsn).password}/{role}".encode()).hexdigest()[:40]


def _dsn(admin_dsn: str, role: str | None, database: str) -> str:
    """The administrator's DSN for another database and, where given, another role."""
    parts = urlsplit(admin_dsn)
    host = parts.netloc.rpartition("@")[2]
    netloc = parts.netloc if role is None else f"{role}:{quote(password(admin_dsn, role), safe='')}@{host}"
    return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))
