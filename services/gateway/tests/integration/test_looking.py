"""What each person has looked at: their own alone, never ahead of time, and nothing by who looks as somebody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from atrium_gateway.notifications.commands import mark_seen
from atrium_gateway.notifications.queries import seen_marks
from atrium_testkit.running import Answer

from .conftest import Visitor, World

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def put(visitor: Visitor, things: dict[str, str]) -> Answer:
    return await visitor.call("PUT", "/api/v1/seen", json={"things": things})


async def seen_by(database: Database, visitor: Visitor, house: UUID) -> dict[str, datetime]:
    person = UUID((await visitor.get("/me")).json["person_id"])
    viewer = Viewer(Side.CUSTOMER, person, house, "owner")
    async with database.transaction(viewer) as connection:
        return await seen_marks(connection, viewer, LONG_AGO)


async def test_a_mark_is_ones_own_and_only_moves_on(world: World, database: Database) -> None:
    thing, later, sooner = f"threads/{uuid4()}", "2026-11-19T09:14:00Z", "2026-11-18T09:14:00Z"
    for moment in (later, sooner):
        assert (await put(world.maya, {thing: moment})).status == 204
    assert (await seen_by(database, world.maya, world.bluepeak))[thing] == datetime.fromisoformat(later)
    assert thing not in await seen_by(database, world.anna, world.helvetia)


async def test_all_there_was_is_marked_by_one_name(world: World, database: Database) -> None:
    assert (await put(world.maya, {"catch-up": "2026-11-12T16:20:00Z"})).status == 204
    marked = (await seen_by(database, world.maya, world.bluepeak))["catch-up"]
    assert marked == datetime.fromisoformat("2026-11-12T16:20:00Z")


async def test_nobody_has_seen_what_is_to_come(world: World, database: Database) -> None:
    thing, before = f"files/{uuid4()}", datetime.now(UTC)
    assert (await put(world.maya, {thing: (before + timedelta(days=400)).isoformat()})).status == 204
    assert before <= (await seen_by(database, world.maya, world.bluepeak))[thing] <= datetime.now(UTC)


@pytest.mark.parametrize(
    "things",
    [
        {"everything": "2026-11-19T09:14:00Z"},
        {"threads/../x": "2026-11-19T09:14:00Z"},
        {f"threads/{UUID(int=1)}": "yesterday"},
        {f"threads/{UUID(int=1)}": "2026-11-19T09:14:00"},
        {f"threads/{UUID(int=number)}": "2026-11-19T09:14:00Z" for number in range(201)},
    ],
)
async def test_what_is_no_mark_is_refused(world: World, things: dict[str, str]) -> None:
    assert (await put(world.maya, things)).status == 422


async def test_without_a_session_nothing_is_marked(world: World) -> None:
    stranger = world.visitor(world.maya.host)
    assert (await put(stranger, {f"threads/{uuid4()}": "2026-11-19T09:14:00Z"})).status == 401


async def test_who_looks_as_somebody_else_leaves_no_trace(world: World, database: Database) -> None:
    person, thing = UUID((await world.maya.get("/me")).json["person_id"]), f"items/{uuid4()}"
    looking = Viewer(Side.CUSTOMER, person, world.bluepeak, "owner", preview=uuid4())
    async with database.transaction(looking) as connection:
        await mark_seen(connection, looking, {thing: datetime.now(UTC)})
    assert thing not in await seen_by(database, world.maya, world.bluepeak)
