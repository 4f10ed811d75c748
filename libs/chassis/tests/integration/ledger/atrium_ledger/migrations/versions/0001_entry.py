"""One table of customer data beside the technical ones."""

from alembic import op
from atrium_chassis.migration import create_technical_tables, protect

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_technical_tables("ledger")
    op.execute(
        "CREATE TABLE entry (customer_id uuid NOT NULL, id uuid NOT NULL, project_id uuid NOT NULL,"
        " audience text NOT NULL, title text NOT NULL, PRIMARY KEY (customer_id, id))"
    )
    protect(
        "ledger",
        "entry",
        provider=("ALL", "audience <> 'private'"),
        customer=("SELECT", "audience <> 'internal'"),
        system="ALL",
        project_column="project_id",
        audience_column="audience",
    )
