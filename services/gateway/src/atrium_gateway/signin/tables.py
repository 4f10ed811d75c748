"""Codes, sessions and API tokens: hashes only."""

from sqlalchemy import Column, DateTime, LargeBinary, SmallInteger, Table, Text, Uuid

from atrium_gateway.tables import metadata

sign_in_code = Table(
    "sign_in_code",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("address_digest", LargeBinary),
    Column("network", Text),
    Column("person_id", Uuid),
    Column("invitation_id", Uuid),
    Column("code_salt", LargeBinary),
    Column("code_hash", LargeBinary),
    Column("link_hash", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("tries", SmallInteger),
    Column("used_at", DateTime(timezone=True)),
)

session = Table(
    "session",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid),
    Column("token_hash", LargeBinary),
    Column("device", Text),
    Column("network", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("last_seen_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

api_token = Table(
    "api_token",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid),
    Column("token_hash", LargeBinary),
    Column("name", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("last_seen_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

#: Staff looking as one of the customer's people. `token_hash` is of an address's secret until the look is entered.
look = Table(
    "look",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary),
    Column("staff_id", Uuid),
    Column("staff_session", Uuid),
    Column("person_id", Uuid),
    Column("language", Text),
    Column("begun_at", DateTime(timezone=True)),
    Column("entered_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)
