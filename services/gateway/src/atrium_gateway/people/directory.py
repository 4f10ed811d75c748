"""Names of people, cached, for pages and mails; services and events hold ids alone."""

from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer

from atrium_gateway.cache import Cache
from atrium_gateway.changes import Change, Changes
from atrium_gateway.people import queries
from atrium_gateway.people.queries import Named
from atrium_gateway.signin.model import PROVIDER

SECONDS = 60.0
DEAF_SECONDS = 2.0


class Directory:
    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._cache: Cache[UUID, dict[UUID, Named]] = Cache(
            lambda: SECONDS if changes.connected else DEAF_SECONDS, size=2000
        )
        changes.subscribe(self._changed)

    def _changed(self, change: Change) -> None:
        if change.kind == "access":
            # Staff are in every house's directory, customers' people in their own and in the workspace's.
            everywhere = change.house in {None, PROVIDER}
            self._cache.forget(lambda house: everywhere or house in {change.house, PROVIDER})

    async def of(self, customer: UUID | None) -> dict[UUID, Named]:
        """Everyone that this house may see by name; None: all people, for staff."""
        house = customer or PROVIDER
        return await self._cache.get(house, lambda: self._load(house))

    async def _load(self, house: UUID) -> dict[UUID, Named]:
        if house == PROVIDER:
            async with self._database.transaction(Viewer(side=Side.PROVIDER)) as connection:
                return await queries.directory_of_all(connection)
        async with self._database.transaction(Viewer.system(house)) as connection:
            return await queries.directory(connection, house)
