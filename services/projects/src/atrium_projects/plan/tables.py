"""The plan's tables. `item` is the provider's; customers read `published_item` alone."""

from atrium_chassis.clock import now
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Numeric, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()


def _turn_columns() -> list[Column[object]]:
    return [
        Column("workflow_id", Uuid),
        Column("workflow_version", Integer),
        Column("state", Text),
        Column("turn", Text),
        Column("verb", Text),
        Column("turn_since", DateTime(timezone=True)),
        Column("agreed_days", Integer),
        Column("owner_id", Uuid),
        Column("asked_ids", ARRAY(Uuid)),
        Column("third_party", Text),
    ]


project = Table(
    "project",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("title", Text),
    Column("goal", Text),
    Column("status", Text),
    Column("status_text", Text),
    Column("status_by", Uuid),
    Column("status_at", DateTime(timezone=True)),
    Column("lead_id", Uuid),
    Column("contacts", JSONB),
    Column("next_touchpoint", JSONB),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("active", Boolean),
    Column("revision", Integer),
    Column("created_at", DateTime(timezone=True), default=now),
)

item = Table(
    "item",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("project_id", Uuid),
    Column("parent_id", Uuid),
    Column("position", Integer),
    Column("kind", Text),
    Column("title", Text),
    Column("internal_note", Text),
    Column("customer_title", Text),
    Column("customer_note", Text),
    Column("customer_date", Date),
    Column("customer_until", Date),
    Column("due", Date),
    Column("estimate_hours", Numeric(asdecimal=False)),
    Column("visibility", Text),
    *_turn_columns(),
    Column("asked_by", Uuid),
    Column("file_id", Uuid),
    Column("revision", Integer),
    Column("created_at", DateTime(timezone=True)),
)

published_item = Table(
    "published_item",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("item_id", Uuid, primary_key=True),
    Column("project_id", Uuid),
    Column("form", Text),
    Column("parent_id", Uuid),
    Column("position", Integer),
    Column("kind", Text),
    Column("title", Text),
    Column("note", Text),
    Column("due", Date),
    Column("until", Date),
    *_turn_columns(),
    Column("asked_by", Uuid),
    Column("file_id", Uuid),
    Column("revision", Integer),
    Column("updated_at", DateTime(timezone=True), default=now),
    Column("withdrawn", Boolean),
)


def _history(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("customer_id", Uuid, primary_key=True),
        Column("id", Uuid, primary_key=True),
        Column("project_id", Uuid),
        Column("item_id", Uuid),
        Column("act", Text),
        Column("changes", JSONB),
        Column("comment", Text),
        Column("versions", JSONB),
        Column("actor_id", Uuid),
        Column("at", DateTime(timezone=True), default=now),
    )


item_history = _history("item_history")
published_history = _history("published_history")
