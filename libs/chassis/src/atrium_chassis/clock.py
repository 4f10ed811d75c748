"""The moment of an act: the present, or, while history is imported, the past moment that it is told of.

Acts ask `now()`. Whatever is about the present by itself (expiry, leases, signatures, keys of repeats) does not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_acting_at: ContextVar[datetime | None] = ContextVar("acting_at", default=None)


def now() -> datetime:
    return _acting_at.get() or datetime.now(UTC)


def imported_at() -> datetime | None:
    """The past moment that is told of; None in the present."""
    return _acting_at.get()


def act_at(moment: datetime | None) -> None:
    """For the rest of this task; None is the present."""
    _acting_at.set(moment)


@contextmanager
def acting_at(moment: datetime | None) -> Iterator[None]:
    """For what is done inside; None is the present."""
    before = _acting_at.set(moment)
    try:
        yield
    finally:
        _acting_at.reset(before)
