"""Requests: what a customer asks for."""

from datetime import datetime
from typing import Any

#: Files that one request names, at most.
MOST_FILES = 20


def label(number: int) -> str:
    """How people name a request."""
    return f"A-{number}"


def turned(turns: list[dict[str, Any]], turn: str, at: datetime) -> list[dict[str, Any]]:
    """Whose turn it was since when, with one more: the time that each side had comes from here."""
    return [*turns, {"turn": turn, "since": at.isoformat()}]
