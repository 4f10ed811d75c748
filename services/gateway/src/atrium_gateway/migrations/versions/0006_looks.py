"""Looks: staff seeing a customer's portal as one of its people. Hashes only, read and written by the system alone.

Revision ID: 0006
"""

from alembic import op
from atrium_chassis.migration import protect

revision = "0006"
down_revision = "0005"

SERVICE = "gateway"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE look (
  customer_id uuid NOT NULL,
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  staff_id uuid NOT NULL,
  staff_session uuid NOT NULL,
  person_id uuid NOT NULL,
  language text NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now(),
  entered_at timestamptz,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (customer_id, id),
  UNIQUE (customer_id, token_hash)
)"""
    )
    protect(SERVICE, "look", system="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
