"""What search compares, beside what it is made of."""

from alembic import op
from atrium_chassis.migration import FOLDED, make_searchable

revision = "0004"
down_revision = "0003"

INDEXES = [
    "CREATE INDEX item_by_act ON item (turn_since DESC, id DESC)",
    "CREATE INDEX request_by_act ON request (turn_since DESC, id DESC)",
]


def upgrade() -> None:
    op.execute(FOLDED)
    make_searchable("project", "title || ' ' || goal")
    make_searchable(
        "item", "title || ' ' || coalesce(customer_title, '') || ' ' || internal_note || ' ' || customer_note"
    )
    # A placeholder has neither, so nothing finds it.
    make_searchable("published_item", "coalesce(title, '') || ' ' || coalesce(note, '')")
    make_searchable("request", "'A-' || number || ' ' || title || ' ' || text")
    for index in INDEXES:
        op.execute(index)
