"""Report links: how long they hold, the token that opens one, and the password that some ask for."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

DEFAULT_LIFE = timedelta(days=30)
LONGEST_LIFE = timedelta(days=366)

SHORTEST_PASSWORD = 8
MOST_TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)

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


def slow_hash(password: str, salt: bytes) -> bytes:
    """A password is what somebody chose, so that trying many has to take long. The same however it was typed."""
    return hashlib.scrypt(
        unicodedata.normalize("NFKC", password).encode(), salt=salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=32
    )


def proof_of(password_hash: bytes, link: UUID) -> str:
    """What whoever knew the password keeps in its place; a new password makes it worthless."""
    return hmac.digest(password_hash, link.bytes, "sha256").hex()


def is_proof(proof: str, password_hash: bytes, link: UUID) -> bool:
    return hmac.compare_digest(proof.encode(), proof_of(password_hash, link).encode())


@dataclass(frozen=True)
class Tries:
    """How often a password was tried since a moment."""

    count: int
    since: datetime

    def one_more(self, now: datetime) -> "Tries | None":
        """Counted before it is looked at; None where there were too many."""
        if now - self.since >= TRIES_WITHIN:
            return Tries(1, now)
        return Tries(self.count + 1, self.since) if self.count < MOST_TRIES else None

    def wait(self, now: datetime) -> int:
        """Seconds until there may be one more."""
        return max(1, round((self.since + TRIES_WITHIN - now).total_seconds()))
