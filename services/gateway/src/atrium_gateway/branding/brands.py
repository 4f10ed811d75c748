"""Brands in force, cached on each replica until the database tells of a change."""

from dataclasses import replace
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer

from atrium_gateway.branding.model import Brand, Choices, publish
from atrium_gateway.branding.pictures import proportion
from atrium_gateway.branding.queries import Picture, find_brand, find_picture
from atrium_gateway.cache import Cache
from atrium_gateway.changes import Change, Changes

SECONDS = 60.0
DEAF_SECONDS = 0.5
DEFAULT_ACCENT = "#0e6073"


class Brands:
    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._brands: Cache[UUID, Brand] = Cache(lambda: SECONDS if changes.connected else DEAF_SECONDS, size=2000)
        # A picture's key is its content's hash, so it never changes; few, since a logo may have 256 KB.
        self._pictures: Cache[tuple[UUID, str], Picture] = Cache(lambda: 3600.0, size=100)
        changes.subscribe(self._changed)

    def _changed(self, change: Change) -> None:
        if change.kind == "brand":
            self._brands.forget(lambda house: change.house in {None, house})

    async def of(self, house: UUID) -> Brand:
        return await self._brands.get(house, lambda: self._load(house))

    async def _load(self, house: UUID) -> Brand:
        async with self._database.transaction(Viewer.system(house)) as connection:
            brand = await find_brand(connection, house) or publish(Choices("Atrium", DEFAULT_ACCENT), 0)
        pictures = {kind: await self.picture(house, sha256) for kind, sha256 in brand.choices.logos.items()}
        told = {kind: proportion(one.content, one.media_type) for kind, one in pictures.items() if one is not None}
        return replace(brand, proportions={kind: shape for kind, shape in told.items() if shape is not None})

    async def picture(self, house: UUID, sha256: str) -> Picture | None:
        key = (house, sha256)
        known = self._pictures.known(key)
        if known is not None:
            return known
        async with self._database.transaction(Viewer.system(house)) as connection:
            picture = await find_picture(connection, house, sha256)

        async def found() -> Picture:
            assert picture is not None  # noqa: S101  # asked below
            return picture

        return await self._pictures.get(key, found) if picture is not None else None
