"""The trail by who acted, and what each customer's own people did last.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE INDEX audit_event_by_person ON audit_event (actor_id, at DESC, id DESC)")
    op.execute(
        "CREATE INDEX audit_event_of_customers ON audit_event (customer_id, at DESC, id DESC)"
        " WHERE actor_side = 'customer'"
    )


def downgrade() -> None:
    op.execute("DROP INDEX audit_event_of_customers")
    op.execute("DROP INDEX audit_event_by_person")
