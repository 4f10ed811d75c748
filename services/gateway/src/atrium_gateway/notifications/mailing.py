"""Handing mails to the mail server. Codes are mailed straight from memory; everything else comes from the queue."""

import asyncio
from email.message import EmailMessage
from typing import Annotated
from uuid import uuid4

import aiosmtplib
import stamina
from atrium_chassis.telemetry import log
from fastapi import Depends, Request

from atrium_gateway.branding.brands import Brands
from atrium_gateway.branding.model import Brand
from atrium_gateway.notifications.composing import addressed, compose
from atrium_gateway.notifications.model import House, MailText, sign_in_mail
from atrium_gateway.settings import Settings
from atrium_gateway.signin.commands import Addressee
from atrium_gateway.signin.model import IssuedCode, Tenant

SMTP_SECONDS = 20
ATTEMPTS = 3


def house_of(tenant: Tenant, brand: Brand) -> House:
    name = tenant.name if tenant.customer is not None else None
    choices = brand.choices
    return House(name, tenant.provider_name, choices.product_name, tenant.host, tenant.origin, choices.words)


class Mailing:
    def __init__(self, settings: Settings, brands: Brands) -> None:
        self._settings = settings
        self._brands = brands
        self._sending: set[asyncio.Task[None]] = set()

    def send_sign_in(self, tenant: Tenant, addressee: Addressee, issued: IssuedCode) -> None:
        """In the background, so that the answer takes the same time for every address."""
        task = asyncio.create_task(self._sign_in(tenant, addressee, issued))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _sign_in(self, tenant: Tenant, addressee: Addressee, issued: IssuedCode) -> None:
        try:
            brand = await self._brands.of(tenant.house)
            house = house_of(tenant, brand)
            text = sign_in_mail(addressee.language, house, addressee.name, issued.code, issued.link)
            async for attempt in stamina.retry_context(on=(aiosmtplib.SMTPException, OSError), attempts=ATTEMPTS):
                with attempt:
                    await self.send(tenant, text, addressee.name, addressee.email, f"sign-in.{uuid4()}")
        except Exception as error:  # the person asks again; nobody else would notice
            log.error("sign_in_mail_failed", exc_info=error)

    async def send(self, tenant: Tenant, text: MailText, name: str, email: str, message_id: str) -> None:
        """Raises SMTPException or OSError when the mail server does not take it."""
        brand = await self._brands.of(tenant.house)
        house = house_of(tenant, brand)
        await self._deliver(compose(brand, house, text, addressed(name, email), self._settings.mail_from, message_id))

    async def _deliver(self, message: EmailMessage) -> None:
        await aiosmtplib.send(
            message,
            hostname=self._settings.smtp_host,
            port=self._settings.smtp_port,
            username=self._settings.smtp_user or None,
            password=self._settings.smtp_password or None,
            start_tls=self._settings.smtp_start_tls,
            timeout=SMTP_SECONDS,
        )

    async def finish(self) -> None:
        """Let what is on its way arrive."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=SMTP_SECONDS)


async def _mailing(request: Request) -> Mailing:
    mailing: Mailing = request.app.state.mailing
    return mailing


CurrentMailing = Annotated[Mailing, Depends(_mailing)]
