from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.branding.model import Brand, Choices, Repair, Theme
from atrium_gateway.branding.tables import brand, brand_picture


@dataclass(frozen=True)
class Picture:
    sha256: str
    media_type: str
    content: bytes


async def find_brand(connection: AsyncConnection, house: UUID) -> Brand | None:
    """The brand in force: the last revision. Served by brand's primary key."""
    query = select(brand).where(brand.c.customer_id == house).order_by(brand.c.revision.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Brand(Choices(**row.choices), _theme(row.theme), row.revision)


def _theme(stored: dict[str, Any]) -> Theme:
    return Theme(stored["light"], stored["dark"], tuple(Repair(**repair) for repair in stored["repairs"]))


async def find_picture(connection: AsyncConnection, house: UUID, sha256: str) -> Picture | None:
    query = select(brand_picture).where(brand_picture.c.customer_id == house, brand_picture.c.sha256 == sha256)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Picture(row.sha256, row.media_type, bytes(row.content))
