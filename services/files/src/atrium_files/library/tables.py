"""Tables of the library. `customer_id` comes first in every key, so no reference can cross customers."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, MetaData, Table, Text, Uuid

metadata = MetaData()

#: Projection of the projects service: which project belongs to which customer.
project = Table(
    "project",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("project_id", Uuid, primary_key=True),
    Column("active", Boolean, nullable=False),
)

#: Lists are served by file_by_change (per customer), file_by_project, and file_of_all (the provider's).
file = Table(
    "file",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("project_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("current_version", Integer),
    Column("latest_number", Integer, nullable=False),
    Column("locked_by", Uuid),
    Column("locked_at", DateTime(timezone=True)),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("revision", BigInteger, nullable=False),
)

#: `project_id` and `audience` repeat the file's, which never change, so that a policy needs no join.
version = Table(
    "version",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("project_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("sha256", Text),
    Column("size", BigInteger),
    Column("media_type", Text, nullable=False),
    Column("object_key", Text, nullable=False),
    Column("copy_from", Text),
    Column("uploaded_by", Uuid, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
    Column("note", Text, nullable=False),
    Column("restored_from", Integer),
    Column("revision", BigInteger, nullable=False),
)
