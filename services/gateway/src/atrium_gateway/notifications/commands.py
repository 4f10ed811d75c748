"""Queueing mails, tokens for acting from a mail, and marks of what was seen."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.viewer import Viewer
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.changes import tell
from atrium_gateway.notifications.tables import act_token, asked, mail, mail_queue, seen
from atrium_gateway.signin.model import hash_secret, new_secret, own_house

ACT_TOKEN_LIFETIME = timedelta(days=7)
#: How the cause of a mail begins that nobody asked for themselves: it waits a moment, and can be taken back.
BY_EVENT = "events/"


async def queue_mail(
    connection: AsyncConnection,
    house: UUID,
    kind: str,
    cause: str,
    *,
    person: UUID | None = None,
    invitation: UUID | None = None,
    about: dict[str, Any] | None = None,
) -> bool:
    """Once per cause and recipient, however often it is asked for; whether it is new. As the system in the house."""
    mail_id = uuid4()
    queued = await connection.execute(
        upsert(mail)
        .values(
            customer_id=house,
            id=mail_id,
            kind=kind,
            cause=cause,
            person_id=person,
            invitation_id=invitation,
            about=about or {},
        )
        .on_conflict_do_nothing()
        .returning(mail.c.id)
    )
    if queued.one_or_none() is None:
        return False
    await connection.execute(insert(mail_queue).values(house_id=house, mail_id=mail_id, due_at=datetime.now(UTC)))
    await tell(connection, "mail", house)
    return True


async def queue_invitation(connection: AsyncConnection, house: UUID, invitation_id: UUID) -> None:
    await queue_mail(connection, house, "invitation", f"invitations/{invitation_id}", invitation=invitation_id)


async def newly_asked(connection: AsyncConnection, house: UUID, item_id: UUID, people: set[UUID]) -> set[UUID]:
    """Keep who is asked now; returns those who were not asked before."""
    of_item = (asked.c.customer_id == house, asked.c.item_id == item_id)
    before = set((await connection.execute(select(asked.c.person_id).where(*of_item))).scalars())
    if gone := before - people:
        await connection.execute(delete(asked).where(*of_item, asked.c.person_id.in_(gone)))
    new = people - before
    if new:
        await connection.execute(
            insert(asked), [{"customer_id": house, "item_id": item_id, "person_id": person} for person in new]
        )
    return new


async def take_back_act_mails(connection: AsyncConnection, house: UUID, item_id: UUID) -> None:
    """What has not left yet, about an item that is no longer shown, never will. As the system within the house."""
    taken = await connection.execute(
        update(mail)
        .where(
            mail.c.customer_id == house,
            mail.c.kind == "act",
            mail.c.outcome.is_(None),
            mail.c.about["item_id"].as_string() == str(item_id),
        )
        .values(outcome="not_needed")
        .returning(mail.c.id)
    )
    gone = list(taken.scalars())
    await connection.execute(delete(mail_queue).where(mail_queue.c.house_id == house, mail_queue.c.mail_id.in_(gone)))


async def issue_act_token(connection: AsyncConnection, house: UUID, person: UUID, item_id: UUID) -> str:
    """For one item and one person. Opening its page does nothing."""
    secret = new_secret()
    await connection.execute(
        insert(act_token).values(
            customer_id=house,
            token_hash=hash_secret(secret),
            person_id=person,
            item_id=item_id,
            expires_at=datetime.now(UTC) + ACT_TOKEN_LIFETIME,
        )
    )
    return secret


async def mark_seen(connection: AsyncConnection, viewer: Viewer, until: Mapping[str, datetime]) -> None:
    """Thing → the moment of the change that was looked at. As the viewer, whose own marks alone the database admits.

    Who looks as somebody else leaves no trace; nobody has seen what is to come.
    """
    if not until or viewer.person is None or viewer.preview is not None:
        return
    house, now = own_house(viewer), datetime.now(UTC)
    statement = upsert(seen).values(
        [
            {"customer_id": house, "person_id": viewer.person, "thing": thing, "seen_at": min(moment, now)}
            for thing, moment in until.items()
        ]
    )
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[seen.c.customer_id, seen.c.person_id, seen.c.thing],
            set_={"seen_at": func.greatest(seen.c.seen_at, statement.excluded.seen_at)},
        )
    )
