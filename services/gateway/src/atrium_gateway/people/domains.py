"""Hosts of a customer's own: claimed first, in force once the DNS shows that whoever owns the host agrees."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from atrium_chassis.database import Database, continue_as_system
from atrium_chassis.problems import Conflict, FieldError, NotFound
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.changes import tell
from atrium_gateway.people.model import require_staff
from atrium_gateway.people.queries import find_customer
from atrium_gateway.people.resolver import DnsAway, TxtResolver
from atrium_gateway.people.tables import address, domain_claim

RECORD = "_atrium-challenge"
Fault = Literal["", "no_record", "other_record", "dns_away", "taken"]


@dataclass(frozen=True)
class Claim:
    """A host that waits for its TXT record. `fault` says what the last look at the DNS lacked."""

    host: str
    challenge: str
    fault: Fault = ""

    @property
    def record_name(self) -> str:
        return f"{RECORD}.{self.host}"

    @property
    def record_value(self) -> str:
        return f"atrium-domain={self.challenge}"


async def claims_of(connection: AsyncConnection, houses: Sequence[UUID]) -> dict[UUID, list[Claim]]:
    """Served by domain_claim's primary key."""
    query = select(domain_claim).where(domain_claim.c.customer_id.in_(houses)).order_by(domain_claim.c.host)
    found: dict[UUID, list[Claim]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.customer_id, []).append(Claim(row.host, row.challenge))
    return found


async def set_domains(connection: AsyncConnection, house: UUID, hosts: Sequence[str]) -> None:
    """As the house's system. What is verified stays, what is new is claimed, the rest goes. Raises Conflict."""
    await connection.execute(
        delete(address).where(address.c.house_id == house, address.c.name.contains("."), address.c.name.not_in(hosts))
    )
    await connection.execute(
        delete(domain_claim).where(domain_claim.c.customer_id == house, domain_claim.c.host.not_in(hosts))
    )
    for at, host in enumerate(hosts):
        holder = (await connection.execute(select(address.c.house_id).where(address.c.name == host))).scalar()
        if holder is None:
            await connection.execute(
                upsert(domain_claim)
                .values(customer_id=house, host=host, challenge=secrets.token_urlsafe(24))
                .on_conflict_do_nothing()
            )
        elif holder != house:
            raise address_taken(f"/domains/{at}")


def address_taken(pointer: str) -> Conflict:
    """Says that the host is taken, never by whom."""
    refused = Conflict("address_taken", "This address is taken.")
    refused.errors = (FieldError(pointer, "address_taken", "This address is taken."),)
    return refused


async def verify_domains(database: Database, actor: Actor, house: UUID, resolver: TxtResolver) -> list[Claim]:
    """Looks each claim up in the DNS; those that are proven come into force at once. Returns what still waits."""
    async with database.transaction(actor.viewer) as connection:
        if await find_customer(connection, house) is None:
            raise NotFound
        require_staff(actor.viewer, "admin", "manager")
        claims = (await claims_of(connection, [house])).get(house, [])
    looked = [Claim(claim.host, claim.challenge, await _fault(claim, resolver)) for claim in claims]
    proven = [claim for claim in looked if not claim.fault]
    waiting = [claim for claim in looked if claim.fault]
    if proven:
        async with database.transaction(actor.viewer) as connection:
            await continue_as_system(connection, "gateway", house)
            lost = [claim for claim in proven if not await _bring_into_force(connection, actor, house, claim)]
            await tell(connection, "house", house)
        waiting += [Claim(claim.host, claim.challenge, "taken") for claim in lost]
    return waiting


async def _fault(claim: Claim, resolver: TxtResolver) -> Fault:
    try:
        texts = await resolver.texts(claim.record_name)
    except DnsAway:
        return "dns_away"
    if claim.record_value in texts:
        return ""
    return "other_record" if texts else "no_record"


async def _bring_into_force(connection: AsyncConnection, actor: Actor, house: UUID, claim: Claim) -> bool:
    """False where another house was faster."""
    got = await connection.execute(
        upsert(address).values(name=claim.host, house_id=house).on_conflict_do_nothing().returning(address.c.name)
    )
    if got.one_or_none() is None:
        return False
    await connection.execute(
        delete(domain_claim).where(domain_claim.c.customer_id == house, domain_claim.c.host == claim.host)
    )
    after = {"host": claim.host}
    await append(connection, actor, "domain_verified", f"customers/{house}", house=house, after=after)
    return True
