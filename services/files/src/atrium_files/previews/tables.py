"""Tables of previews. `project_id` and `audience` repeat the file's, as the version's do."""

from sqlalchemy import Column, DateTime, Float, Integer, LargeBinary, Table, Text, Uuid

from atrium_files.library.tables import metadata

#: One per ready version. Previews of equal content share an `object_prefix`.
preview = Table(
    "preview",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("project_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("object_prefix", Text, nullable=False),
    Column("page_count", Integer),
)

preview_page = Table(
    "preview_page",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("project_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("words", LargeBinary, nullable=False),
)

#: The worker's list of previews to draw: ids only, read across customers.
drawing = Table(
    "drawing",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("file_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False),
)
