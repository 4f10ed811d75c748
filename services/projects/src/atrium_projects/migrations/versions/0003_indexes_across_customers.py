"""Staff read over all customers: their lists and look-ups by id need indexes that do not begin with the customer."""

from alembic import op

revision = "0003"
down_revision = "0002"

INDEXES = [
    "CREATE INDEX item_by_id ON item (id)",
    "CREATE INDEX project_by_id ON project (id)",
    "CREATE INDEX project_by_title ON project (title, id)",
    "CREATE INDEX request_by_id ON request (id)",
    "CREATE INDEX request_by_time_of_all ON request (raised_at, id)",
    "CREATE INDEX item_by_parent ON item (customer_id, parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX item_open_by_due ON item (turn, due, id) WHERE turn <> 'nobody'",
    "CREATE INDEX item_milestones ON item (customer_id, project_id, due) WHERE kind = 'milestone'",
    "CREATE INDEX published_item_milestones ON published_item (customer_id, project_id, due) WHERE kind = 'milestone'",
    "CREATE INDEX approval_by_file ON approval USING gin (file_ids) WHERE superseded_by IS NULL",
]


def upgrade() -> None:
    for index in INDEXES:
        op.execute(index)
    op.execute("DROP INDEX item_open")
