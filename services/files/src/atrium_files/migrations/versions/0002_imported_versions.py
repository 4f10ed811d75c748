"""A version that is imported counts from the past moment of its upload, whenever the worker checks it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE work ADD COLUMN acting_at timestamptz")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
