"""Report links, and apart from them the hashes of their tokens and passwords."""

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid

metadata = MetaData()

report_link = Table(
    "report_link",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("report_id", Uuid),
    Column("purpose", Text),
    Column("created_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("openings", Integer),
    Column("last_opened_at", DateTime(timezone=True)),
    Column("revision", Integer),
    Column("has_password", Boolean),
)

#: By network and device, of which each stands for whoever sits there: readers say no name.
report_link_opening = Table(
    "report_link_opening",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("link_id", Uuid, primary_key=True),
    Column("network", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("openings", Integer),
    Column("last_opened_at", DateTime(timezone=True)),
)

report_link_token = Table(
    "report_link_token",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("link_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary),
)

report_link_password = Table(
    "report_link_password",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("link_id", Uuid, primary_key=True),
    Column("salt", LargeBinary),
    Column("password_hash", LargeBinary),
    Column("tries", Integer),
    Column("tried_since", DateTime(timezone=True)),
)
