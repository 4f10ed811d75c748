"""Passwords of report links: slow hashes, and how often one was tried."""

from alembic import op
from atrium_chassis.migration import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE report_link_password (
  customer_id uuid NOT NULL,
  link_id uuid NOT NULL,
  salt bytea NOT NULL,
  password_hash bytea NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  tried_since timestamptz NOT NULL,
  PRIMARY KEY (customer_id, link_id),
  FOREIGN KEY (customer_id, link_id) REFERENCES report_link (customer_id, id)
)
"""


def upgrade() -> None:
    op.execute("ALTER TABLE report_link ADD COLUMN has_password boolean NOT NULL DEFAULT false")
    op.execute("GRANT UPDATE (has_password) ON report_link TO reports_provider, reports_customer")
    op.execute(TABLE)
    protect("reports", "report_link_password", system="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
