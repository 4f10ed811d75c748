"""What moved last of what a customer sees, without sorting all of it."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE INDEX published_item_moved ON published_item (customer_id, turn_since DESC, item_id DESC)")
