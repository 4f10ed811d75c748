"""What was seen is kept by the moment of the change that was looked at: rows of several services have no common revision.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE seen DROP COLUMN revision")


def downgrade() -> None:
    op.execute("ALTER TABLE seen ADD COLUMN revision bigint NOT NULL DEFAULT 0")
