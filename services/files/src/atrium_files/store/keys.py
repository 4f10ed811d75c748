"""Names of objects: unguessable, used once, so that what they name never changes."""

from secrets import token_urlsafe
from uuid import UUID

#: What forms have sent and no check has taken over yet. A form can be sent twice, so it never writes a version's own.
INCOMING = "incoming/"


def content_key(customer: UUID) -> str:
    return f"content/{customer}/{token_urlsafe(24)}"


def incoming_key(customer: UUID) -> str:
    return f"{INCOMING}{customer}/{token_urlsafe(24)}"


def preview_prefix(customer: UUID) -> str:
    """What the keys of a preview's pages begin with."""
    return f"previews/{customer}/{token_urlsafe(24)}"


def picture_key(prefix: str, page: int) -> str:
    return f"{prefix}/{page}.webp"


def thumbnail_key(prefix: str, page: int) -> str:
    return f"{prefix}/{page}.small.webp"
