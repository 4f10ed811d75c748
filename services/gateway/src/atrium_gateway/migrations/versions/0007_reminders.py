"""Staff see who was reminded when.

Revision ID: 0007
"""

from alembic import op
from atrium_chassis.migration import protect

revision = "0007"
down_revision = "0006"

SERVICE = "gateway"


def upgrade() -> None:
    op.execute("CREATE INDEX mail_reminder ON mail (person_id, created_at DESC) WHERE kind = 'reminder'")
    protect(SERVICE, "mail", provider=("SELECT", "kind = 'reminder'"))


def downgrade() -> None:
    raise NotImplementedError("migrations go forward only")
