"""What routes and workers of one process share: identity, brands, names, mails, upstreams, streams."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from atrium_chassis.service import Runtime
from atrium_chassis.viewer import TokenMinter

from atrium_gateway.branding.brands import Brands
from atrium_gateway.changes import Change, Changes
from atrium_gateway.exports.printing import Printer
from atrium_gateway.live.hub import Hub
from atrium_gateway.notifications.mailing import Mailing
from atrium_gateway.notifications.sending import Sender
from atrium_gateway.people.directory import Directory
from atrium_gateway.people.resolver import DnsTxtResolver
from atrium_gateway.settings import Settings
from atrium_gateway.signin.identity import Identity
from atrium_gateway.signin.model import PROVIDER
from atrium_gateway.upstreams.client import open_upstreams

UPSTREAMS = ("projects", "files", "threads", "reports")


@asynccontextmanager
async def open_resources(runtime: Runtime) -> AsyncIterator[dict[str, Any]]:
    settings: Settings = runtime.settings
    changes, hub = Changes(settings.direct_url, runtime.database), Hub()
    identity = Identity(runtime.database, settings, changes)
    brands, directory = Brands(runtime.database, changes), Directory(runtime.database, changes)
    mailing = Mailing(settings, brands)
    changes.subscribe(lambda change: _end_streams(hub, change))
    minter = TokenMinter(settings.viewer_signing_key.read_bytes())
    grace = settings.mail_grace
    urls = {name: getattr(settings, f"{name}_url") for name in UPSTREAMS}
    listening = asyncio.create_task(changes.run(), name="changes")
    try:
        async with open_upstreams(urls, minter) as upstreams:
            yield {
                "changes": changes,
                "identity": identity,
                "brands": brands,
                "directory": directory,
                "mailing": mailing,
                "printer": Printer(),
                "sender": Sender(runtime.database, identity, brands, directory, mailing, upstreams, grace),
                "upstreams": upstreams,
                "hub": hub,
                "resolver": DnsTxtResolver(settings.dns_server),
            }
            await mailing.finish()
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def _end_streams(hub: Hub, change: Change) -> None:
    """A stream ends with its viewer's access; who may come back does so at once."""
    if change.kind not in {"access", "house"}:
        return
    if change.house is None:
        hub.end_all()
        return
    customer = None if change.house == PROVIDER else change.house
    hub.end_where(
        lambda viewer: (
            (viewer.customer == customer and change.person in {None, viewer.person})
            or (customer is None and viewer.preview is not None and change.person in {None, viewer.preview})
        )
    )
