"""Reminders: staff ask once more those whose turn it is. One mail a person and day, at first to be taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.notifications.commands import queue_mail
from atrium_gateway.notifications.tables import mail, mail_queue

KIND = "reminder"


@dataclass(frozen=True)
class Reminder:
    """`waits`: it has not left yet and can be taken back."""

    at: datetime
    waits: bool


#: The newest of each person, by customer and person.
Reminders = Mapping[tuple[str, str], Reminder]


async def remind(
    connection: AsyncConnection, house: UUID, item: UUID, people: Collection[str], by: UUID | None, day: date
) -> bool:
    """Whether anyone is mailed: who was reminded that day, of whatever, is not again. As the system in the house."""
    about = {"item_id": str(item), "by": str(by)}
    queued = [
        await queue_mail(connection, house, KIND, f"reminders/{day}", person=UUID(person), about=about)
        for person in people
    ]
    return any(queued)


async def take_back_reminder(
    connection: AsyncConnection, house: UUID, people: Collection[str], grace: timedelta
) -> bool:
    """Whether one was still here. It leaves no trace in the queue, so that another may follow the same day."""
    taken = await connection.execute(
        delete(mail)
        .where(
            mail.c.customer_id == house,
            mail.c.kind == KIND,
            mail.c.person_id.in_(people),
            mail.c.outcome.is_(None),
            mail.c.created_at > datetime.now(UTC) - grace,
        )
        .returning(mail.c.id)
    )
    gone = list(taken.scalars())
    await connection.execute(delete(mail_queue).where(mail_queue.c.house_id == house, mail_queue.c.mail_id.in_(gone)))
    return bool(gone)


async def newest_reminders(connection: AsyncConnection, people: Collection[str], grace: timedelta) -> Reminders:
    """As staff; served by mail_reminder."""
    query = (
        select(mail.c.customer_id, mail.c.person_id, mail.c.created_at, mail.c.outcome)
        .where(mail.c.kind == KIND, mail.c.person_id.in_(people), mail.c.outcome.is_distinct_from("not_needed"))
        .ext(distinct_on(mail.c.person_id, mail.c.customer_id))
        .order_by(mail.c.person_id, mail.c.customer_id, mail.c.created_at.desc())
    )
    held = datetime.now(UTC) - grace
    rows = await connection.execute(query)
    return {
        (str(house), str(person)): Reminder(at, outcome is None and at > held) for house, person, at, outcome in rows
    }
