"""The worker that sends queued mails. What a mail says is read when it is sent, with its recipient's own rights."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import aiosmtplib
from atrium_chassis.database import Database
from atrium_chassis.problems import Problem
from atrium_chassis.service import Runtime
from atrium_chassis.telemetry import log
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.branding.brands import Brands
from atrium_gateway.changes import Change, Changes
from atrium_gateway.notifications.commands import ACT_TOKEN_LIFETIME, BY_EVENT, issue_act_token
from atrium_gateway.notifications.mailing import Mailing, house_of
from atrium_gateway.notifications.model import (
    House,
    MailText,
    act_mail,
    asked_item,
    invitation_mail,
    message_mail,
    reminder_mail,
)
from atrium_gateway.notifications.queries import Recipient, claim_due, find_mail, find_recipient, postpone, settle
from atrium_gateway.people.directory import Directory
from atrium_gateway.people.queries import find_member
from atrium_gateway.people.tables import invitation
from atrium_gateway.signin.commands import find_addressee, store_code
from atrium_gateway.signin.identity import Identity, UnknownHost
from atrium_gateway.signin.model import Tenant
from atrium_gateway.upstreams.client import Upstreams

BATCH = 20
LEASE_SECONDS = 30
MAX_TRIES = 8
POLL_SECONDS = 5.0
NEVER = datetime.max.replace(tzinfo=UTC)


class NotNeeded(Exception):  # not an error: the reason for the mail is gone
    pass


class TooEarly(Exception):  # not an error: it is in the queue for later
    pass


Prepared = tuple[MailText, str, str]  # text, name, address


class Sender:
    def __init__(
        self,
        database: Database,
        identity: Identity,
        brands: Brands,
        directory: Directory,
        mailing: Mailing,
        upstreams: Upstreams,
        grace: timedelta,
    ) -> None:
        self._database = database
        self._identity = identity
        self._brands = brands
        self._directory = directory
        self._mailing = mailing
        self._upstreams = upstreams
        self._grace = grace
        self._next = NEVER
        self._kinds: dict[str, Callable[[Row[Any], Tenant, House], Awaitable[Prepared]]] = {
            "invitation": self._invitation,
            "act": self._act,
            "message": self._message,
            "reminder": self._reminder,
        }

    @property
    def rest_seconds(self) -> float:
        """Until the next mail that was held back is due, at most until the poll."""
        return min(POLL_SECONDS, max(0.0, (self._next - datetime.now(UTC)).total_seconds()))

    async def send_due(self) -> int:
        """One batch; returns how many were due."""
        if self._next <= datetime.now(UTC):
            self._next = NEVER
        async with self._database.transaction(Viewer.system(None)) as connection:
            due = await claim_due(connection, BATCH, LEASE_SECONDS)
        for row in due:
            await self._send(row.house_id, row.mail_id, row.tries)
        return len(due)

    async def _send(self, house: UUID, mail_id: UUID, tries: int) -> None:
        """A mail that cannot be sent now stays leased and is tried again later, a few times."""
        try:
            outcome = await self._attempt(house, mail_id)
        except TooEarly:
            return
        except (aiosmtplib.SMTPException, OSError, Problem) as error:
            log.warning("mail_failed", mail=str(mail_id), tries=tries, reason=type(error).__name__)
            if tries < MAX_TRIES:
                return
            outcome = "failed"
        async with self._database.transaction(Viewer.system(house)) as connection:
            await settle(connection, house, mail_id, outcome)

    async def _attempt(self, house: UUID, mail_id: UUID) -> str:
        """Raises TooEarly for what may still be taken back."""
        async with self._database.transaction(Viewer.system(house)) as connection:
            mail = await find_mail(connection, house, mail_id)
            if mail is None or mail.outcome is not None:
                return mail.outcome if mail else "sent"
            leaves = mail.created_at + self._grace
            early = _is_held(mail) and leaves > datetime.now(UTC)
            if early:
                await postpone(connection, house, mail_id, leaves)
        if early:
            self._next = min(self._next, leaves)
            raise TooEarly
        try:
            tenant = await self._identity.tenant_of_house(house)
            brand = await self._brands.of(house)
            text, name, email = await self._kinds[mail.kind](mail, tenant, house_of(tenant, brand))
        except (NotNeeded, UnknownHost):
            return "not_needed"
        await self._mailing.send(tenant, text, name, email, str(mail_id))
        return "sent"

    async def _recipient(self, connection: AsyncConnection, mail: Row[Any]) -> Recipient:
        recipient = await find_recipient(connection, mail.customer_id, mail.person_id)
        if recipient is None:
            raise NotNeeded
        return recipient

    async def _invitation(self, mail: Row[Any], tenant: Tenant, house: House) -> Prepared:
        """The link is made now, so that it is nowhere but in the mail."""
        async with self._database.transaction(Viewer.system(tenant.house)) as connection:
            query = select(invitation).where(
                invitation.c.customer_id == tenant.house, invitation.c.id == mail.invitation_id
            )
            invited = (await connection.execute(query)).one_or_none()
            if invited is None or invited.withdrawn_at is not None or invited.accepted_at is not None:
                raise NotNeeded
            addressee = await find_addressee(connection, tenant.house, invited.email)
            lifetime = invited.expires_at - datetime.now(UTC)
            issued = await store_code(connection, tenant.house, invited.email, addressee, "", lifetime)
        names = await self._directory.of(tenant.customer)
        who = names[invited.invited_by].name if invited.invited_by in names else house.provider
        text = invitation_mail(invited.language, house, invited.name, who, issued.link, invited.expires_at)
        return text, invited.name, invited.email

    async def _act(self, mail: Row[Any], tenant: Tenant, house: House) -> Prepared:
        text, recipient = await self._asking(mail, tenant, house)
        return text, recipient.name, recipient.email

    async def _reminder(self, mail: Row[Any], tenant: Tenant, house: House) -> Prepared:
        """Of one item, with whatever else waits for the same person."""
        text, recipient = await self._asking(mail, tenant, house)
        home = await self._read(recipient, "/v1/home")
        others = [row for row in home["your_turn"]["mine"] if row["id"] != mail.about["item_id"]]
        names = await self._names(tenant)
        who = names.get(mail.about["by"], house.provider)
        listed = [asked_item(row, {}, names) for row in others]
        return (
            reminder_mail(text, house, recipient.name, who, listed, _today(recipient)),
            recipient.name,
            recipient.email,
        )

    async def _asking(self, mail: Row[Any], tenant: Tenant, house: House) -> tuple[MailText, Recipient]:
        """What a person is asked for, with a link of their own. Raises NotNeeded once they are no longer asked."""
        item_id = UUID(mail.about["item_id"])
        async with self._database.transaction(Viewer.system(tenant.house)) as connection:
            recipient = await self._recipient(connection, mail)
        item = await self._read(recipient, f"/v1/items/{item_id}")
        if str(recipient.person) not in [str(asked) for asked in item.get("asked_ids", [str(recipient.person)])]:
            raise NotNeeded
        project = await self._read(recipient, f"/v1/projects/{item['project_id']}") if item.get("project_id") else {}
        asked = asked_item(item, project, await self._names(tenant))
        async with self._database.transaction(Viewer.system(tenant.house)) as connection:
            token = await issue_act_token(connection, tenant.house, recipient.person, item_id)
        until = datetime.now(UTC) + ACT_TOKEN_LIFETIME
        language = recipient.viewer.language
        return act_mail(language, house, recipient.name, asked, token, until, _today(recipient)), recipient

    async def _names(self, tenant: Tenant) -> dict[str, str]:
        return {str(person.id): person.name for person in (await self._directory.of(tenant.customer)).values()}

    async def _message(self, mail: Row[Any], tenant: Tenant, house: House) -> Prepared:
        async with self._database.transaction(Viewer.system(tenant.house)) as connection:
            recipient = await self._recipient(connection, mail)
            author = await find_member(connection, tenant.house, UUID(mail.about["author_id"]))
        thread = await self._read(recipient, f"/v1/threads/{mail.about['thread_id']}", service="threads")
        names = await self._directory.of(tenant.customer)
        author_id = UUID(mail.about["author_id"])
        who = author.name if author is not None else names[author_id].name if author_id in names else house.provider
        text = message_mail(
            recipient.viewer.language,
            house,
            recipient.name,
            who=who,
            title=str(thread.get("title") or ""),
            thread=mail.about["thread_id"],
            private=thread.get("audience") != "shared",
        )
        return text, recipient.name, recipient.email

    async def _read(self, recipient: Recipient, path: str, service: str = "projects") -> dict[str, Any]:
        """As the recipient. What they may not see needs no mail."""
        try:
            found: dict[str, Any] = await self._upstreams.get(recipient.viewer, service, path)
        except Problem as problem:
            if problem.status == 404:
                raise NotNeeded from None
            raise
        return found


def _is_held(mail: Row[Any]) -> bool:
    """Whether it can be taken back for a moment: what staff set off and its recipient did not ask for."""
    return bool(mail.kind == "reminder" or (mail.kind == "act" and mail.cause.startswith(BY_EVENT)))


def _today(recipient: Recipient) -> date:
    return datetime.now(ZoneInfo(recipient.viewer.time_zone)).date()


async def send_mails(runtime: Runtime) -> None:
    """A worker task: woken by NOTIFY; the poll finds what was leased and not sent."""
    changes: Changes = runtime.resources["changes"]
    sender: Sender = runtime.resources["sender"]
    wake = asyncio.Event()

    def woken(change: Change) -> None:
        if change.kind == "mail":
            wake.set()

    forget = changes.subscribe(woken)
    try:
        while not runtime.stopping.is_set():
            wake.clear()
            if await sender.send_due() == 0:
                await _pause(wake, runtime.stopping, sender.rest_seconds)
    finally:
        forget()


async def _pause(wake: asyncio.Event, stopping: asyncio.Event, seconds: float) -> None:
    """Until a mail waits, the process stops, or the poll is due."""
    tasks = [asyncio.create_task(event.wait()) for event in (wake, stopping)]
    with suppress(TimeoutError):
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
