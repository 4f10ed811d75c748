"""Who reads a thread now, and who would read one that is not begun."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.tables import member, staff_member
from atrium_threads.threads.model import READING_SIDES, Audience, Circle, Person, Side, effective_audience, may_open
from atrium_threads.threads.tables import subject


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
    return _admitted(await people_of(connection, customer), circle)


def _admitted(people: list[Person], circle: Circle) -> list[UUID]:
    found = {person.id: person.side for person in people if circle.admits(person)}
    return sorted(found, key=lambda person: (found[person] != "provider", person))


async def would_read(
    connection: AsyncConnection, side: Side, path: str
) -> tuple[UUID, dict[Audience, list[UUID]]] | None:
    """Whose matter a subject is, and who would read about it by each audience that a side may open.

    None for a subject that the viewer does not see.
    """
    seen = select(subject.c.customer_id, subject.c.project_id, subject.c.audience).where(subject.c.subject == path)
    known = (await connection.execute(seen)).one_or_none()
    if known is None:
        return None
    people = await people_of(connection, known.customer_id)
    circles = {
        audience: Circle(effective, known.project_id)
        for audience in READING_SIDES
        if may_open(side, audience) and (effective := effective_audience(audience, known.audience))
    }
    return known.customer_id, {audience: _admitted(people, circle) for audience, circle in circles.items()}
