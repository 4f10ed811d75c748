"""What search compares: the file's name."""

from alembic import op
from atrium_chassis.migration import FOLDED, make_searchable

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(FOLDED)
    make_searchable("file", "name")
