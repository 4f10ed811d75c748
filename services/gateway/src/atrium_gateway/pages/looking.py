"""Since when something is new for the reader, and what they have looked at since."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from atrium_chassis.database import Database

from atrium_gateway.notifications.queries import seen_below, seen_marks
from atrium_gateway.notifications.tables import EVERYTHING
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.signin.model import Session

#: How far back changes are news for who has never said to have seen everything.
NEWCOMER = timedelta(days=7)


async def looked(database: Database, session: Session) -> Looked:
    """Who looks as somebody else does not learn what that person has looked at."""
    floor = datetime.now(UTC) - NEWCOMER
    if session.looking is not None:
        return Looked(floor, {EVERYTHING: floor})
    marks = await _marks(database, session, floor)
    everything = marks.get(EVERYTHING)
    if everything is not None and everything < floor:
        marks = await _marks(database, session, everything)
    return Looked(everything or floor, marks)


def is_newcomer(seen: Looked) -> bool:
    """Who has never said to have seen everything is told what there is, who is who, and what is asked."""
    return EVERYTHING not in seen.until


async def last_look(database: Database, session: Session) -> datetime | None:
    """When this person last saw everything; None for who never has."""
    return (await _marks(database, session, datetime.now(UTC))).get(EVERYTHING)


async def last_visit(database: Database, session: Session, folder: str, identifier: UUID) -> datetime | None:
    """When this person last had one thing on screen; None for who never had."""
    async with database.transaction(session.viewer) as connection:
        seen = await seen_below(connection, session.viewer, folder)
    return seen.get(f"{folder}/{identifier}")


async def _marks(database: Database, session: Session, since: datetime) -> dict[str, datetime]:
    async with database.transaction(session.viewer) as connection:
        return await seen_marks(connection, session.viewer, since)
