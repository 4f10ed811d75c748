"""Tables of who reads, and how far."""

from sqlalchemy import ARRAY, Boolean, Column, DateTime, Integer, Table, Text, Uuid

from atrium_threads.threads.tables import metadata

#: People of a customer: a projection of memberships. Index: primary key.
member = Table(
    "member",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("membership_id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("project_ids", ARRAY(Uuid)),
    Column("active", Boolean, nullable=False),
)

#: The provider's people, who belong to no customer. Both sides may know their ids: a composer names who reads.
staff_member = Table(
    "staff_member",
    metadata,
    Column("membership_id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("project_ids", ARRAY(Uuid)),
    Column("active", Boolean, nullable=False),
)

#: How far a person has read a thread; each person sees and moves only their own. Index: primary key.
mark = Table(
    "mark",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("thread_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("seen_number", Integer, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)
