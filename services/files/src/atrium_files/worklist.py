"""Working off a list in Postgres: several at a time; a commit's NOTIFY wakes them, a poll is the safety net."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg
from atrium_chassis.service import Runtime
from atrium_chassis.telemetry import log

POLL_SECONDS = 1.0
RETRY_SECONDS = 2.0

#: Does what is due first; False when nothing is, or when the worker stops.
Turn = Callable[[], Awaitable[bool]]


async def work_off(runtime: Runtime, channel: str, turn: Turn, at_once: int) -> None:
    """Until the worker stops."""
    woken = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        listener = group.create_task(_listen(runtime, channel, woken))
        workers = [group.create_task(_work(runtime, turn, woken)) for _ in range(at_once)]
        await runtime.stopping.wait()
        woken.set()
        await asyncio.wait(workers)
        listener.cancel()


async def _work(runtime: Runtime, turn: Turn, woken: asyncio.Event) -> None:
    while not runtime.stopping.is_set():
        woken.clear()
        try:
            more = await turn()
        except Exception as error:  # the database is away: it will be back
            log.warning("work_list_unreachable", error=type(error).__name__)
            more = False
        if not more:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), POLL_SECONDS)


async def _listen(runtime: Runtime, channel: str, woken: asyncio.Event) -> None:
    while True:
        try:
            connection = await asyncpg.connect(runtime.settings.direct_url)
            lost = asyncio.Event()
            connection.add_termination_listener(lambda *_, lost=lost: lost.set())
            try:
                await connection.add_listener(channel, lambda *_: woken.set())
                await lost.wait()
            finally:
                await connection.close(timeout=2)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("work_list_not_heard", error=type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)
