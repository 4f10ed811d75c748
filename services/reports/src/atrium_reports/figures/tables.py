"""Reports: which figures, of which project."""

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

metadata = MetaData()

report = Table(
    "report",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("project_id", Uuid),
    Column("title", Text),
    Column("introduction", Text),
    Column("figures", ARRAY(Text)),
    Column("created_by", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("revision", Integer),
    Column("figures_revision", BigInteger),
)
