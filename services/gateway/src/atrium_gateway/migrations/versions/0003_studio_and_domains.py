"""Drafts of brands, and hosts of customers that are not verified yet.

Revision ID: 0003
"""

from alembic import op
from atrium_chassis.migration import protect

revision = "0003"
down_revision = "0002"

SERVICE = "gateway"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE brand_draft (
  customer_id uuid NOT NULL,
  person_id uuid NOT NULL,
  choices jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, person_id)
)"""
    )
    op.execute(
        """CREATE TABLE domain_claim (
  customer_id uuid NOT NULL,
  host text NOT NULL,
  challenge text NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, host)
)"""
    )
    protect(SERVICE, "brand_draft", provider=("SELECT", "person_id = atrium.person()"), system="ALL")
    protect(SERVICE, "domain_claim", provider="SELECT", system="SELECT, INSERT, DELETE")


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
