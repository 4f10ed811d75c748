"""The worker's list of what is due: ids only, read across customers, one row per version that is not settled."""

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid

from atrium_files.library.tables import metadata

work = Table(
    "work",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("project_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False),
    #: The past moment of a version that is imported.
    Column("acting_at", DateTime(timezone=True)),
)
