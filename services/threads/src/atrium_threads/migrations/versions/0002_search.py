"""What search compares: titles of conversations and of what they are about, and texts of messages."""

from alembic import op
from atrium_chassis.migration import FOLDED, make_searchable

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(FOLDED)
    make_searchable("thread", "title")
    make_searchable("message", "text")
    make_searchable("subject", "title")
    make_searchable("subject", "coalesce(staff_title, title)", "staff_folded")
    # Not staff_folded: what staff call an item is not the customer's to find.
    op.execute("GRANT SELECT (folded) ON subject TO threads_customer")
