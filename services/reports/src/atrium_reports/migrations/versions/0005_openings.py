"""From where links were opened: what is known of readers who say no name."""

from alembic import op
from atrium_chassis.migration import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE report_link_opening (
  customer_id uuid NOT NULL,
  link_id uuid NOT NULL,
  network text NOT NULL CHECK (length(network) <= 60),
  device text NOT NULL CHECK (length(device) <= 60),
  openings integer NOT NULL,
  last_opened_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, link_id, network, device),
  FOREIGN KEY (customer_id, link_id) REFERENCES report_link (customer_id, id)
)
"""
LINK_IS_READ = (
    "EXISTS (SELECT 1 FROM report_link l"
    " WHERE l.customer_id = report_link_opening.customer_id AND l.id = report_link_opening.link_id)"
)


def upgrade() -> None:
    op.execute(TABLE)
    protect(
        "reports",
        "report_link_opening",
        provider=("SELECT", LINK_IS_READ),
        customer=("SELECT", LINK_IS_READ),
        system="SELECT, INSERT, UPDATE",
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
