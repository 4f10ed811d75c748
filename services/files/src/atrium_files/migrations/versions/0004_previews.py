"""Previews: what a version looks like, its words, and the worker's list. Versions that are ready already get theirs."""

from alembic import op
from atrium_chassis.migration import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE preview (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL,
  project_id uuid NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  state text NOT NULL CHECK (state IN ('making', 'ready', 'none', 'failed')),
  object_prefix text NOT NULL,
  page_count integer CHECK (page_count > 0),
  PRIMARY KEY (customer_id, file_id, number),
  FOREIGN KEY (customer_id, file_id, number) REFERENCES version,
  CHECK (state <> 'ready' OR page_count IS NOT NULL)
);

CREATE TABLE preview_page (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL,
  page integer NOT NULL CHECK (page > 0),
  project_id uuid NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  width double precision NOT NULL,
  height double precision NOT NULL,
  words bytea NOT NULL,
  PRIMARY KEY (customer_id, file_id, number, page),
  FOREIGN KEY (customer_id, file_id, number) REFERENCES preview
);

CREATE TABLE drawing (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL,
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (customer_id, file_id, number),
  FOREIGN KEY (customer_id, file_id, number) REFERENCES preview
);
CREATE INDEX drawing_by_due ON drawing (due_at);
CREATE INDEX version_by_content ON version (customer_id, sha256);
"""

DRAWN = (
    "'application/pdf', 'image/png', 'image/jpeg', 'image/jpg', 'image/pjpeg', 'image/gif', 'image/webp', 'image/tiff'"
)
# Row-level security is forced on the owner too, who has no policy.
SEEN_BY_OWNER = ("version", "preview", "drawing")
READY_ALREADY = f"""
INSERT INTO preview (customer_id, file_id, number, project_id, audience, state, object_prefix)
SELECT customer_id, file_id, number, project_id, audience,
       CASE WHEN media_type IN ({DRAWN}) THEN 'making' ELSE 'none' END,
       'previews/' || customer_id || '/' || gen_random_uuid()
FROM version WHERE status = 'ready'
"""
TO_BE_DRAWN = """
INSERT INTO drawing (customer_id, file_id, number, due_at, attempts)
SELECT customer_id, file_id, number, now(), 0 FROM preview WHERE state = 'making'
"""


def upgrade() -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    for table in ("preview", "preview_page"):
        protect(
            "files",
            table,
            provider=("SELECT", "audience <> 'private'"),
            customer=("SELECT", "audience <> 'internal'"),
            system="ALL",
            project_column="project_id",
            audience_column="audience",
        )
    protect("files", "drawing")
    # The worker looks for what is due at any customer; all it finds here are ids, and it enters the customer for more.
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON drawing TO files_system")
    op.execute("CREATE POLICY drawing_system ON drawing TO files_system USING (true)")
    for table in SEEN_BY_OWNER:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(READY_ALREADY)
    op.execute(TO_BE_DRAWN)
    for table in SEEN_BY_OWNER:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
