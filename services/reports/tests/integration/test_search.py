"""Reports found by those who may read them."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atrium_testkit import viewers

if TYPE_CHECKING:
    from atrium_chassis.viewer import Viewer

    from .conftest import World


async def found(world: "World", viewer: "Viewer", q: str, **more: str) -> list[Any]:
    answer = await world.get(viewer, "search", q=q, **more)
    assert answer.status == 200, answer.content
    return list(answer.json["reports"]["items"])


async def test_reports_are_found_by_title_and_introduction(world: "World", elsewhere: "World") -> None:
    first = await world.report(title="Prüfbericht", introduction="Was seit dem Lenkungsausschuss geschah.")
    second = await world.report(title="Monatsbericht")
    for viewer in (world.contact(), world.contact("reader"), viewers.preview(world.customer), world.nora):
        assert [one["id"] for one in await found(world, viewer, "prüfbericht LENKUNG")] == [first]
    hits = await found(world, world.contact(), "bericht")
    assert [one["id"] for one in hits] == [second, first]
    assert hits[1]["project_title"] == "Control room migration"
    for stranger in (elsewhere.contact(), world.contact(projects=frozenset({uuid4()}))):
        assert await found(world, stranger, "bericht") == []
    assert (await world.get(viewers.link(world.customer, uuid4()), "search", q="bericht")).status == 404


async def test_a_cursor_goes_on(world: "World") -> None:
    made = [await world.report(title="Cable") for _ in range(3)]
    answer = (await world.get(world.nora, "search", q="cable", limit="2")).json["reports"]
    more = await found(world, world.nora, "cable", kind="reports", cursor=answer["next_cursor"])
    assert [one["id"] for one in (*answer["items"], *more)] == made[::-1]
