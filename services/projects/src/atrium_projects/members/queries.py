"""Who may be asked, who will see."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, any_, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.members.tables import member, staff_member


async def contacts_of(connection: AsyncConnection, customer: UUID, project: UUID) -> list[tuple[UUID, str]]:
    """The customer's people with access to a project, and their roles."""
    rows = await connection.execute(_with_access(customer, project).order_by(member.c.person_id))
    return [(row.person_id, row.role) for row in rows]


async def contact_of(connection: AsyncConnection, customer: UUID, project: UUID, person: UUID) -> Row[Any] | None:
    """One of them, with their permitted projects."""
    query = _with_access(customer, project).where(member.c.person_id == person)
    found: Row[Any] | None = (await connection.execute(query)).one_or_none()
    return found


def _with_access(customer: UUID, project: UUID) -> Select[Any]:
    return select(member).where(
        member.c.customer_id == customer,
        member.c.active,
        or_(member.c.project_ids.is_(None), literal(project) == any_(member.c.project_ids)),
    )


async def unknown_people(
    connection: AsyncConnection, customer: UUID, people: list[UUID], project: UUID | None = None
) -> list[UUID]:
    """Those who are neither of the provider nor of this customer, with access to the project if one is named."""
    if not people:
        return []
    contacts = select(member.c.person_id).where(
        member.c.customer_id == customer, member.c.active, member.c.person_id.in_(people)
    )
    if project is not None:
        contacts = contacts.where(or_(member.c.project_ids.is_(None), literal(project) == any_(member.c.project_ids)))
    staff = select(staff_member.c.person_id).where(staff_member.c.active, staff_member.c.person_id.in_(people))
    known = set((await connection.execute(contacts.union(staff))).scalars())
    return [person for person in people if person not in known]
