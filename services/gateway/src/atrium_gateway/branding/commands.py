"""Publishing a brand: a new revision, in force on every replica with its commit."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from atrium_chassis.database import continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import FieldError, Invalid, NotFound, Stale
from atrium_chassis.requests import require_revision
from atrium_contracts.accounts import BrandChanged
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.branding.model import Brand, Choices, publish
from atrium_gateway.branding.pictures import UnsafePicture, checked
from atrium_gateway.branding.queries import find_brand
from atrium_gateway.branding.tables import brand, brand_picture
from atrium_gateway.changes import tell
from atrium_gateway.people.model import require_staff
from atrium_gateway.people.queries import find_customer
from atrium_gateway.signin.model import PROVIDER

#: Per kind: media type and content, or None to take the logo away.
Logos = Mapping[str, tuple[str, bytes] | None]


async def begin_brand(connection: AsyncConnection, house: UUID, product_name: str, accent: str) -> None:
    """The first brand of a new house, as the system within it. Does nothing where there is one."""
    if await find_brand(connection, house) is None:
        await _store(connection, house, publish(Choices(product_name, accent), revision=1), None)


async def change_brand(
    connection: AsyncConnection,
    actor: Actor,
    house: UUID,
    changes: Mapping[str, Any],
    logos: Logos,
    expected: int | None,
) -> Brand:
    """Raises NotFound, Forbidden, Stale, Invalid for a picture that is refused."""
    if house != PROVIDER and await find_customer(connection, house) is None:
        raise NotFound
    require_staff(actor.viewer, *(("admin",) if house == PROVIDER else ("admin", "manager")))
    await continue_as_system(connection, "gateway", house)
    current = await find_brand(connection, house)
    if current is None:
        raise NotFound
    require_revision(current.revision, expected)
    kept = {kind: sha256 for kind, sha256 in current.choices.logos.items() if kind not in logos}
    stored = {kind: await _keep(connection, house, kind, *logo) for kind, logo in logos.items() if logo is not None}
    choices = replace(current.choices, **changes, logos={**kept, **stored})
    changed = publish(choices, current.revision + 1)
    await _store(connection, house, changed, actor.viewer.person)
    await append(
        connection,
        actor,
        "brand_published",
        f"customers/{house}/brand",
        house=house,
        before=asdict(current.choices),
        after=asdict(choices),
    )
    if house != PROVIDER:
        await _record(connection, actor, house, changed)
    await tell(connection, "brand", house)
    return changed


async def _keep(connection: AsyncConnection, house: UUID, kind: str, media_type: str, content: bytes) -> str:
    try:
        clean = checked(content, media_type)
    except UnsafePicture as refused:
        raise Invalid([FieldError(f"/logos/{kind}", "unsafe_picture", f"{refused}".capitalize() + ".")]) from refused
    sha256 = hashlib.sha256(clean).hexdigest()
    await connection.execute(
        upsert(brand_picture)
        .values(customer_id=house, sha256=sha256, media_type=media_type, content=clean)
        .on_conflict_do_nothing()
    )
    return sha256


async def _store(connection: AsyncConnection, house: UUID, new: Brand, by: UUID | None) -> None:
    theme = {
        "light": dict(new.theme.light),
        "dark": dict(new.theme.dark),
        "repairs": [asdict(repair) for repair in new.theme.repairs],
    }
    stored = await connection.execute(
        upsert(brand)
        .values(customer_id=house, revision=new.revision, choices=asdict(new.choices), theme=theme, published_by=by)
        .on_conflict_do_nothing()
        .returning(brand.c.revision)
    )
    if stored.one_or_none() is None:  # someone published at the same moment
        raise Stale(new.revision)


async def _record(connection: AsyncConnection, actor: Actor, house: UUID, changed: Brand) -> None:
    await record(
        connection,
        BrandChanged(
            customer_id=house, product_name=changed.choices.product_name, accent=changed.theme.light["accent"]
        ),
        subject=f"customers/{house}/brand",
        customer=house,
        audience="shared",
        revision=changed.revision,
        key=house,
        actor=actor.viewer.person,
    )
