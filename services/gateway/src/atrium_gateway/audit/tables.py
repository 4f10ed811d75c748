from atrium_chassis.clock import now
from sqlalchemy import JSON, Boolean, Column, DateTime, Table, Text, Uuid

from atrium_gateway.tables import metadata

audit_event = Table(
    "audit_event",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), default=now),
    Column("actor_id", Uuid),
    Column("actor_side", Text),
    Column("action", Text),
    Column("subject", Text),
    Column("audience", Text),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("network", Text),
    Column("trace_id", Text),
    Column("imported", Boolean),
)

#: What narrows a person's trail, by a name of their own.
saved_filter = Table(
    "saved_filter",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("choices", JSON),
)
