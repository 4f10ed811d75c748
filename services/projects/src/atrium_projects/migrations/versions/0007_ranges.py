"""What an item is to customers may take from one day to another."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE item ADD COLUMN customer_until date")
    op.execute("ALTER TABLE published_item ADD COLUMN until date")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
