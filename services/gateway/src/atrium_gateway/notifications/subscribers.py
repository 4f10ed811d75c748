"""Events only trigger mails; what the mail says is read when it is sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.events import Received
from atrium_contracts.projects import PublishedItemChanged, PublishedItemWithdrawn
from atrium_contracts.threads import MessagePosted
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.notifications.commands import BY_EVENT, newly_asked, queue_mail, take_back_act_mails

subscriptions = Subscriptions()

#: What happened before is history, imported or played again: nobody is mailed about it.
STILL_NEWS = timedelta(days=1)


def is_news(event: Received[Any]) -> bool:
    return event.envelope.time > datetime.now(UTC) - STILL_NEWS


@subscriptions.on(PublishedItemChanged)
async def mail_the_newly_asked(connection: AsyncConnection, event: Received[PublishedItemChanged]) -> None:
    """Who is asked for an act gets one mail, once per time of being asked, unless it was published without mails."""
    item, house = event.data, event.envelope.customer
    if house is None:
        return
    open_act = item.form == "shared" and item.turn == "customer" and item.verb is not None and not item.done
    people = set(item.asked_ids) if open_act else set()
    for person in sorted(await newly_asked(connection, house, item.item_id, people), key=str):
        if item.by_mail and person != event.envelope.actor and is_news(event):
            await queue_mail(
                connection,
                house,
                "act",
                f"{BY_EVENT}{event.envelope.id}",
                person=person,
                about={"item_id": str(item.item_id)},
            )


@subscriptions.on(PublishedItemWithdrawn)
async def forget_who_was_asked(connection: AsyncConnection, event: Received[PublishedItemWithdrawn]) -> None:
    """Mails about it that have not left yet stay here."""
    if event.envelope.customer is not None:
        await newly_asked(connection, event.envelope.customer, event.data.item_id, set())
        await take_back_act_mails(connection, event.envelope.customer, event.data.item_id)


@subscriptions.on(MessagePosted)
async def mail_the_mentioned(connection: AsyncConnection, event: Received[MessagePosted]) -> None:
    """Customers' people only; staff read their conversations in the workspace."""
    message, house = event.data, event.envelope.customer
    if house is None or event.envelope.audience == "internal" or message.erased or not is_news(event):
        return
    about = {"thread_id": str(message.thread_id), "author_id": str(message.author_id)}
    for person in message.mention_ids:
        if person != message.author_id:
            await queue_mail(connection, house, "message", f"messages/{message.message_id}", person=person, about=about)
