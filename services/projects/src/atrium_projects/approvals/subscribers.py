"""Versions, as files' events tell of them."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.events import Received
from atrium_contracts.files import VersionReady
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.commands import take_version


async def on_version_ready(connection: AsyncConnection, event: Received[VersionReady]) -> None:
    customer = event.envelope.customer
    if customer is not None:
        await take_version(connection, event.data, customer, event.envelope.audience)


def subscribe(subscriptions: Subscriptions) -> None:
    subscriptions.on(VersionReady)(on_version_ready)
