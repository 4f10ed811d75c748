"""A customer's time zone: its days and months are counted in it."""

from alembic import op
from atrium_chassis.migration import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE customer (customer_id uuid PRIMARY KEY, time_zone text NOT NULL)")
    reads = {"provider": "SELECT", "customer": "SELECT", "link": "SELECT"}
    protect("reports", "customer", **reads, system="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
