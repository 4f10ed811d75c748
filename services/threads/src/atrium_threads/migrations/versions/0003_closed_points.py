"""A point on a page can be closed, and opened again."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE thread ADD COLUMN closed_by uuid, ADD COLUMN closed_at timestamptz")
    op.execute(
        "ALTER TABLE thread ADD CHECK ((closed_at IS NULL) = (closed_by IS NULL)),"
        " ADD CHECK (closed_at IS NULL OR point IS NOT NULL)"
    )
    op.execute("GRANT UPDATE (closed_by, closed_at) ON thread TO threads_provider, threads_customer")
