"""Report links: how long they hold, and the token that opens one."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

DEFAULT_LIFE = timedelta(days=30)
LONGEST_LIFE = timedelta(days=366)

State = Literal["valid", "expired", "revoked"]


def new_token() -> str:
    """256 bits, which nobody guesses; only its hash is kept."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def state_of(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> State:
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at <= now else "valid"
