"""Publishing a brand: a new revision, in force on every replica with its commit. Drafts are one person's alone."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.database import continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Invalid, NotFound, Stale
from atrium_chassis.requests import require_revision
from atrium_contracts.accounts import BrandChanged
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.branding.contrast import below_aa, pairs
from atrium_gateway.branding.model import Brand, Choices, publish
from atrium_gateway.branding.pictures import UnsafePicture, checked
from atrium_gateway.branding.queries import find_brand, find_draft
from atrium_gateway.branding.tables import brand, brand_draft, brand_picture
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
    current = await _enter(connection, actor, house)
    require_revision(current.revision, expected)
    choices = await _changed(connection, house, current.choices, changes, logos)
    return await _publish(connection, actor, house, current, choices)


async def roll_back(connection: AsyncConnection, actor: Actor, house: UUID, expected: int | None) -> Brand:
    """One step back: the brand before this one, published again. Raises Conflict where there is none."""
    current = await _enter(connection, actor, house)
    require_revision(current.revision, expected)
    before = await find_brand(connection, house, current.revision - 1)
    if before is None:
        raise Conflict("first_version", "This is the first brand; there is none before it.")
    return await _publish(connection, actor, house, current, before.choices)


async def save_draft(
    connection: AsyncConnection, actor: Actor, house: UUID, changes: Mapping[str, Any], logos: Logos
) -> Brand:
    """What this person tries out, on top of the brand in force; nobody else sees it. Raises what change_brand does."""
    current = await _enter(connection, actor, house)
    known = await find_draft(connection, house, actor.viewer.person)
    choices = await _changed(connection, house, known.choices if known else current.choices, changes, logos)
    values = {"choices": asdict(choices), "saved_at": datetime.now(UTC)}
    await connection.execute(
        upsert(brand_draft)
        .values(customer_id=house, person_id=actor.viewer.person, **values)
        .on_conflict_do_update(index_elements=["customer_id", "person_id"], set_=values)
    )
    return publish(choices, current.revision)


async def publish_draft(connection: AsyncConnection, actor: Actor, house: UUID, expected: int | None) -> Brand:
    """The person's draft comes into force; without one, nothing changes."""
    current = await _enter(connection, actor, house)
    require_revision(current.revision, expected)
    draft = await find_draft(connection, house, actor.viewer.person)
    if draft is None or draft.choices == current.choices:
        return current
    return await _publish(connection, actor, house, current, draft.choices)


async def discard_draft(connection: AsyncConnection, actor: Actor, house: UUID) -> None:
    await _enter(connection, actor, house)
    await _end_draft(connection, actor, house)


async def _enter(connection: AsyncConnection, actor: Actor, house: UUID) -> Brand:
    """Check under the viewer's own role, then go on as the house's system; the brand in force."""
    if house != PROVIDER and await find_customer(connection, house) is None:
        raise NotFound
    require_staff(actor.viewer, *(("admin",) if house == PROVIDER else ("admin", "manager")))
    await continue_as_system(connection, "gateway", house)
    current = await find_brand(connection, house)
    if current is None:
        raise NotFound
    return current


async def _changed(
    connection: AsyncConnection, house: UUID, choices: Choices, changes: Mapping[str, Any], logos: Logos
) -> Choices:
    kept = {kind: sha256 for kind, sha256 in choices.logos.items() if kind not in logos}
    stored = {kind: await _keep(connection, house, kind, *logo) for kind, logo in logos.items() if logo is not None}
    return replace(choices, **changes, logos={**kept, **stored})


async def _publish(connection: AsyncConnection, actor: Actor, house: UUID, current: Brand, choices: Choices) -> Brand:
    changed = publish(choices, current.revision + 1)
    require_aa(changed)
    await _store(connection, house, changed, actor.viewer.person)
    await _end_draft(connection, actor, house)
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


def require_aa(brand: Brand) -> None:
    """Raises Invalid for a brand with a pair of colours below WCAG AA; repair leaves none, this makes sure."""
    weak = below_aa(pairs(brand.choices, brand.theme))
    if weak:
        detail = f"{weak[0].text} on {weak[0].ground} reaches {weak[0].ratio}, not {weak[0].needed}."
        raise Invalid([FieldError("/accent", "below_aa", detail)])


async def _end_draft(connection: AsyncConnection, actor: Actor, house: UUID) -> None:
    await connection.execute(
        delete(brand_draft).where(brand_draft.c.customer_id == house, brand_draft.c.person_id == actor.viewer.person)
    )


async def _keep(connection: AsyncConnection, house: UUID, kind: str, media_type: str, content: bytes) -> str:
    try:
        clean = checked(content, media_type)
    except UnsafePicture as refused:
        raise Invalid([FieldError(f"/logos/{kind}", refused.code, f"{refused}".capitalize() + ".")]) from refused
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
