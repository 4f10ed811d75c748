"""Workflows are the provider's, the same for all customers; a version never changes."""

from atrium_chassis.clock import now
from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

workflow = Table(
    "workflow",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", Text),
    Column("name", JSONB),
    Column("purpose", Text),
    Column("current_version", Integer),
    Column("revision", Integer),
    Column("created_at", DateTime(timezone=True), default=now),
)

workflow_version = Table(
    "workflow_version",
    metadata,
    Column("workflow_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("definition", JSONB),
    Column("made_by", Uuid),
    Column("made_at", DateTime(timezone=True), default=now),
)
