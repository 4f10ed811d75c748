"""The catalogue test: what Postgres itself says about who may touch which table of a service."""

from collections.abc import Collection, Mapping
from typing import Any

import asyncpg
from atrium_chassis.migration import TECHNICAL_TABLES
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_testkit.provision import SIDES

TABLES = """
SELECT c.oid, c.relname, c.relkind::text, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) AS owner,
       coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false) AS invoker
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
GRANTS = """
SELECT DISTINCT coalesce(nullif(a.grantee, 0)::regrole::text, 'PUBLIC') AS grantee
FROM pg_class c,
     LATERAL (SELECT (aclexplode(c.relacl)).grantee
              UNION SELECT (aclexplode(t.attacl)).grantee FROM pg_attribute t WHERE t.attrelid = c.oid) a
WHERE c.oid = $1 AND a.grantee <> c.relowner
"""
POLICIES = """
SELECT polname, polcmd::text, polpermissive,
       ARRAY(SELECT coalesce(nullif(r, 0)::regrole::text, 'PUBLIC') FROM unnest(polroles) r) AS roles
FROM pg_policy WHERE polrelid = $1
"""
COLUMN = "SELECT attnotnull FROM pg_attribute WHERE attrelid = $1 AND attname = $2 AND NOT attisdropped"
UNIQUE_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, a.attname AS first
FROM pg_index i LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE i.indrelid = $1 AND i.indisunique
"""
FOREIGN_KEYS = """
SELECT k.conname AS name, mine.attname AS first, theirs.attname AS target, k.confrelid::regclass::text AS table
FROM pg_constraint k
JOIN pg_attribute mine ON mine.attrelid = k.conrelid AND mine.attnum = k.conkey[1]
JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = k.confkey[1]
WHERE k.conrelid = $1 AND k.contype = 'f'
"""
ROLES = "SELECT * FROM pg_roles WHERE rolname = ANY ($1::text[])"
DEFINERS = """
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""
PUBLIC_MAY_CONNECT = """
SELECT count(*) FROM pg_database d, LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
WHERE d.datname = current_database() AND a.grantee = 0
"""


async def assert_protected(
    connection: "str | asyncpg.Connection | AsyncConnection",
    service: str,
    *,
    provider_wide: Collection[str] = (),
    customer_columns: Mapping[str, str] | None = None,
    definers: Collection[str] = (),
) -> None:
    """Fails with everything that is not as architecture demands of a service's database.

    `connection`: a DSN, or an open connection, of the owner. `provider_wide`: tables that hold nothing of a customer.
    `customer_columns`: tables whose customer column has another name. `definers`: SECURITY DEFINER functions meant so.
    """
    allowed = frozenset(provider_wide), dict(customer_columns or {}), frozenset(definers)
    if isinstance(connection, str):
        raw = await asyncpg.connect(connection)
        try:
            faults = await _faults(raw, service, *allowed)
        finally:
            await raw.close()
    elif isinstance(connection, AsyncConnection):
        faults = await _faults((await connection.get_raw_connection()).driver_connection, service, *allowed)
    else:
        faults = await _faults(connection, service, *allowed)
    assert not faults, f"{service} is not protected:\n" + "\n".join(f"- {fault}" for fault in faults)


async def _faults(
    raw: Any, service: str, provider_wide: frozenset[str], customer_columns: dict[str, str], definers: frozenset[str]
) -> list[str]:
    faults = await _role_faults(raw, service)
    tables = await raw.fetch(TABLES)
    names = {table["relname"] for table in tables}
    faults += [f"{name} is listed as provider-wide but is not there" for name in sorted(provider_wide - names)]
    for table in tables:
        name = table["relname"]
        if table["owner"] != f"{service}_owner":
            faults.append(f"{name} belongs to {table['owner']}")
        if table["relkind"] in {"m", "f"} or (table["relkind"] == "v" and not table["invoker"]):
            faults.append(f"{name} is a view that row-level security does not reach")
        if table["relkind"] not in {"r", "p"} or name in TECHNICAL_TABLES:
            continue
        faults += await _table_faults(raw, service, table, is_provider_wide=name in provider_wide)
        if name not in provider_wide:
            faults += await _key_faults(raw, table, customer_columns.get(name, "customer_id"))
    found = {row["proname"] for row in await raw.fetch(DEFINERS)}
    faults += [f"function {name} is SECURITY DEFINER" for name in sorted(found - definers)]
    return faults


async def _role_faults(raw: Any, service: str) -> list[str]:
    roles = {
        row["rolname"]: row
        for row in await raw.fetch(ROLES, [f"{service}_{name}" for name in (*SIDES, "app", "owner")])
    }
    faults = [
        f"role {name} may {right[3:]}"
        for name, role in roles.items()
        for right in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
        if role[right]
    ]
    faults += [f"role {service}_{side} may log in" for side in SIDES if roles[f"{service}_{side}"]["rolcanlogin"]]
    if roles[f"{service}_app"]["rolinherit"]:
        faults.append(f"role {service}_app inherits")
    if await raw.fetchval(PUBLIC_MAY_CONNECT):
        faults.append("PUBLIC may connect to the database")
    return faults


async def _table_faults(raw: Any, service: str, table: Any, *, is_provider_wide: bool) -> list[str]:
    """Row-level security forced, and exactly one policy for each role that has any right, for that role alone.

    A provider-wide table may do without, as long as no customer and no link has any right on it.
    """
    name = table["relname"]
    if is_provider_wide and not table["relrowsecurity"]:
        granted = {row["grantee"] for row in await raw.fetch(GRANTS, table["oid"])}
        outsiders = granted - {f"{service}_provider", f"{service}_system"}
        return [f"{name} is granted to {role} without row-level security" for role in sorted(outsiders)]
    faults = (
        [] if table["relrowsecurity"] and table["relforcerowsecurity"] else [f"{name} has no FORCE ROW LEVEL SECURITY"]
    )
    sides = {f"{service}_{side}" for side in SIDES}
    granted = {row["grantee"] for row in await raw.fetch(GRANTS, table["oid"])}
    faults += [f"{name} is granted to {role}" for role in sorted(granted - sides)]
    policies = await raw.fetch(POLICIES, table["oid"])
    by_role: dict[str, int] = {}
    for policy in policies:
        if len(policy["roles"]) != 1 or not policy["polpermissive"] or policy["polcmd"] != "*":
            faults.append(f"{name}: policy {policy['polname']} is not one for all commands of one role")
        for role in policy["roles"]:
            by_role[role] = by_role.get(role, 0) + 1
    for role in sorted(granted | set(by_role)):
        if role in granted and by_role.get(role, 0) != 1:
            faults.append(f"{name}: {by_role.get(role, 0)} policies for {role}, which has rights")
        if role not in granted:
            faults.append(f"{name}: a policy for {role}, which has no right")
    return faults


async def _key_faults(raw: Any, table: Any, column: str) -> list[str]:
    name, oid = table["relname"], table["oid"]
    if not await raw.fetchval(COLUMN, oid, column):
        return [f"{name} has no {column} NOT NULL"]
    unique = await raw.fetch(UNIQUE_INDEXES, oid)
    faults = [] if unique else [f"{name} has no primary key"]
    faults += [f"{name}: {index['name']} does not begin with {column}" for index in unique if index["first"] != column]
    for key in await raw.fetch(FOREIGN_KEYS, oid):
        if key["first"] != column or not (key["target"] == "customer_id" or key["table"] == "customer"):
            faults.append(f"{name}: foreign key {key['name']} does not begin with {column}")
    return faults
