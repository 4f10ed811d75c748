"""Requests and the counter of their numbers."""

from sqlalchemy import Column, Date, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

request = Table(
    "request",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("number", Integer),
    Column("project_id", Uuid),
    Column("title", Text),
    Column("kind", Text),
    Column("urgency", Text),
    Column("text", Text),
    Column("workflow_id", Uuid),
    Column("workflow_version", Integer),
    Column("state", Text),
    Column("turn", Text),
    Column("verb", Text),
    Column("turn_since", DateTime(timezone=True)),
    Column("agreed_days", Integer),
    Column("raised_by", Uuid),
    Column("raised_at", DateTime(timezone=True)),
    Column("owner_id", Uuid),
    Column("asked_ids", ARRAY(Uuid)),
    Column("third_party", Text),
    Column("question", Text),
    Column("due", Date),
    Column("item_ids", ARRAY(Uuid)),
    Column("file_ids", ARRAY(Uuid)),
    Column("turns", JSONB),
    Column("revision", Integer),
)
