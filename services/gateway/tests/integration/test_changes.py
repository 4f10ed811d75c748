"""What a change tells: this replica before its answer, the others by the database."""

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_gateway.changes import Change, Changes, tell

from services.gateway.tests.integration.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_changed_something_need_not_wait_for_the_database_to_tell_it(
    world: World, database: Database
) -> None:
    changes = Changes("postgresql://nowhere", database)  # it does not listen: what it hears, it told itself
    heard: list[Change] = []
    changes.subscribe(heard.append)
    async with database.transaction(Viewer.system(world.helvetia)) as connection:
        await tell(connection, "access", world.helvetia)
        assert heard == []  # what is not committed yet would be read again as it was
    assert heard == [Change("access", world.helvetia)]
    async with database.transaction(Viewer.system(world.bluepeak)):
        pass
    assert len(heard) == 1
