"""Table of uploads under way. An upload without parts is one by form."""

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from atrium_files.library.tables import metadata

upload = Table(
    "upload",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("upload_id", Uuid, primary_key=True),
    Column("file_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("project_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("object_key", Text, nullable=False),
    Column("multipart_id", Text),
    Column("size", BigInteger),
    Column("part_size", BigInteger),
    Column("part_sha256", ARRAY(Text)),
    Column("person_id", Uuid, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
)
