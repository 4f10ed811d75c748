"""Customers and who belongs where. `address`, `person` and `staff_membership` belong to no customer."""

from atrium_chassis.clock import now
from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, Table, Text, Uuid

from atrium_gateway.tables import metadata

provider = Table(
    "provider",
    metadata,
    Column("one", Boolean, primary_key=True),
    Column("name", Text),
    Column("language", Text),
    Column("time_zone", Text),
)

#: `name` is a customer's slug (no dot) or a host of its own (with dots).
address = Table("address", metadata, Column("name", Text, primary_key=True), Column("house_id", Uuid))

#: Hosts that wait for their owner's proof; `address` has those in force.
domain_claim = Table(
    "domain_claim",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("host", Text, primary_key=True),
    Column("challenge", Text),
)

person = Table("person", metadata, Column("id", Uuid, primary_key=True), Column("email", Text))

customer = Table(
    "customer",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("slug", Text),
    Column("name", Text),
    Column("language", Text),
    Column("time_zone", Text),
    Column("active", Boolean),
    Column("revision", BigInteger),
    Column("created_at", DateTime(timezone=True), default=now),
)


def _membership_columns() -> list[Column[object]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("person_id", Uuid),
        Column("name", Text),
        Column("role", Text),
        Column("language", Text),
        Column("time_zone", Text),
        Column("project_ids", ARRAY(Uuid)),
        Column("active", Boolean),
        Column("revision", BigInteger),
        Column("last_seen_at", DateTime(timezone=True)),
        Column("created_at", DateTime(timezone=True), default=now),
    ]


membership = Table("membership", metadata, Column("customer_id", Uuid, primary_key=True), *_membership_columns())
staff_membership = Table("staff_membership", metadata, *_membership_columns())

invitation = Table(
    "invitation",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("name", Text),
    Column("role", Text),
    Column("language", Text),
    Column("project_ids", ARRAY(Uuid)),
    Column("invited_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("accepted_at", DateTime(timezone=True)),
    Column("withdrawn_at", DateTime(timezone=True)),
)
