"""Requests: what a customer asks for."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

Kind = Literal["fault", "question", "wish", "access"]
Urgency = Literal["stopped", "hinders", "time"]

#: Files that one request names, at most.
MOST_FILES = 20
#: Working days within which an answer is promised.
PROMISED_DAYS: dict[Urgency, int] = {"stopped": 1, "hinders": 2, "time": 5}


def label(number: int) -> str:
    """How people name a request."""
    return f"A-{number}"


def promised(urgency: Urgency, today: date) -> date:
    """The working day by which the provider answers."""
    left, day = PROMISED_DAYS[urgency], today
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5:
            left -= 1
    return day


def turned(turns: list[dict[str, Any]], turn: str, at: datetime) -> list[dict[str, Any]]:
    """Whose turn it was since when, with one more: the time that each side had comes from here."""
    return [*turns, {"turn": turn, "since": at.isoformat()}]
