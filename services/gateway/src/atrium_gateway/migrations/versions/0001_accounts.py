"""Customers, people, sign-in, brands, notifications and the audit trail.

Revision ID: 0001
"""

from alembic import op
from atrium_chassis.migration import create_technical_tables, protect

revision = "0001"
down_revision = None

SERVICE = "gateway"

# What belongs to the installation as a whole. Only the system reads these; grants decide, there is no customer in them.
PROVIDER_WIDE = """
CREATE TABLE provider (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  name text NOT NULL,
  language text NOT NULL CHECK (language IN ('de', 'en')),
  time_zone text NOT NULL
);
CREATE TABLE address (
  name text PRIMARY KEY,
  house_id uuid NOT NULL
);
CREATE INDEX address_by_house ON address (house_id);
CREATE TABLE person (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE staff_membership (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL UNIQUE REFERENCES person,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'manager', 'member')),
  language text NOT NULL CHECK (language IN ('de', 'en')),
  time_zone text NOT NULL,
  project_ids uuid[],
  active boolean NOT NULL DEFAULT true,
  revision bigint NOT NULL DEFAULT 1,
  last_seen_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE mail_queue (
  house_id uuid NOT NULL,
  mail_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  tries smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (house_id, mail_id)
);
CREATE INDEX mail_queue_by_due ON mail_queue (due_at)
"""

# The provider's own rows carry the provider's id (all zeros) as customer_id: one rule for every house.
PER_HOUSE = """
CREATE TABLE customer (
  customer_id uuid PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  language text NOT NULL CHECK (language IN ('de', 'en')),
  time_zone text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  revision bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE membership (
  customer_id uuid NOT NULL REFERENCES customer,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'member', 'reader')),
  language text NOT NULL CHECK (language IN ('de', 'en')),
  time_zone text NOT NULL,
  project_ids uuid[],
  active boolean NOT NULL DEFAULT true,
  revision bigint NOT NULL DEFAULT 1,
  last_seen_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, person_id)
);
CREATE INDEX membership_by_person ON membership (person_id);
CREATE TABLE invitation (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'manager', 'member', 'owner', 'reader')),
  language text NOT NULL CHECK (language IN ('de', 'en')),
  project_ids uuid[],
  invited_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (customer_id, id)
);
CREATE UNIQUE INDEX invitation_open ON invitation (customer_id, email)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE TABLE sign_in_code (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  address_digest bytea NOT NULL,
  network text NOT NULL,
  person_id uuid,
  invitation_id uuid,
  code_salt bytea NOT NULL,
  code_hash bytea NOT NULL,
  link_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  tries smallint NOT NULL DEFAULT 0,
  used_at timestamptz,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, link_hash)
);
CREATE INDEX sign_in_code_by_address ON sign_in_code (customer_id, address_digest, created_at DESC);
CREATE INDEX sign_in_code_by_network ON sign_in_code (customer_id, network, created_at DESC);
CREATE TABLE session (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  device text NOT NULL,
  network text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, token_hash)
);
CREATE INDEX session_by_person ON session (customer_id, person_id, created_at DESC);
CREATE TABLE api_token (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, token_hash)
);
CREATE INDEX api_token_by_person ON api_token (customer_id, person_id, created_at DESC);
CREATE TABLE brand (
  customer_id uuid NOT NULL,
  revision bigint NOT NULL,
  choices jsonb NOT NULL,
  theme jsonb NOT NULL,
  published_by uuid,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, revision)
);
CREATE TABLE brand_picture (
  customer_id uuid NOT NULL,
  sha256 text NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('image/svg+xml', 'image/png')),
  content bytea NOT NULL,
  PRIMARY KEY (customer_id, sha256)
);
CREATE TABLE seen (
  customer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  thing text NOT NULL,
  revision bigint NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, person_id, thing)
);
CREATE TABLE asked (
  customer_id uuid NOT NULL,
  item_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (customer_id, item_id, person_id)
);
CREATE TABLE mail (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  cause text NOT NULL,
  person_id uuid,
  invitation_id uuid,
  about jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  outcome text,
  PRIMARY KEY (customer_id, id),
  UNIQUE NULLS NOT DISTINCT (customer_id, cause, person_id)
);
CREATE TABLE act_token (
  customer_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  item_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, token_hash)
);
CREATE TABLE audit_event (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id uuid,
  actor_side text NOT NULL CHECK (actor_side IN ('provider', 'customer', 'link', 'system')),
  action text NOT NULL,
  subject text NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  before jsonb,
  after jsonb,
  network text NOT NULL,
  trace_id text NOT NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX audit_event_by_time ON audit_event (customer_id, at DESC, id DESC);
CREATE INDEX audit_event_of_all_by_time ON audit_event (at DESC, id DESC)
"""

OWN = "person_id = atrium.person()"


def upgrade() -> None:
    create_technical_tables(SERVICE)
    for statement in (PROVIDER_WIDE + ";" + PER_HOUSE).split(";\n"):
        for part in filter(str.strip, statement.split(";")):
            op.execute(part)
    for table in ("provider", "address", "person", "staff_membership", "mail_queue"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {SERVICE}_system")
    op.execute(f"GRANT SELECT ON address, staff_membership TO {SERVICE}_provider")
    protect(SERVICE, "customer", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
    protect(SERVICE, "membership", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
    protect(SERVICE, "invitation", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
    protect(SERVICE, "brand", provider="SELECT", customer="SELECT", system="SELECT, INSERT")
    protect(SERVICE, "brand_picture", provider="SELECT", customer="SELECT", system="SELECT, INSERT")
    for table in ("session", "api_token"):
        protect(SERVICE, table, provider=("SELECT", OWN), customer=("SELECT", OWN), system="SELECT, INSERT, UPDATE")
    protect(SERVICE, "seen", provider=("ALL", OWN), customer=("ALL", OWN), system="ALL")
    for table in ("sign_in_code", "asked", "mail", "act_token"):
        protect(SERVICE, table, system="ALL")
    # Append-only: nobody has UPDATE or DELETE.
    protect(
        SERVICE,
        "audit_event",
        provider=("SELECT", "audience <> 'private'"),
        customer=("SELECT", "audience <> 'internal'"),
        system="SELECT, INSERT",
        audience_column="audience",
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
