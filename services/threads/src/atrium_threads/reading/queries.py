"""Who reads a thread now."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.tables import member, staff_member
from atrium_threads.threads.model import Circle, Person, Side


async def people_of(connection: AsyncConnection, customer: UUID) -> list[Person]:
    """Everybody with an active membership of the customer or the provider."""
    members = select(member.c.person_id, member.c.project_ids).where(
        member.c.customer_id == customer, member.c.active.is_(True)
    )
    staff = select(staff_member.c.person_id, staff_member.c.project_ids).where(staff_member.c.active.is_(True))
    people = [_person("provider", *row) for row in await connection.execute(staff)]
    return people + [_person("customer", *row) for row in await connection.execute(members)]


def _person(side: Side, person_id: UUID, project_ids: list[UUID] | None) -> Person:
    return Person(person_id, side, None if project_ids is None else frozenset(project_ids))


async def readers_of(connection: AsyncConnection, customer: UUID, circle: Circle) -> list[UUID]:
    """The ids of all in the circle, the provider's people first."""
    people = await people_of(connection, customer)
    found = {person.id: person.side for person in people if circle.admits(person)}
    return sorted(found, key=lambda person: (found[person] != "provider", person))
