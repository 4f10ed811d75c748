"""Threads, messages, reading marks, and the projections of subjects and people.

Who may see a thread is kept true by the database itself: `thread.subject_audience` follows its subject by a cascading
foreign key, `thread.effective` is generated from it and the thread's own audience, and the policies read `effective`.
"""

from alembic import op
from atrium_chassis.migration import create_technical_tables, open_to_all, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

AUDIENCES = "('internal', 'shared', 'private')"

TABLES = f"""
CREATE TABLE subject (
  customer_id uuid NOT NULL,
  subject text NOT NULL,
  project_id uuid,
  audience text NOT NULL CHECK (audience IN {AUDIENCES}),
  title text NOT NULL,
  staff_title text,
  PRIMARY KEY (customer_id, subject),
  UNIQUE (customer_id, subject, audience)
);
CREATE INDEX subject_by_path ON subject (subject);
CREATE TABLE thread (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  subject text NOT NULL,
  subject_audience text NOT NULL,
  project_id uuid,
  audience text NOT NULL CHECK (audience IN {AUDIENCES}),
  effective text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN audience = subject_audience THEN audience
         WHEN audience = 'shared' THEN subject_audience
         WHEN subject_audience = 'shared' THEN audience
         ELSE 'nobody' END) STORED,
  staff_ids uuid[] CHECK (staff_ids IS NULL OR audience = 'internal'),
  title text NOT NULL CHECK (length(title) <= 200),
  point jsonb,
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  last_act_at timestamptz NOT NULL,
  message_count integer NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, subject, subject_audience)
    REFERENCES subject (customer_id, subject, audience) ON UPDATE CASCADE
);
CREATE INDEX thread_by_act ON thread (customer_id, last_act_at DESC, id DESC);
CREATE INDEX thread_by_subject ON thread (customer_id, subject);
CREATE INDEX thread_by_id ON thread (id);
CREATE INDEX thread_by_project ON thread (project_id, last_act_at DESC, id DESC);
CREATE INDEX thread_by_latest ON thread (last_act_at DESC, id DESC);
CREATE TABLE message (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  number integer NOT NULL,
  thread_revision integer NOT NULL,
  author_id uuid NOT NULL,
  text text NOT NULL CHECK (length(text) <= 10000),
  mentions uuid[] NOT NULL,
  posted_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id),
  CONSTRAINT message_by_number UNIQUE (customer_id, thread_id, number),
  FOREIGN KEY (customer_id, thread_id) REFERENCES thread (customer_id, id)
);
CREATE TABLE mark (
  customer_id uuid NOT NULL,
  thread_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seen_number integer NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, thread_id, person_id),
  FOREIGN KEY (customer_id, thread_id) REFERENCES thread (customer_id, id)
);
CREATE TABLE member (
  customer_id uuid NOT NULL,
  membership_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  project_ids uuid[],
  active boolean NOT NULL,
  PRIMARY KEY (customer_id, membership_id)
);
CREATE TABLE staff_member (
  membership_id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  role text NOT NULL,
  project_ids uuid[],
  active boolean NOT NULL
)
"""

STAFF_READS = "effective IN ('internal', 'shared') AND (staff_ids IS NULL OR atrium.person() = ANY (staff_ids))"
CUSTOMER_READS = "effective IN ('shared', 'private')"
# Row-level security applies inside the policy too: a message is read by exactly those who read its thread.
THREAD_IS_READ = (
    "EXISTS (SELECT 1 FROM thread WHERE thread.customer_id = message.customer_id AND thread.id = message.thread_id)"
)
OWN = "person_id = atrium.person()"


def upgrade() -> None:
    create_technical_tables("threads")
    for statement in TABLES.split(";\n"):
        op.execute(statement)
    protect(
        "threads",
        "subject",
        provider=("SELECT", "audience <> 'private'"),
        # What staff call an internal item is for nobody else, whatever becomes of the item.
        customer=("SELECT (customer_id, subject, project_id, audience, title)", "audience <> 'internal'"),
        system="SELECT, INSERT, UPDATE",
        project_column="project_id",
        audience_column="audience",
    )
    protect(
        "threads",
        "thread",
        provider=("SELECT, INSERT", STAFF_READS),
        customer=("SELECT, INSERT", CUSTOMER_READS),
        system="SELECT",
        project_column="project_id",
        audience_column="effective",
    )
    # No side, the system included, has the right to change an audience or what a thread is about.
    op.execute("GRANT UPDATE (last_act_at, message_count, revision) ON thread TO threads_provider, threads_customer")
    op.execute("GRANT UPDATE (project_id, revision) ON thread TO threads_system")
    protect(
        "threads",
        "message",
        provider=("SELECT, INSERT", THREAD_IS_READ),
        customer=("SELECT, INSERT", THREAD_IS_READ),
        system="SELECT",
    )
    protect(
        "threads",
        "mark",
        provider=("SELECT, INSERT, UPDATE", OWN),
        customer=("SELECT, INSERT, UPDATE", OWN),
    )
    protect("threads", "member", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
    open_to_all("threads", "staff_member", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
