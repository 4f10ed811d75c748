"""The worker's tasks: work off what is due, and sweep what the store has without anybody knowing."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import asyncpg
from atrium_chassis.service import Runtime
from atrium_chassis.telemetry import log

from atrium_files.checks.commands import work_off_one
from atrium_files.checks.schedule import CHANNEL
from atrium_files.store.keys import INCOMING
from atrium_files.store.objects import ObjectStore
from atrium_files.transfers.setup import Transfers

POLL_SECONDS = 1.0
SWEEP_SECONDS = 3600.0
RETRY_SECONDS = 2.0


async def check_versions(runtime: Runtime) -> None:
    """Several at a time; a commit's NOTIFY wakes them, a poll is the safety net."""
    woken = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        listener = group.create_task(_listen(runtime, woken))
        workers = [group.create_task(_work(runtime, woken)) for _ in range(runtime.settings.concurrent_checks)]
        await runtime.stopping.wait()
        woken.set()
        await asyncio.wait(workers)
        listener.cancel()


async def _work(runtime: Runtime, woken: asyncio.Event) -> None:
    transfers: Transfers = runtime.resources["transfers"]
    while not runtime.stopping.is_set():
        woken.clear()
        try:
            more = await work_off_one(runtime.database, transfers.store, runtime.stopping.is_set)
        except Exception as error:  # the database is away: it will be back
            log.warning("work_list_unreachable", error=type(error).__name__)
            more = False
        if not more:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), POLL_SECONDS)


async def _listen(runtime: Runtime, woken: asyncio.Event) -> None:
    while True:
        try:
            connection = await asyncpg.connect(runtime.settings.direct_url)
            lost = asyncio.Event()
            connection.add_termination_listener(lambda *_, lost=lost: lost.set())
            try:
                await connection.add_listener(CHANNEL, lambda *_: woken.set())
                await lost.wait()
            finally:
                await connection.close(timeout=2)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("work_list_not_heard", error=type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)


async def sweep_store(runtime: Runtime) -> None:
    """Every hour. What was begun in the store by a request that then failed has no row and is found here only."""
    transfers: Transfers = runtime.resources["transfers"]
    while not runtime.stopping.is_set():
        before = datetime.now(UTC) - transfers.limits.deadline - timedelta(hours=1)
        try:
            await asyncio.to_thread(sweep, transfers.store, before)
        except Exception as error:  # the store is away: next time
            log.warning("sweep_failed", error=type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(runtime.stopping.wait(), SWEEP_SECONDS)


def sweep(store: ObjectStore, before: datetime) -> int:
    """Abort uploads begun, and remove forms received, before a moment; how many there were."""
    stale = [upload for upload in store.open_uploads() if upload.started_at < before]
    for upload in stale:
        store.abort_upload(upload.key, upload.multipart_id)
    forms = list(store.older_objects(INCOMING, before))
    for key in forms:
        store.remove(key)
    return len(stale) + len(forms)
