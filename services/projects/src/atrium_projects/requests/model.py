"""Requests: what a customer asks for."""

from datetime import date, timedelta
from typing import Literal

Kind = Literal["fault", "question", "wish", "access"]
Urgency = Literal["stopped", "hinders", "time"]

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
