"""Facts, reports, and the links to them.

A fact is never changed; only its end is set, once, when the next one of its subject begins. `hidden` says that its item
is shown less now than it was then, so that an earlier state of a report shows nothing that is withheld today.
"""

from alembic import op
from atrium_chassis.migration import create_technical_tables, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE project (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL,
  active boolean NOT NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX project_by_id ON project (id);
CREATE TABLE fact (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  project_id uuid,
  item_id uuid,
  subject text NOT NULL,
  kind text NOT NULL,
  audience text NOT NULL CHECK (audience IN ('shared', 'internal')),
  valid_from timestamptz NOT NULL,
  valid_to timestamptz CHECK (valid_to >= valid_from),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  hidden boolean NOT NULL DEFAULT false,
  data jsonb NOT NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX fact_by_project ON fact (customer_id, project_id, kind);
CREATE INDEX fact_by_item ON fact (customer_id, item_id);
CREATE UNIQUE INDEX fact_that_holds ON fact (customer_id, subject, audience) WHERE valid_to IS NULL;
CREATE TABLE report (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) <= 200),
  introduction text NOT NULL CHECK (length(introduction) <= 4000),
  figures text[] NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  revision integer NOT NULL,
  figures_revision bigint NOT NULL DEFAULT 0,
  figures_changed_in bigint,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, project_id) REFERENCES project (customer_id, id)
);
CREATE INDEX report_by_id ON report (id);
CREATE INDEX report_by_project ON report (customer_id, project_id);
CREATE INDEX report_by_time ON report (customer_id, created_at DESC, id DESC);
CREATE INDEX report_by_latest ON report (created_at DESC, id DESC);
CREATE TABLE report_link (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  purpose text NOT NULL CHECK (length(purpose) <= 200),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  openings integer NOT NULL DEFAULT 0,
  last_opened_at timestamptz,
  revision integer NOT NULL,
  PRIMARY KEY (customer_id, id),
  FOREIGN KEY (customer_id, report_id) REFERENCES report (customer_id, id)
);
CREATE INDEX report_link_by_id ON report_link (id);
CREATE INDEX report_link_by_report ON report_link (customer_id, report_id, created_at DESC, id DESC);
CREATE TABLE report_link_token (
  customer_id uuid NOT NULL,
  link_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  PRIMARY KEY (customer_id, link_id),
  FOREIGN KEY (customer_id, link_id) REFERENCES report_link (customer_id, id)
);
CREATE INDEX report_link_token_by_hash ON report_link_token (token_hash)
"""

SHOWN = "audience = 'shared' AND NOT hidden"
OWN_REPORT = "id = atrium.report()"
# Read as a subquery once per statement; row-level security holds inside it too.
OWN_PROJECT = "(SELECT r.project_id FROM report r WHERE r.customer_id = atrium.customer() AND r.id = atrium.report())"
REPORT_IS_READ = (
    "EXISTS (SELECT 1 FROM report r WHERE r.customer_id = report_link.customer_id AND r.id = report_link.report_id)"
)


def upgrade() -> None:
    create_technical_tables("reports")
    for statement in TABLES.split(";\n"):
        op.execute(statement)
    protect(
        "reports",
        "project",
        provider="SELECT",
        customer="SELECT",
        link=("SELECT", f"id = {OWN_PROJECT}"),
        system="SELECT, INSERT, UPDATE",
        project_column="id",
    )
    protect(
        "reports",
        "fact",
        provider="SELECT",
        customer=("SELECT", SHOWN),
        link=("SELECT", f"{SHOWN} AND project_id = {OWN_PROJECT}"),
        system="SELECT, INSERT",
        project_column="project_id",
    )
    op.execute("GRANT UPDATE (valid_to, hidden) ON fact TO reports_system")
    protect(
        "reports",
        "report",
        provider="SELECT, INSERT",
        customer="SELECT",
        link=("SELECT", OWN_REPORT),
        system="SELECT",
        project_column="project_id",
    )
    op.execute("GRANT UPDATE (figures_revision, figures_changed_in) ON report TO reports_system")
    protect(
        "reports",
        "report_link",
        provider=("SELECT, INSERT", REPORT_IS_READ),
        customer=("SELECT, INSERT", REPORT_IS_READ),
        link=("SELECT (customer_id, id, report_id, expires_at, revoked_at)", "report_id = atrium.report()"),
        system="SELECT",
    )
    # A link never becomes one of another report.
    op.execute(
        "GRANT UPDATE (purpose, expires_at, revoked_at, revision) ON report_link TO reports_provider, reports_customer"
    )
    op.execute("GRANT UPDATE (openings, last_opened_at) ON report_link TO reports_system")
    protect("reports", "report_link_token", system="SELECT, INSERT, UPDATE")
    _find_by_token()


def _find_by_token() -> None:
    """Whoever brings a token may learn which link it opens, before anything is known of a customer; nobody may list."""
    op.execute(
        "CREATE FUNCTION atrium.token() RETURNS bytea LANGUAGE sql STABLE"
        " AS $$ SELECT decode(nullif(current_setting('atrium.token', true), ''), 'hex') $$"
    )
    op.execute("GRANT SELECT ON report_link_token TO reports_link")
    op.execute(
        "CREATE POLICY report_link_token_link ON report_link_token TO reports_link USING (token_hash = atrium.token())"
    )
