"""Waiting for what happens by itself: poll with a deadline, never sleep and hope."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.03


async def eventually(check: Callable[[], Awaitable[T]], timeout: float = 10.0) -> T:  # noqa: ASYNC109  # the limit is ours
    """The first truthy answer of `check`. An AssertionError or LookupError counts as not yet, until the deadline."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            answer = await check()
            if answer:
                return answer
            problem: Exception = AssertionError(f"still {answer!r} after {timeout:g} s")
        except (AssertionError, LookupError) as error:
            problem = error
        if time.monotonic() > deadline:
            raise problem
        await asyncio.sleep(POLL_SECONDS)
