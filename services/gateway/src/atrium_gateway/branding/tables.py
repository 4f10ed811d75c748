"""Every published brand stays, so that the one before is a step back. Pictures are kept by their content."""

from sqlalchemy import JSON, BigInteger, Column, DateTime, LargeBinary, Table, Text, Uuid

from atrium_gateway.tables import metadata

brand = Table(
    "brand",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("choices", JSON),
    Column("theme", JSON),
    Column("published_by", Uuid),
    Column("published_at", DateTime(timezone=True)),
)

brand_picture = Table(
    "brand_picture",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text),
    Column("content", LargeBinary),
)

#: One person's try-out of a house's brand, not in force anywhere.
brand_draft = Table(
    "brand_draft",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("choices", JSON),
    Column("saved_at", DateTime(timezone=True)),
)
