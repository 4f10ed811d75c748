"""Houses, members, invitations and names, as readers need them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Table, and_, func, literal, select, tuple_, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.people.tables import address, customer, invitation, membership, person, provider, staff_membership
from atrium_gateway.signin.model import PROVIDER, initials


@dataclass(frozen=True)
class Named:
    """How pages show a person of this house or of the provider."""

    id: UUID
    name: str
    initials: str
    side: str
    role: str
    active: bool


def members_of(house: UUID) -> Table:
    return staff_membership if house == PROVIDER else membership


def within(house: UUID, table: Table) -> list[Any]:
    """The condition that keeps to one house; staff memberships are all the provider's."""
    return [table.c.customer_id == house] if "customer_id" in table.c else []


async def find_provider(connection: AsyncConnection) -> Row[Any] | None:
    return (await connection.execute(select(provider))).one_or_none()


async def find_house(connection: AsyncConnection, name: str) -> UUID | None:
    """The customer that an address (slug or host) belongs to. Served by address's primary key."""
    return (await connection.execute(select(address.c.house_id).where(address.c.name == name))).scalar_one_or_none()


async def find_customer(connection: AsyncConnection, customer_id: UUID) -> Row[Any] | None:
    return (await connection.execute(select(customer).where(customer.c.customer_id == customer_id))).one_or_none()


async def domains_of(connection: AsyncConnection, houses: list[UUID]) -> dict[UUID, list[str]]:
    """Hosts of their own, by house."""
    rows = await connection.execute(
        select(address).where(address.c.house_id.in_(houses), address.c.name.contains(".")).order_by(address.c.name)
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.house_id, []).append(row.name)
    return found


async def list_customers(connection: AsyncConnection, after: tuple[str, UUID] | None, limit: int) -> list[Row[Any]]:
    query = select(customer).order_by(customer.c.name, customer.c.customer_id).limit(limit)
    if after is not None:
        query = query.where(
            tuple_(customer.c.name, customer.c.customer_id) > tuple_(literal(after[0]), literal(after[1]))
        )
    return list((await connection.execute(query)).all())


async def names_of_customers(connection: AsyncConnection, houses: set[UUID]) -> dict[UUID, str]:
    rows = await connection.execute(
        select(customer.c.customer_id, customer.c.name).where(customer.c.customer_id.in_(houses))
    )
    return {row.customer_id: row.name for row in rows}


async def find_member(
    connection: AsyncConnection, house: UUID, person_id: UUID, *, lock: bool = False
) -> Row[Any] | None:
    table = members_of(house)
    query = select(table).where(table.c.person_id == person_id, *within(house, table))
    return (await connection.execute(query.with_for_update() if lock else query)).one_or_none()


async def list_members(connection: AsyncConnection, house: UUID) -> list[Row[Any]]:
    table = members_of(house)
    query = select(table).where(table.c.active, *within(house, table)).order_by(table.c.name, table.c.id)
    return list((await connection.execute(query)).all())


async def last_presences(connection: AsyncConnection) -> list[Row[Any]]:
    """Who of each customer's people was here last, and when."""
    query = (
        select(membership)
        .where(membership.c.active, membership.c.last_seen_at.is_not(None))
        .order_by(membership.c.customer_id, membership.c.last_seen_at.desc())
        .ext(distinct_on(membership.c.customer_id))
    )
    return list((await connection.execute(query)).all())


async def count_owners(connection: AsyncConnection, house: UUID) -> int:
    """Those without whom nobody could invite: owners of a customer, admins of the provider. Locks their rows."""
    table = members_of(house)
    role = "admin" if house == PROVIDER else "owner"
    query = select(table.c.id).where(table.c.active, table.c.role == role, *within(house, table)).with_for_update()
    return len((await connection.execute(query)).all())


async def open_invitation(connection: AsyncConnection, house: UUID, email: str, at: datetime) -> Row[Any] | None:
    return (
        await connection.execute(
            select(invitation).where(
                invitation.c.customer_id == house,
                invitation.c.email == email,
                invitation.c.accepted_at.is_(None),
                invitation.c.withdrawn_at.is_(None),
                invitation.c.expires_at > at,
            )
        )
    ).one_or_none()


async def list_invitations(connection: AsyncConnection, house: UUID) -> list[Row[Any]]:
    """Those that are neither accepted nor withdrawn; ended ones too."""
    query = (
        select(invitation)
        .where(
            invitation.c.customer_id == house,
            invitation.c.accepted_at.is_(None),
            invitation.c.withdrawn_at.is_(None),
        )
        .order_by(invitation.c.created_at.desc(), invitation.c.id)
    )
    return list((await connection.execute(query)).all())


async def emails_of(connection: AsyncConnection, people: list[UUID]) -> dict[UUID, str]:
    """Only the system may read addresses."""
    rows = await connection.execute(select(person.c.id, person.c.email).where(person.c.id.in_(people)))
    return {row.id: row.email for row in rows}


async def person_of(connection: AsyncConnection, email: str) -> UUID | None:
    return (await connection.execute(select(person.c.id).where(person.c.email == email))).scalar_one_or_none()


async def houses_of(connection: AsyncConnection, person_id: UUID) -> list[UUID]:
    """Where someone belongs, the provider first. Only staff see across customers."""
    at_provider = select(literal(PROVIDER).label("house")).where(
        select(staff_membership.c.id)
        .where(staff_membership.c.person_id == person_id, staff_membership.c.active)
        .exists()
    )
    at_customers: Select[Any] = select(membership.c.customer_id).where(
        and_(membership.c.person_id == person_id, membership.c.active)
    )
    return list((await connection.execute(union_all(at_provider, at_customers))).scalars())


async def invited_to(connection: AsyncConnection, email: str) -> list[UUID]:
    """Where an address has an open invitation, newest first. Only staff see across customers."""
    query = (
        select(invitation.c.customer_id)
        .where(
            invitation.c.email == email,
            invitation.c.accepted_at.is_(None),
            invitation.c.withdrawn_at.is_(None),
            invitation.c.expires_at > func.now(),
        )
        .order_by(invitation.c.created_at.desc())
    )
    return list((await connection.execute(query)).scalars())


async def directory(connection: AsyncConnection, house: UUID) -> dict[UUID, Named]:
    """The people of a house and the provider's, former ones too: their names stay on what they wrote."""
    queries = []
    for table, side in ((staff_membership, "provider"), (membership, "customer")):
        if table is membership and house == PROVIDER:
            continue
        columns = (table.c.person_id, table.c.name, literal(side).label("side"), table.c.role, table.c.active)
        queries.append(select(*columns).where(*within(house, table)))
    rows = await connection.execute(union_all(*queries))
    return {
        row.person_id: Named(row.person_id, row.name, initials(row.name), row.side, row.role, row.active)
        for row in rows
    }


async def directory_of_all(connection: AsyncConnection) -> dict[UUID, Named]:
    """Everyone, for the workspace. Read as staff: the system is bound to one house."""
    columns = [
        select(table.c.person_id, table.c.name, literal(side).label("side"), table.c.role, table.c.active)
        for table, side in ((membership, "customer"), (staff_membership, "provider"))
    ]
    rows = await connection.execute(union_all(*columns))
    return {
        row.person_id: Named(row.person_id, row.name, initials(row.name), row.side, row.role, row.active)
        for row in rows
    }
