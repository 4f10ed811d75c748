"""Points on a page: closed by who opened them or by the provider, opened again by whoever reads them."""

from typing import TYPE_CHECKING, Any

from atrium_chassis.viewer import Viewer
from atrium_contracts.threads import PointChanged
from atrium_testkit.running import Answer

if TYPE_CHECKING:
    from .conftest import World


async def settle(world: "World", method: str, viewer: Viewer, point: Any, **more: Any) -> Answer:
    return await world.threads.call(method, f"/v1/threads/{point['id']}/closing", viewer, **more)


async def new_point(world: "World", viewer: Viewer, audience: str = "shared") -> Any:
    return await world.opened(
        viewer, f"{await world.file_version(3)}?page=7&x=0.5&y=0.4", audience, text="60 s is long"
    )


async def test_who_opened_it_and_the_provider_close_a_point(world: "World") -> None:
    tom, maya = world.contact("member"), world.contact()
    for closer in (tom, world.nora):
        point = await new_point(world, tom)
        assert (point["closed_at"], point["closed_by"]) == (None, None)
        refused = await settle(world, "POST", maya, point)
        assert (refused.status, refused.json["code"]) == (403, "forbidden")
        closed = await settle(world, "POST", closer, point)
        assert (closed.status, closed.json["closed_by"]) == (200, str(closer.person))
        assert closed.json["revision"] == point["revision"] + 1
        assert (await settle(world, "POST", closer, point)).json == closed.json
        reopened = await settle(world, "DELETE", maya, point)
        assert (reopened.status, reopened.json["closed_at"], reopened.json["closed_by"]) == (200, None, None)


async def test_a_key_closes_once(world: "World") -> None:
    tom = world.contact("member")
    point = await new_point(world, tom)
    key = {"Idempotency-Key": "close-1"}
    first = await settle(world, "POST", tom, point, headers=key)
    await settle(world, "DELETE", tom, point)
    assert (await settle(world, "POST", tom, point, headers=key)).json == first.json
    assert (await world.listed(tom))[0]["closed_at"] is None


async def test_only_points_are_closed(world: "World") -> None:
    talk = await world.opened(world.nora, world.about_project, "shared")
    answer = await settle(world, "POST", world.nora, talk)
    assert (answer.status, answer.json["code"]) == (409, "not_a_point")


async def test_who_does_not_read_it_finds_nothing_to_close(world: "World", elsewhere: "World") -> None:
    shared, private = await new_point(world, world.contact()), await new_point(world, world.contact(), "private")
    for viewer, point in ((elsewhere.contact(), shared), (world.nora, private)):
        for method in ("POST", "DELETE"):
            assert (await settle(world, method, viewer, point)).status == 404


async def test_closing_is_told_to_those_who_read_it(world: "World") -> None:
    tom = world.contact("member")
    point = await new_point(world, tom, "private")
    await settle(world, "POST", tom, point)
    await settle(world, "DELETE", tom, point)
    heard = await world.outside.heard(world.customer)
    told = [(topic, envelope, data) for topic, envelope, data in heard if isinstance(data, PointChanged)]
    assert [(topic, data.closed, envelope.actor) for topic, envelope, data in told] == [
        ("atrium.threads.private.v1", True, tom.person),
        ("atrium.threads.private.v1", False, tom.person),
    ]
