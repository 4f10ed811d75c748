"""Files found by name: those that can be opened, by those who may see them."""

from typing import Any
from uuid import uuid4

from atrium_chassis.viewer import Viewer
from atrium_testkit.viewers import contact, link, preview

from .conftest import PDF, House


async def found(house: House, viewer: Viewer, q: str) -> list[Any]:
    answer = await house.call("GET", "/search", viewer, params={"q": q})
    assert answer.status == 200, answer.content
    return list(answer.json["files"]["items"])


async def test_a_file_is_found_once_it_is_ready_and_by_its_audience_alone(house: House) -> None:
    word = f"Prüfplan{uuid4().hex[:8]}"
    files: dict[str, str] = {}
    for viewer, audience in ((house.maya, "shared"), (house.maya, "private"), (house.nora, "internal")):
        files[audience] = await house.new_file(viewer, f"{word} {audience}.pdf", audience)
        assert await found(house, viewer, f"{word} {audience}") == []
        version = await house.add_version(viewer, files[audience], PDF)
        assert version["status"] == "ready"
    q = word.upper().replace("Ü", "UE")

    async def ids(viewer: Viewer) -> list[str]:
        return [one["id"] for one in await found(house, viewer, q)]

    assert await ids(house.maya) == await ids(house.reader) == [files["private"], files["shared"]]
    assert await ids(house.nora) == [files["internal"], files["shared"]]
    assert await ids(preview(house.customer)) == [files["shared"]]
    assert await ids(contact(uuid4())) == await ids(contact(house.customer, projects=frozenset({uuid4()}))) == []
    assert (await found(house, house.nora, q))[0]["audience"] == "internal"
    refused = await house.call("GET", "/search", link(house.customer, uuid4()), params={"q": q})
    assert refused.status == 404
