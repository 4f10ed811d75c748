from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.branding.model import Brand, Choices, Repair, Theme
from atrium_gateway.branding.tables import brand, brand_draft, brand_picture


@dataclass(frozen=True)
class Picture:
    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    choices: Choices
    saved_at: datetime


async def find_brand(connection: AsyncConnection, house: UUID, revision: int | None = None) -> Brand | None:
    """The brand in force, the last revision, or an earlier one. Served by brand's primary key."""
    query = select(brand).where(brand.c.customer_id == house).order_by(brand.c.revision.desc()).limit(1)
    if revision is not None:
        query = query.where(brand.c.revision == revision)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Brand(Choices(**row.choices), _theme(row.theme), row.revision)


def _theme(stored: dict[str, Any]) -> Theme:
    return Theme(stored["light"], stored["dark"], tuple(Repair(**repair) for repair in stored["repairs"]))


async def find_draft(connection: AsyncConnection, house: UUID, person: UUID | None) -> Draft | None:
    """What a person tries out for a house, if they do."""
    query = select(brand_draft).where(brand_draft.c.customer_id == house, brand_draft.c.person_id == person)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Draft(Choices(**row.choices), row.saved_at)


async def find_picture(connection: AsyncConnection, house: UUID, sha256: str) -> Picture | None:
    query = select(brand_picture).where(brand_picture.c.customer_id == house, brand_picture.c.sha256 == sha256)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Picture(row.sha256, row.media_type, bytes(row.content))


async def picture_sizes(connection: AsyncConnection, house: UUID) -> dict[str, int]:
    """Bytes of each of the house's pictures."""
    columns = (brand_picture.c.sha256, func.length(brand_picture.c.content).label("bytes"))
    query = select(*columns).where(brand_picture.c.customer_id == house)
    return {row.sha256: row.bytes for row in await connection.execute(query)}
