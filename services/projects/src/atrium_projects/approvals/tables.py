"""Decisions, and what files' events say of the versions they are about."""

from atrium_chassis.clock import now
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

file_version = Table(
    "file_version",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", Text),
    Column("name", Text),
    Column("audience", Text),
    Column("uploaded_by", Uuid),
    Column("ready_at", DateTime(timezone=True)),
)

approval = Table(
    "approval",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("project_id", Uuid),
    Column("item_id", Uuid),
    Column("decision", Text),
    Column("comment", Text),
    Column("person_id", Uuid),
    Column("decided_at", DateTime(timezone=True), default=now),
    Column("versions", JSONB),
    Column("file_ids", ARRAY(Uuid)),
    Column("superseded_by", Integer),
    Column("superseded_at", DateTime(timezone=True)),
    Column("revision", Integer),
)
