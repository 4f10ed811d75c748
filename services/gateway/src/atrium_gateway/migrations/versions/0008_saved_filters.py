"""Filters of the trail that people keep by a name of their own.

Revision ID: 0008
"""

from alembic import op
from atrium_chassis.migration import protect

revision = "0008"
down_revision = "0007"

SERVICE = "gateway"
OWN = "person_id = atrium.person()"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE saved_filter (
  customer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  choices jsonb NOT NULL,
  PRIMARY KEY (customer_id, person_id, name)
)"""
    )
    protect(SERVICE, "saved_filter", provider=("ALL", OWN), customer=("ALL", OWN), system="ALL")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
