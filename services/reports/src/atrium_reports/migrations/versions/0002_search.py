"""What search compares: titles and introductions of reports."""

from alembic import op
from atrium_chassis.migration import FOLDED, make_searchable

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(FOLDED)
    make_searchable("report", "title || ' ' || introduction")
