from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.notifications.tables import EVERYTHING, act_token, mail, mail_queue, seen
from atrium_gateway.people.queries import emails_of, find_member
from atrium_gateway.signin.model import hash_secret, own_house, viewer_of


@dataclass(frozen=True)
class Recipient:
    person: UUID
    name: str
    email: str
    viewer: Viewer


@dataclass(frozen=True)
class Act:
    """What a mailed act token is for. `viewer` reads that item with the person's own rights."""

    item_id: UUID
    person: Recipient
    expired: bool


async def find_recipient(connection: AsyncConnection, house: UUID, person: UUID) -> Recipient | None:
    """None for who no longer belongs here. As the system within the house."""
    member = await find_member(connection, house, person)
    if member is None or not member.active:
        return None
    email = (await emails_of(connection, [person]))[person]
    viewer = viewer_of(house, person, member.role, member.project_ids, member.language, member.time_zone)
    return Recipient(person, member.name, email, viewer)


async def find_act(database: Database, house: UUID, token: str) -> Act | None:
    """Reading uses nothing up, so that scanners of mails change nothing."""
    async with database.transaction(Viewer.system(house)) as connection:
        query = select(act_token).where(act_token.c.customer_id == house, act_token.c.token_hash == hash_secret(token))
        row = (await connection.execute(query)).one_or_none()
        person = await find_recipient(connection, house, row.person_id) if row is not None else None
    if row is None or person is None:
        return None
    return Act(row.item_id, person, row.expires_at <= datetime.now(UTC))


async def claim_due(connection: AsyncConnection, limit: int, lease_seconds: int) -> list[Row[Any]]:
    """Mails that are due, leased to this worker; a lease that runs out makes them due again."""
    due = (
        select(mail_queue.c.house_id, mail_queue.c.mail_id)
        .where(mail_queue.c.due_at <= func.now())
        .order_by(mail_queue.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(mail_queue)
        .where(tuple_(mail_queue.c.house_id, mail_queue.c.mail_id).in_(due))
        .values(
            tries=mail_queue.c.tries + 1,
            due_at=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_seconds * (mail_queue.c.tries + 1)),
        )
        .returning(mail_queue.c.house_id, mail_queue.c.mail_id, mail_queue.c.tries)
    )
    return list((await connection.execute(claimed)).all())


async def find_mail(connection: AsyncConnection, house: UUID, mail_id: UUID) -> Row[Any] | None:
    return (
        await connection.execute(select(mail).where(mail.c.customer_id == house, mail.c.id == mail_id))
    ).one_or_none()


async def postpone(connection: AsyncConnection, house: UUID, mail_id: UUID, until: datetime) -> None:
    """The mail stays in the queue, as if it had not been tried yet."""
    await connection.execute(
        update(mail_queue)
        .where(mail_queue.c.house_id == house, mail_queue.c.mail_id == mail_id)
        .values(due_at=until, tries=0)
    )


async def settle(connection: AsyncConnection, house: UUID, mail_id: UUID, outcome: str) -> None:
    """The mail is sent, or will not be; it leaves the queue."""
    sent_at = datetime.now(UTC) if outcome == "sent" else None
    await connection.execute(
        update(mail).where(mail.c.customer_id == house, mail.c.id == mail_id).values(outcome=outcome, sent_at=sent_at)
    )
    await connection.execute(delete(mail_queue).where(mail_queue.c.house_id == house, mail_queue.c.mail_id == mail_id))


async def seen_marks(connection: AsyncConnection, viewer: Viewer, since: datetime) -> dict[str, datetime]:
    """Up to when the viewer has seen what, of all they have looked at since then. Served by seen's primary key."""
    if viewer.person is None:
        return {}
    query = select(seen.c.thing, seen.c.seen_at).where(
        seen.c.customer_id == own_house(viewer),
        seen.c.person_id == viewer.person,
        (seen.c.seen_at >= since) | (seen.c.thing == EVERYTHING),
    )
    return {row.thing: row.seen_at for row in await connection.execute(query)}


async def seen_below(connection: AsyncConnection, viewer: Viewer, folder: str) -> dict[str, datetime]:
    """What the viewer has seen of the things whose names begin with the folder's. Served by seen's primary key."""
    query = select(seen.c.thing, seen.c.seen_at).where(
        seen.c.customer_id == own_house(viewer),
        seen.c.person_id == viewer.person,
        seen.c.thing.between(f"{folder}/", f"{folder}0"),  # "0" follows "/"
    )
    return {row.thing: row.seen_at for row in await connection.execute(query)}
