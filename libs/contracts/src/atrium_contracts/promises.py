"""What is promised to whoever raises a request: projects hold to it, pages say it beside the choice."""

from datetime import date, timedelta

SATURDAY = 5
#: Working days within which an answer comes, by urgency.
PROMISED_DAYS = {"stopped": 1, "hinders": 2, "time": 5}


def promised(urgency: str, today: date) -> date:
    """The working day by which the provider answers."""
    left, day = PROMISED_DAYS[urgency], today
    while left:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            left -= 1
    return day
