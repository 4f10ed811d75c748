"""What Alembic revisions of every service use: technical tables, row-level security, and the way to run them.

Roles of a service `<svc>` are made by provisioning, not here: `<svc>_owner` migrates, `<svc>_app` logs in without
rights of its own and takes on `<svc>_provider`, `_customer`, `_link` or `_system` for one transaction at a time.
"""

from importlib import resources
from typing import Literal

from alembic import command, context, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from atrium_chassis.database import sqlalchemy_url
from atrium_chassis.folding import CAPITALS
from atrium_chassis.telemetry import log

Role = Literal["provider", "customer", "link", "system"]
Grant = str | tuple[str, str]

ROLES: tuple[Role, ...] = ("provider", "customer", "link", "system")
MIGRATION_LOCK = 7_402_113  # any number, the same for all replicas of a service

# Stable SQL functions are inlined, so a policy that compares with them is served by the index on customer_id.
SCOPE = """
CREATE SCHEMA IF NOT EXISTS atrium;
CREATE FUNCTION atrium.customer() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('atrium.customer', true), '')::uuid $$;
CREATE FUNCTION atrium.person() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('atrium.person', true), '')::uuid $$;
CREATE FUNCTION atrium.report() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('atrium.report', true), '')::uuid $$;
CREATE FUNCTION atrium.preview() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT coalesce(current_setting('atrium.preview', true), '') <> '' $$;
CREATE FUNCTION atrium.all_projects() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT current_setting('atrium.projects', true) = 'all' $$;
CREATE FUNCTION atrium.projects() RETURNS uuid[] LANGUAGE sql STABLE
  AS $$ SELECT CASE WHEN coalesce(current_setting('atrium.projects', true), '') IN ('', 'all')
                    THEN '{}'::uuid[] ELSE current_setting('atrium.projects', true)::uuid[] END $$;
"""

TECHNICAL = """
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shard smallint NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  headers jsonb NOT NULL,
  value text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_by_shard ON outbox (shard, id);
CREATE TABLE subject_revision (
  subject text PRIMARY KEY,
  epoch bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE TABLE inbox (
  event_id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_by_time ON inbox (received_at);
CREATE TABLE dead_letter (
  event_id text PRIMARY KEY,
  topic text NOT NULL,
  key text,
  headers jsonb NOT NULL,
  value text NOT NULL,
  code text NOT NULL,
  pointers jsonb NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz
);
CREATE TABLE epoch (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bigint NOT NULL
);
INSERT INTO epoch (epoch) VALUES (1);
CREATE TABLE idempotency (
  customer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  body_hash bytea NOT NULL,
  answer jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, person_id, operation, key)
);
CREATE INDEX idempotency_by_time ON idempotency (recorded_at);
"""

# Marks fall away once letters are decomposed; `folding` does the same in Python. lower() alone would depend on the
# database's locale, and in the plain one know no letters but ASCII's.
FOLDED = rf"""
CREATE FUNCTION atrium.folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(lower(replace(replace(
    regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'), 'ẞ', 'ß'), 'ß', 'ss')),
    '{CAPITALS}', '{CAPITALS.lower()}') $$
"""

#: Tables without customer data: who may touch them is decided by grants alone.
TECHNICAL_TABLES = frozenset({"outbox", "subject_revision", "inbox", "dead_letter", "epoch", "alembic_version"})


def _statements(script: str) -> None:
    op.execute(text(script.replace(":", r"\:")))


def create_technical_tables(service: str) -> None:
    """Schema `atrium` with the scope functions, outbox, inbox, dead letters, epoch and idempotency."""
    for statement in (SCOPE + TECHNICAL).split(";\n"):
        if statement.strip():
            _statements(statement)
    roles = ", ".join(f"{service}_{role}" for role in ROLES)
    op.execute(f"GRANT USAGE ON SCHEMA atrium, public TO {roles}, {service}_app")
    # Whoever may write may record an event; only the relay and the consumer, as system, read and remove them.
    op.execute(f"GRANT INSERT ON outbox TO {service}_provider, {service}_customer")
    op.execute(f"GRANT SELECT ON epoch TO {roles}")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, inbox, subject_revision, dead_letter, epoch"
        f" TO {service}_system"
    )
    op.execute("ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE idempotency FORCE ROW LEVEL SECURITY")
    for role in ("provider", "customer"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON idempotency TO {service}_{role}")
        op.execute(
            f"CREATE POLICY idempotency_{role} ON idempotency TO {service}_{role} USING (person_id = atrium.person())"
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO {service}_system")
    op.execute(f"CREATE POLICY idempotency_system ON idempotency TO {service}_system USING (true)")


def make_searchable(table: str, words: str, column: str = "folded") -> None:
    """Store an expression of the row's own texts as search compares it. Needs `op.execute(FOLDED)` once before."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} text NOT NULL GENERATED ALWAYS AS (atrium.folded({words})) STORED"
    )


def _scope(role: Role, *, project_column: str | None, audience_column: str | None, customer_column: str) -> str:
    """What a role may see by default; one sargable condition."""
    own_customer = f"{customer_column} = atrium.customer()"
    # Not `OR`: the planner would take it for 0.5 % of the rows and read a list's whole table instead of its index.
    permitted = (
        f"(CASE WHEN atrium.all_projects() THEN true ELSE {project_column} = ANY (atrium.projects()) END)"
        if project_column
        else ""
    )
    if role == "provider":
        conditions = [permitted]
    elif role == "customer":
        shown = f"(NOT atrium.preview() OR {audience_column} = 'shared')" if audience_column else ""
        conditions = [own_customer, permitted, shown]
    else:
        conditions = [own_customer]
    return " AND ".join(condition for condition in conditions if condition) or "true"


def protect(
    service: str,
    table: str,
    *,
    provider: Grant | None = None,
    customer: Grant | None = None,
    link: Grant | None = None,
    system: Grant | None = None,
    project_column: str | None = None,
    audience_column: str | None = None,
    customer_column: str = "customer_id",
) -> None:
    """Force row-level security on a table, with one policy and the named grants per role.

    A grant is SQL privileges ("ALL", "SELECT, INSERT") or those with a further condition that is ANDed to the role's
    scope. A role without a grant has no right on the table at all.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    grants: dict[Role, Grant | None] = {"provider": provider, "customer": customer, "link": link, "system": system}
    for role, given in grants.items():
        if given is None:
            continue
        privileges, condition = given if isinstance(given, tuple) else (given, "")
        if privileges.strip().upper() == "ALL":
            privileges = "SELECT, INSERT, UPDATE, DELETE"
        scope = _scope(
            role, project_column=project_column, audience_column=audience_column, customer_column=customer_column
        )
        if condition:
            scope = f"{scope} AND ({condition})" if scope != "true" else f"({condition})"
        op.execute(f"GRANT {privileges} ON {table} TO {service}_{role}")
        op.execute(f"CREATE POLICY {table}_{role} ON {table} TO {service}_{role} USING ({scope}) WITH CHECK ({scope})")


def open_to_all(service: str, table: str, **grants: str) -> None:
    """A table without customer data: what a role may do is decided by its privileges alone."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for role, privileges in grants.items():
        op.execute(f"GRANT {privileges} ON {table} TO {service}_{role}")
        op.execute(f"CREATE POLICY {table}_{role} ON {table} TO {service}_{role} USING (true)")


def run_environment() -> None:
    """The body of every service's migrations/env.py: one transaction, under a lock that replicas wait for."""
    url = context.config.get_main_option("sqlalchemy.url")
    assert url  # noqa: S101  # set by upgrade()
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is None:
        raise RuntimeError("Run migrations with `python -m atrium_<service> migrate`.")
    context.configure(connection=connection, target_metadata=None, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def upgrade(owner_dsn: str, package: str, revision: str = "head") -> None:
    """Bring the database of a service up to a revision; safe to run from many replicas at once."""
    config = Config()
    config.set_main_option("script_location", str(resources.files(package) / "migrations"))
    config.set_main_option("sqlalchemy.url", "given-as-connection")
    engine = create_async_engine(sqlalchemy_url(owner_dsn), poolclass=pool.NullPool)

    def migrate(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    try:
        async with engine.connect() as lock:
            await lock.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
            ahead = await lock.run_sync(lambda connection: _ahead(config, connection))
            await lock.commit()
            if ahead:
                log.warning("schema_is_newer", package=package, revision=ahead)
            else:
                async with engine.connect() as connection:
                    await connection.run_sync(migrate)
                    await connection.commit()
            await lock.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
    finally:
        await engine.dispose()


def _ahead(config: Config, connection: Connection) -> str | None:
    """The database's revision where only a newer version knows it. We run on that schema: migrations expand first."""
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    return None if current in known else current
