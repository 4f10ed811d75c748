"""The trail says which acts were imported: told afterwards, with the time at which they happened.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE audit_event ADD COLUMN imported boolean NOT NULL DEFAULT false")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
