"""Who belongs where, as accounts' events tell it: ids and roles, no names."""

from sqlalchemy import Boolean, Column, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

metadata = MetaData()

staff_member = Table(
    "staff_member",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("role", Text),
    Column("project_ids", ARRAY(Uuid)),
    Column("active", Boolean),
)

member = Table(
    "member",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("role", Text),
    Column("project_ids", ARRAY(Uuid)),
    Column("active", Boolean),
)
