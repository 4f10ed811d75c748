"""Files, versions, uploads, and the worker's list of what is due."""

from alembic import op
from atrium_chassis.migration import create_technical_tables, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE project (
  customer_id uuid NOT NULL,
  project_id uuid NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (customer_id, project_id)
);
CREATE INDEX project_by_id ON project (project_id);

CREATE TABLE file (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  project_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_key text NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  current_version integer,
  latest_number integer NOT NULL,
  locked_by uuid,
  locked_at timestamptz,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (customer_id, file_id),
  UNIQUE (customer_id, project_id, audience, name_key),
  FOREIGN KEY (customer_id, project_id) REFERENCES project
);
CREATE INDEX file_by_change ON file (customer_id, changed_at DESC, file_id DESC);
CREATE INDEX file_by_project ON file (customer_id, project_id, changed_at DESC, file_id DESC);
CREATE INDEX file_of_all ON file (changed_at DESC, file_id DESC);
CREATE INDEX file_by_id ON file (file_id);

CREATE TABLE version (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  project_id uuid NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  status text NOT NULL CHECK (status IN ('uploading', 'checking', 'ready', 'rejected')),
  reason text,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint CHECK (size >= 0),
  media_type text NOT NULL,
  object_key text NOT NULL,
  copy_from text,
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  note text NOT NULL CHECK (length(note) <= 2000),
  restored_from integer,
  revision bigint NOT NULL,
  PRIMARY KEY (customer_id, file_id, number),
  FOREIGN KEY (customer_id, file_id) REFERENCES file,
  CHECK ((status = 'rejected') = (reason IS NOT NULL)),
  CHECK (status <> 'ready' OR (sha256 IS NOT NULL AND size IS NOT NULL))
);

CREATE INDEX version_by_file ON version (file_id, number);

CREATE TABLE upload (
  customer_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL,
  project_id uuid NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  object_key text NOT NULL,
  multipart_id text,
  size bigint,
  part_size bigint,
  part_sha256 text[],
  person_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, upload_id),
  UNIQUE (customer_id, file_id, number),
  FOREIGN KEY (customer_id, file_id, number) REFERENCES version
);
CREATE INDEX upload_by_id ON upload (upload_id);

CREATE TABLE work (
  customer_id uuid NOT NULL,
  file_id uuid NOT NULL,
  number integer NOT NULL,
  project_id uuid NOT NULL,
  audience text NOT NULL CHECK (audience IN ('internal', 'shared', 'private')),
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (customer_id, file_id, number),
  FOREIGN KEY (customer_id, file_id, number) REFERENCES version
);
CREATE INDEX work_by_due ON work (due_at);
"""

NOT_PRIVATE = "audience <> 'private'"
NOT_INTERNAL = "audience <> 'internal'"
WRITES = "SELECT, INSERT, UPDATE"


def upgrade() -> None:
    create_technical_tables("files")
    for statement in TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    protect("files", "project", provider="SELECT", customer="SELECT", system="ALL", project_column="project_id")
    for table in ("file", "version", "upload"):
        protect(
            "files",
            table,
            provider=(WRITES, NOT_PRIVATE),
            customer=(WRITES, NOT_INTERNAL),
            system="ALL",
            project_column="project_id",
            audience_column="audience",
        )
    protect(
        "files",
        "work",
        provider=(WRITES, NOT_PRIVATE),
        customer=(WRITES, NOT_INTERNAL),
        project_column="project_id",
        audience_column="audience",
    )
    # The worker looks for what is due at any customer; all it finds here are ids, and it enters the customer for more.
    op.execute("GRANT SELECT, UPDATE, DELETE ON work TO files_system")
    op.execute("CREATE POLICY work_system ON work TO files_system USING (true)")
