"""What changed in who may do what, told to every replica by NOTIFY in the transaction of the change."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

import asyncpg
from atrium_chassis.database import Database
from atrium_chassis.telemetry import log
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import ConnectionPoolEntry

Kind = Literal["access", "house", "brand", "mail"]

CHANNEL = "atrium_gateway"
#: Where a connection keeps what it told until it is back in the pool.
TOLD = "atrium_told"
RETRY_SECONDS = 0.5
PROBE_SECONDS = 2.0

_TELL = text("SELECT pg_notify(:channel, :payload)")


@dataclass(frozen=True)
class Change:
    """`access`: memberships, sessions, tokens · `house`: customers, addresses · `brand` · `mail`: one is waiting.

    `house` None: the connection was lost, anything may have changed. `person` None: anybody of the house.
    """

    kind: Kind
    house: UUID | None
    person: UUID | None = None


async def tell(connection: AsyncConnection, kind: Kind, house: UUID, person: UUID | None = None) -> None:
    """Tell all replicas once the transaction commits; this one knows before its answer goes out."""
    await connection.execute(_TELL, {"channel": CHANNEL, "payload": f"{kind} {house} {person or ''}"})
    connection.info.setdefault(TOLD, []).append(Change(kind, house, person))


class Changes:
    """Listens on a direct connection of its own. While it is not connected, caches must not be trusted for long."""

    def __init__(self, dsn: str, database: Database) -> None:
        self._dsn = dsn
        self._listeners: list[Callable[[Change], None]] = []
        self.connected = False
        event.listen(database.engine.sync_engine, "checkin", self._ended)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call the listener for each change; returns the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def run(self) -> None:
        """Listen until cancelled, connecting again whenever the connection is lost."""
        while True:
            try:
                await self._listen()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("changes_not_connected", reason=type(error).__name__)
            finally:
                self.connected = False
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(self._dsn, timeout=5)
        try:
            await connection.add_listener(CHANNEL, self._received)
            for kind in get_args(Kind):
                self._spread(Change(kind, None))
            self.connected = True
            while True:
                await asyncio.sleep(PROBE_SECONDS)
                await connection.execute("SELECT 1", timeout=PROBE_SECONDS)
        finally:
            with suppress(Exception):
                await connection.close(timeout=1)

    def _ended(self, _: object, connection: ConnectionPoolEntry) -> None:
        """Whoever changed something sees it on their next page. After a rollback this only costs a reading."""
        for change in connection.info.pop(TOLD, ()):
            self._spread(change)

    def _received(self, connection: object, pid: int, channel: str, payload: object) -> None:
        kind, house, person = str(payload).split(" ")
        if kind in get_args(Kind):
            self._spread(Change(kind, UUID(house), UUID(person) if person else None))  # type: ignore[arg-type]

    def _spread(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)
