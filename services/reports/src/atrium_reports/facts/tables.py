"""Facts, and the projects and customers they are of."""

from sqlalchemy import Boolean, Column, DateTime, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

customer = Table(
    "customer",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("time_zone", Text),
)

project = Table(
    "project",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("title", Text),
    Column("active", Boolean),
)

fact = Table(
    "fact",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("project_id", Uuid),
    Column("item_id", Uuid),
    Column("subject", Text),
    Column("kind", Text),
    Column("audience", Text),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_to", DateTime(timezone=True)),
    Column("recorded_at", DateTime(timezone=True)),
    Column("hidden", Boolean),
    Column("data", JSONB),
)
