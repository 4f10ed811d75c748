"""Changing houses and who belongs to them. Each is one transaction: change, event, audit, NOTIFY."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_contracts.accounts import CustomerChanged, MembershipChanged
from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.changes import tell
from atrium_gateway.people.domains import address_taken, set_domains
from atrium_gateway.people.model import CUSTOMER_ROLES, STAFF_ROLES, Place, require_kept, require_manager, require_staff
from atrium_gateway.people.queries import (
    count_owners,
    find_customer,
    find_member,
    members_of,
    open_invitation,
    person_of,
    within,
)
from atrium_gateway.people.tables import address, customer, invitation, person, provider
from atrium_gateway.signin.model import PROVIDER
from atrium_gateway.signin.tables import api_token, session

SERVICE = "gateway"


@dataclass(frozen=True)
class NewMember:
    """Someone to be invited."""

    email: str
    name: str
    role: str
    language: str
    projects: tuple[UUID, ...] | None


async def enter_house(connection: AsyncConnection, actor: Actor, house: UUID) -> None:
    """Check under the viewer's own role that the house is there and theirs to manage; then go on as its system."""
    if house != PROVIDER and await find_customer(connection, house) is None:
        raise NotFound
    require_manager(actor.viewer, house)
    await continue_as_system(connection, SERVICE, house)


async def create_customer(
    connection: AsyncConnection, actor: Actor, *, slug: str, name: str, language: str, time_zone: str
) -> UUID:
    """Raises Conflict `address_taken`."""
    require_staff(actor.viewer, "admin", "manager")
    house = uuid4()
    await continue_as_system(connection, SERVICE, house)
    await _take_address(connection, slug, house)
    await connection.execute(
        insert(customer).values(customer_id=house, slug=slug, name=name, language=language, time_zone=time_zone)
    )
    await append(connection, actor, "customer_created", f"customers/{house}", house=house, after={"name": name})
    await _customer_changed(connection, actor, house)
    return house


async def change_customer(
    connection: AsyncConnection, actor: Actor, house: UUID, changes: dict[str, Any], expected: int | None
) -> None:
    """`changes` may hold name, language, time_zone, active and domains. Raises Stale, Conflict."""
    current = await find_customer(connection, house)
    if current is None:
        raise NotFound
    require_staff(actor.viewer, "admin", "manager")
    await continue_as_system(connection, SERVICE, house)
    locked = (await connection.execute(select(customer).where(customer.c.customer_id == house).with_for_update())).one()
    require_revision(locked.revision, expected)
    changes = dict(changes)
    domains = changes.pop("domains", None)
    await connection.execute(
        update(customer).where(customer.c.customer_id == house).values(**changes, revision=customer.c.revision + 1)
    )
    if domains is not None:
        await set_domains(connection, house, domains)
    after = {**changes, **({} if domains is None else {"domains": domains})}
    before = {name: getattr(locked, name) for name in changes}
    await append(connection, actor, "customer_changed", f"customers/{house}", house=house, before=before, after=after)
    await _customer_changed(connection, actor, house)


async def _take_address(connection: AsyncConnection, name: str, house: UUID) -> None:
    taken = await connection.execute(
        upsert(address).values(name=name, house_id=house).on_conflict_do_nothing().returning(address.c.name)
    )
    if taken.one_or_none() is None:
        raise address_taken("/slug")


async def _customer_changed(connection: AsyncConnection, actor: Actor, house: UUID) -> None:
    row = (await connection.execute(select(customer).where(customer.c.customer_id == house))).one()
    await record(
        connection,
        CustomerChanged(customer_id=house, slug=row.slug, name=row.name, time_zone=row.time_zone, active=row.active),
        subject=f"customers/{house}",
        customer=house,
        audience="shared",
        revision=row.revision,
        key=house,
        actor=actor.viewer.person,
    )
    await tell(connection, "house", house)


async def invite(connection: AsyncConnection, actor: Actor, house: UUID, new: NewMember, expires_at: datetime) -> UUID:
    """The connection is in the house already. Raises Conflict `already_member`, Invalid for the other side's role."""
    _check_role(house, new.role)
    known = await person_of(connection, new.email)
    member = await find_member(connection, house, known) if known is not None else None
    if member is not None and member.active:
        raise Conflict("already_member", "This person belongs here already.")
    await connection.execute(
        update(invitation)
        .where(
            invitation.c.customer_id == house,
            invitation.c.email == new.email,
            invitation.c.accepted_at.is_(None),
            invitation.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=datetime.now(UTC))
    )
    invitation_id = uuid4()
    await connection.execute(
        insert(invitation).values(
            customer_id=house,
            id=invitation_id,
            email=new.email,
            name=new.name,
            role=new.role,
            language=new.language,
            project_ids=None if new.projects is None else list(new.projects),
            invited_by=actor.viewer.person,
            expires_at=expires_at,
        )
    )
    await append(
        connection,
        actor,
        "invited",
        f"invitations/{invitation_id}",
        house=house,
        after={"name": new.name, "role": new.role},
    )
    return invitation_id


async def withdraw_invitation(connection: AsyncConnection, actor: Actor, invitation_id: UUID) -> None:
    house = (
        await connection.execute(select(invitation.c.customer_id).where(invitation.c.id == invitation_id))
    ).scalar_one_or_none()
    if house is None:
        raise NotFound
    require_manager(actor.viewer, house)
    await continue_as_system(connection, SERVICE, house)
    await connection.execute(
        update(invitation)
        .where(invitation.c.customer_id == house, invitation.c.id == invitation_id, invitation.c.accepted_at.is_(None))
        .values(withdrawn_at=datetime.now(UTC))
    )
    await append(connection, actor, "invitation_withdrawn", f"invitations/{invitation_id}", house=house)


async def accept_invitation(connection: AsyncConnection, actor: Actor, house: UUID, email: str) -> UUID | None:
    """Make the invited person a member, as the system within the house; None where no invitation is open."""
    row = await open_invitation(connection, house, email, datetime.now(UTC))
    if row is None:
        return None
    person_id = await ensure_person(connection, email)
    new = NewMember(email, row.name, row.role, row.language, _tuple(row.project_ids))
    await add_member(connection, actor, house, person_id, new)
    await connection.execute(
        update(invitation)
        .where(invitation.c.customer_id == house, invitation.c.id == row.id)
        .values(accepted_at=datetime.now(UTC))
    )
    return person_id


def _tuple(projects: list[UUID] | None) -> tuple[UUID, ...] | None:
    return None if projects is None else tuple(projects)


async def ensure_person(connection: AsyncConnection, email: str) -> UUID:
    await connection.execute(upsert(person).values(id=uuid4(), email=email).on_conflict_do_nothing())
    found: UUID = (await connection.execute(select(person.c.id).where(person.c.email == email))).scalar_one()
    return found


async def add_member(connection: AsyncConnection, actor: Actor, house: UUID, person_id: UUID, new: NewMember) -> None:
    """A former member comes back to the old membership."""
    _check_role(house, new.role)
    table = members_of(house)
    values: dict[str, Any] = {
        "name": new.name,
        "role": new.role,
        "language": new.language,
        "project_ids": None if new.projects is None else list(new.projects),
        "time_zone": await _time_zone_of(connection, house),
        "active": True,
    }
    owner = {} if house == PROVIDER else {"customer_id": house}
    statement = upsert(table).values(id=uuid4(), person_id=person_id, **owner, **values)
    key = [table.c.person_id] if house == PROVIDER else [table.c.customer_id, table.c.person_id]
    await connection.execute(
        statement.on_conflict_do_update(index_elements=key, set_={**values, "revision": table.c.revision + 1})
    )
    member = await find_member(connection, house, person_id)
    assert member is not None  # noqa: S101  # just written
    await membership_changed(connection, actor, house, member)
    await append(connection, actor, "member_joined", f"memberships/{member.id}", house=house, after={"role": new.role})


async def _time_zone_of(connection: AsyncConnection, house: UUID) -> str:
    if house == PROVIDER:
        return str((await connection.execute(select(provider.c.time_zone))).scalar_one())
    return str(
        (await connection.execute(select(customer.c.time_zone).where(customer.c.customer_id == house))).scalar_one()
    )


async def change_member(
    connection: AsyncConnection,
    actor: Actor,
    house: UUID,
    person_id: UUID,
    changes: dict[str, Any],
    expected: int | None,
) -> None:
    """The connection is in the house already. Raises NotFound, Stale, Conflict `last_owner`."""
    if "role" in changes:
        _check_role(house, changes["role"])
    keepers = await count_owners(connection, house)
    member = await find_member(connection, house, person_id, lock=True)
    if member is None or not member.active:
        raise NotFound
    require_revision(member.revision, expected)
    before = Place(member.role, _tuple(member.project_ids))
    require_kept(before, Place(changes.get("role", member.role), before.projects), keepers)
    await _save_member(connection, actor, house, person_id, changes, member, "member_changed")


async def remove_member(
    connection: AsyncConnection, actor: Actor, house: UUID, person_id: UUID, expected: int | None
) -> None:
    """Ends the person's sessions and API tokens here in the same transaction."""
    keepers = await count_owners(connection, house)
    member = await find_member(connection, house, person_id, lock=True)
    if member is None or not member.active:
        raise NotFound
    require_revision(member.revision, expected)
    require_kept(Place(member.role, None), None, keepers)
    for table in (session, api_token):
        await connection.execute(
            update(table)
            .where(table.c.customer_id == house, table.c.person_id == person_id, table.c.ended_at.is_(None))
            .values(ended_at=datetime.now(UTC))
        )
    await _save_member(connection, actor, house, person_id, {"active": False}, member, "member_removed")


async def _save_member(
    connection: AsyncConnection,
    actor: Actor,
    house: UUID,
    person_id: UUID,
    changes: dict[str, Any],
    before: Row[Any],
    action: str,
) -> None:
    table = members_of(house)
    if not changes:
        return
    await connection.execute(
        update(table)
        .where(table.c.person_id == person_id, *within(house, table))
        .values(**changes, revision=table.c.revision + 1)
    )
    after = await find_member(connection, house, person_id)
    assert after is not None  # noqa: S101  # just written
    await membership_changed(connection, actor, house, after)
    shown = {name: _plain(getattr(before, name)) for name in changes}
    told = {name: _plain(value) for name, value in changes.items()}
    await append(connection, actor, action, f"memberships/{after.id}", house=house, before=shown, after=told)


def _plain(value: Any) -> Any:
    return [str(part) for part in value] if isinstance(value, list) else value


async def membership_changed(connection: AsyncConnection, actor: Actor, house: UUID, member: Row[Any]) -> None:
    customer_id = None if house == PROVIDER else house
    await record(
        connection,
        MembershipChanged(
            membership_id=member.id,
            person_id=member.person_id,
            customer_id=customer_id,
            side="provider" if customer_id is None else "customer",
            role=member.role,
            project_ids=member.project_ids,
            active=member.active,
        ),
        subject=f"memberships/{member.id}",
        customer=customer_id,
        audience="shared",
        revision=member.revision,
        key=house,
        actor=actor.viewer.person,
    )
    await tell(connection, "access", house, member.person_id)


def _check_role(house: UUID, role: str) -> None:
    roles = STAFF_ROLES if house == PROVIDER else CUSTOMER_ROLES
    if role not in roles:
        raise Invalid([FieldError("/role", "unknown_role", f"A role here is one of {', '.join(roles)}.")])
