"""Staff look at a customer's portal as one of its people: begun in the workspace, entered at the customer's own host.

A look ends by itself, with the session of whoever looks, and with the access of either. See docs/adr/0017.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.changes import tell
from atrium_gateway.people.queries import find_customer, find_member
from atrium_gateway.signin.model import PROVIDER, Looking, Session, hash_secret, looking_as, new_secret, viewer_of
from atrium_gateway.signin.tables import api_token, look, session

#: From the workspace to the customer's host.
ENTRY_LIFETIME = timedelta(minutes=1)
LOOK_LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Look:
    """Who looks as whom; `language` is empty for the person's own."""

    house: UUID
    staff: UUID
    staff_session: UUID
    person: UUID
    language: str = ""


async def begin_look(database: Database, actor: Actor, wanted: Look, *, entered: bool = False) -> str:
    """The look's secret: to enter it once, or to keep where it is `entered` already. It stands in the trail."""
    secret, now = new_secret(), datetime.now(UTC)
    async with database.transaction(Viewer.system(wanted.house)) as connection:
        await connection.execute(
            insert(look).values(
                customer_id=wanted.house,
                id=uuid4(),
                token_hash=hash_secret(secret),
                staff_id=wanted.staff,
                staff_session=wanted.staff_session,
                person_id=wanted.person,
                language=wanted.language,
                entered_at=now if entered else None,
                expires_at=now + (LOOK_LIFETIME if entered else ENTRY_LIFETIME),
            )
        )
        await append(connection, actor, "viewed_as", f"people/{wanted.person}", house=wanted.house)
    return secret


async def enter_look(database: Database, house: UUID, secret: str) -> str | None:
    """Exchange the secret of an address, good once and for a minute, for that of a cookie. None where it is not."""
    kept, now = new_secret(), datetime.now(UTC)
    async with database.transaction(Viewer.system(house)) as connection:
        entered = await connection.execute(
            update(look)
            .where(
                look.c.customer_id == house,
                look.c.token_hash == hash_secret(secret),
                look.c.entered_at.is_(None),
                look.c.expires_at > func.now(),
            )
            .values(token_hash=hash_secret(kept), entered_at=now, expires_at=now + LOOK_LIFETIME)
            .returning(look.c.id)
        )
        return kept if entered.one_or_none() is not None else None


async def end_look(database: Database, house: UUID, held: UUID) -> None:
    """Every replica forgets it. Open pages are not told: the one it was left from is on its way already."""
    async with database.transaction(Viewer.system(house)) as connection:
        await connection.execute(
            update(look).where(look.c.customer_id == house, look.c.id == held).values(ended_at=datetime.now(UTC))
        )
        await tell(connection, "access", house, held)


async def load_look(database: Database, house: UUID, token_hash: bytes) -> Session | None:
    """The session of a running look, with the rights that both have at this moment. None where it does not run."""
    async with database.transaction(Viewer.system(house)) as connection:
        held = await _running(connection, house, token_hash)
        if held is None:
            return None
        customer = await find_customer(connection, house)
        member = await find_member(connection, house, held.person_id)
    async with database.transaction(Viewer.system(PROVIDER)) as connection:
        staff = await find_member(connection, PROVIDER, held.staff_id)
        signed_in = await _is_signed_in(connection, held.staff_session)
    if customer is None or member is None or staff is None:
        return None
    if not (signed_in and customer.active and member.active and staff.active):
        return None
    own = _viewer(PROVIDER, staff)
    seen = looking_as(own, _viewer(house, member))
    viewer = replace(seen, language=held.language or seen.language)
    return Session(held.id, house, held.person_id, member.name, "", viewer, False, Looking(own, held.staff_session))


async def _running(connection: AsyncConnection, house: UUID, token_hash: bytes) -> Row[Any] | None:
    query = select(look).where(
        look.c.customer_id == house,
        look.c.token_hash == token_hash,
        look.c.entered_at.is_not(None),
        look.c.ended_at.is_(None),
        look.c.expires_at > func.now(),
    )
    found: Row[Any] | None = (await connection.execute(query)).one_or_none()
    return found


async def _is_signed_in(connection: AsyncConnection, held: UUID) -> bool:
    """Whether the session, or the API token, that the look was begun with still runs."""
    runs = [
        exists().where(
            table.c.customer_id == PROVIDER,
            table.c.id == held,
            table.c.ended_at.is_(None),
            or_(table.c.expires_at.is_(None), table.c.expires_at > func.now()),
        )
        for table in (session, api_token)
    ]
    return bool((await connection.execute(select(or_(*runs)))).scalar_one())


def _viewer(house: UUID, member: Row[Any]) -> Viewer:
    return viewer_of(house, member.person_id, member.role, member.project_ids, member.language, member.time_zone)
