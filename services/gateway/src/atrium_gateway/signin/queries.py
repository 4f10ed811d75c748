"""Sessions and links, looked up by the hash of a secret."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.people.queries import members_of, within
from atrium_gateway.people.tables import customer, invitation, person
from atrium_gateway.signin.model import PROVIDER, mask
from atrium_gateway.signin.tables import api_token, session, sign_in_code


@dataclass(frozen=True)
class LinkHolder:
    """Whom a mailed link was sent to, for the page that it opens. Reading uses nothing up."""

    name: str
    masked_email: str
    language: str
    state: str  # "open", "used" or "expired"


async def find_session(
    connection: AsyncConnection, house: UUID, token_hash: bytes, *, by_token: bool
) -> Row[Any] | None:
    """A running session, or an API token, with the membership that it acts for.

    Served by unique (customer_id, token_hash).
    """
    held: Table = api_token if by_token else session
    members = members_of(house)
    query: Select[Any] = (
        select(
            held.c.id,
            held.c.person_id,
            held.c.last_seen_at,
            person.c.email,
            members.c.name,
            members.c.role,
            members.c.language,
            members.c.time_zone,
            members.c.project_ids,
        )
        .join(members, (members.c.person_id == held.c.person_id) & members.c.active)
        .join(person, person.c.id == held.c.person_id)
        .where(
            held.c.customer_id == house,
            held.c.token_hash == token_hash,
            held.c.ended_at.is_(None),
            or_(held.c.expires_at.is_(None), held.c.expires_at > func.now()),
            *within(house, members),
        )
    )
    if house != PROVIDER:
        query = query.join(customer, (customer.c.customer_id == held.c.customer_id) & customer.c.active)
    found: Row[Any] | None = (await connection.execute(query)).one_or_none()
    return found


async def token_holders(connection: AsyncConnection, house: UUID) -> set[UUID]:
    """Who has an API token that is in force; served by api_token_by_person."""
    query = select(api_token.c.person_id).where(
        api_token.c.customer_id == house,
        api_token.c.ended_at.is_(None),
        or_(api_token.c.expires_at.is_(None), api_token.c.expires_at > func.now()),
    )
    return set((await connection.execute(query)).scalars())


async def newest_code(connection: AsyncConnection, house: UUID, digest: bytes) -> Row[Any] | None:
    """The code that was asked for last, locked. Earlier ones no longer count.

    An invitation's or an operator's row has no network and told nobody its code, only its link.
    """
    query = (
        select(sign_in_code)
        .where(
            sign_in_code.c.customer_id == house,
            sign_in_code.c.address_digest == digest,
            sign_in_code.c.network != "",
        )
        .order_by(sign_in_code.c.created_at.desc())
        .limit(1)
        .with_for_update()
    )
    return (await connection.execute(query)).one_or_none()


async def code_by_link(connection: AsyncConnection, house: UUID, link_hash: bytes) -> Row[Any] | None:
    query = select(sign_in_code).where(sign_in_code.c.customer_id == house, sign_in_code.c.link_hash == link_hash)
    return (await connection.execute(query.with_for_update())).one_or_none()


async def count_codes(
    connection: AsyncConnection, house: UUID, digest: bytes, network: str, since: datetime
) -> tuple[int, int]:
    """How many codes were asked for since then: for this address, from this network. Operators' own have no network."""
    recent = [
        sign_in_code.c.customer_id == house,
        sign_in_code.c.created_at > since,
        sign_in_code.c.network != "",
    ]
    query = select(
        select(func.count()).where(*recent, sign_in_code.c.address_digest == digest).scalar_subquery(),
        select(func.count()).where(*recent, sign_in_code.c.network == network).scalar_subquery(),
    )
    row = (await connection.execute(query)).one()
    return int(row[0]), int(row[1])


async def link_holder(connection: AsyncConnection, house: UUID, link_hash: bytes) -> LinkHolder | None:
    code = await code_by_link(connection, house, link_hash)
    if code is None:
        return None
    members = members_of(house)
    if code.invitation_id is not None:
        found = select(invitation.c.name, invitation.c.email, invitation.c.language).where(
            invitation.c.customer_id == house, invitation.c.id == code.invitation_id
        )
    else:
        found = (
            select(members.c.name, person.c.email, members.c.language)
            .join(person, person.c.id == members.c.person_id)
            .where(members.c.person_id == code.person_id, members.c.active, *within(house, members))
        )
    row = (await connection.execute(found)).one_or_none()
    if row is None:
        return None
    state = "used" if code.used_at else "expired" if code.expires_at <= datetime.now(UTC) else "open"
    return LinkHolder(row.name, mask(row.email), row.language, state)


async def list_own(connection: AsyncConnection, table: Table, house: UUID, person_id: UUID) -> list[Row[Any]]:
    """Someone's running sessions or API tokens, newest first."""
    query = (
        select(table)
        .where(
            table.c.customer_id == house,
            table.c.person_id == person_id,
            table.c.ended_at.is_(None),
            or_(table.c.expires_at.is_(None), table.c.expires_at > func.now()),
        )
        .order_by(table.c.created_at.desc(), table.c.id)
        .limit(200)
    )
    return list((await connection.execute(query)).all())
