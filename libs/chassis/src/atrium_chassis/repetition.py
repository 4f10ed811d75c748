"""Requests that met another one in the database are tried again, where that cannot do anything twice.

Postgres ends one of two transactions that wait for each other, or that cannot both be right, and takes all of it back.
Commands are written as one transaction, so the whole request is the unit that can simply run again: no command has to
be written as a function that may be called twice. That holds while nothing of the request has outlived a transaction
(`note_effect`) and nothing of the answer was sent; else the reader is told to try again.
"""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atrium_chassis.problems import Problem
from atrium_chassis.telemetry import log

#: Deadlock detected, serialization failure.
COLLISIONS = frozenset({"40P01", "40001"})
TRIES = 3
PAUSE_SECONDS = 0.1


@dataclass
class _Attempt:
    """What one try at a request has done that taking back its transaction does not undo."""

    has_effect: bool = False
    is_answering: bool = False


_attempt: ContextVar[_Attempt | None] = ContextVar("attempt", default=None)


def note_effect() -> None:
    """Say that the running request has done what a rollback does not undo; it will not be tried again."""
    attempt = _attempt.get()
    if attempt is not None:
        attempt.has_effect = True


def is_collision(error: BaseException) -> bool:
    """Whether Postgres took the transaction back only because of another one."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in COLLISIONS


class BusyTryAgain(Problem):
    def __init__(self) -> None:
        super().__init__(
            503,
            "busy_try_again",
            "Busy",
            "Others are changing the same thing right now. Try again.",
            headers={"Retry-After": "1"},
        )


class RepetitionMiddleware:
    """Pure ASGI, next to the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(receive)
        for tries_left in reversed(range(TRIES)):
            with _trying() as attempt:
                try:
                    await self.app(scope, body.from_start(), _watched(send, attempt))
                    return
                except DBAPIError as error:
                    if attempt.is_answering or not is_collision(error):
                        raise
                    is_repeatable = tries_left > 0 and not attempt.has_effect
                    log.warning("request_collided", method=scope["method"], repeated=is_repeatable)
                    if not is_repeatable:
                        raise BusyTryAgain from error
            await asyncio.sleep(PAUSE_SECONDS * random.random())  # noqa: S311  # only so that two do not meet again


@contextmanager
def _trying() -> Iterator[_Attempt]:
    attempt = _Attempt()
    token = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(token)


def _watched(send: Send, attempt: _Attempt) -> Send:
    async def watched(message: Message) -> None:
        attempt.is_answering = True
        await send(message)

    return watched


class _Body:
    """Keeps what arrived of a body, so that it can be read from its start again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._arrived: list[Message] = []

    def from_start(self) -> Receive:
        known = iter(list(self._arrived))

        async def receive() -> Message:
            message = next(known, None)
            if message is None:
                message = await self._receive()
                self._arrived.append(message)
            return message

        return receive
