"""The worker's tasks: work off what is due, and sweep what the store has without anybody knowing."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from atrium_chassis.service import Runtime
from atrium_chassis.telemetry import log

from atrium_files.checks.commands import work_off_one
from atrium_files.checks.schedule import CHANNEL
from atrium_files.store.keys import INCOMING
from atrium_files.store.objects import ObjectStore
from atrium_files.transfers.setup import Transfers
from atrium_files.worklist import work_off

SWEEP_SECONDS = 3600.0


async def check_versions(runtime: Runtime) -> None:
    transfers: Transfers = runtime.resources["transfers"]

    async def turn() -> bool:
        return await work_off_one(runtime.database, transfers.store, runtime.stopping.is_set)

    await work_off(runtime, CHANNEL, turn, runtime.settings.concurrent_checks)


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
