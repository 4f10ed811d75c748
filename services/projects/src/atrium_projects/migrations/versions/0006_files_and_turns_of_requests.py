"""Requests name the files that belong to them, and whose turn they were since when; what was before is not known."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIRST_TURN = "jsonb_build_array(jsonb_build_object('turn', turn, 'since', turn_since))"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE request ADD COLUMN file_ids uuid[] NOT NULL DEFAULT '{}',"
        " ADD COLUMN turns jsonb NOT NULL DEFAULT '[]'"
    )
    # Row-level security is forced on the owner too, who has no policy.
    op.execute("ALTER TABLE request NO FORCE ROW LEVEL SECURITY")
    op.execute(f"UPDATE request SET turns = {FIRST_TURN}")
    op.execute("ALTER TABLE request FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
