"""The worker's task: draw the previews that are due."""

from atrium_chassis.service import Runtime

from atrium_files.previews.commands import draw_one
from atrium_files.previews.drawer import Drawer
from atrium_files.previews.schedule import CHANNEL
from atrium_files.previews.secrets import keep_from_children
from atrium_files.transfers.setup import Transfers
from atrium_files.worklist import work_off


async def draw_previews(runtime: Runtime) -> None:
    keep_from_children()
    transfers: Transfers = runtime.resources["transfers"]
    drawer = Drawer(runtime.settings.preview_seconds, runtime.settings.preview_memory)

    async def turn() -> bool:
        return await draw_one(runtime.database, transfers.store, drawer, runtime.stopping)

    await work_off(runtime, CHANNEL, turn, runtime.settings.concurrent_previews)
