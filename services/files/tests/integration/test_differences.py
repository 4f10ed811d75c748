"""What changed between two versions, from real content to boxes on real pages."""

from typing import Any

import pytest
from atrium_testkit.viewers import contact

from .conftest import House
from .test_previews import pdf, picture, settled_preview


async def versions(house: House, *contents: bytes, name: str = "", media_type: str = "application/pdf") -> str:
    file = await house.new_file(house.nora, name)
    for number, content in enumerate(contents, start=1):
        await house.add_version(house.nora, file, content, media_type=media_type)
        await settled_preview(house, file, number)
    return file


async def differences(house: House, file: str, old: int, new: int) -> dict[str, Any]:
    answer = await house.call("GET", f"/files/{file}/differences?from={old}&to={new}", house.maya)
    assert answer.status == 200, answer.content
    return dict(answer.json)


async def test_changes_are_found_where_they_are(house: House) -> None:
    rest = "An alarm is shown only when an operator has to act; everything else is logged as an event."
    file = await versions(
        house,
        pdf(rest, f"Shelved for eight hours at most. {rest}"),
        pdf(rest, f"Shelved for four hours at most. {rest}", "Annex A lists the stations."),
    )
    found = await differences(house, file, 1, 2)
    assert (found["state"], found["page_count"], found["changed_pages"]) == ("ready", {"from": 2, "to": 3}, 2)
    replaced, added = found["changes"]
    assert (replaced["kind"], replaced["from"]["text"], replaced["to"]["text"]) == (
        "replaced",
        "eight hours",
        "four hours",
    )
    (box,) = replaced["to"]["boxes"]
    assert box["page"] == 2
    assert 0.05 < box["x"] < 0.3
    assert 0.02 < box["y"] < 0.1
    assert 0 < box["height"] < 0.03
    assert (added["kind"], added["from"], added["to"]["text"]) == ("added", None, "Annex A lists the stations.")
    assert added["place"]["page"] == 2


async def test_spots_go_with_their_words(house: House) -> None:
    file = await versions(house, pdf("Priorities", "Shelving"), pdf("Priorities", "New page", "Shelving"))
    path = f"/files/{file}/spots?from=1&to=2"
    answer = await house.call("GET", f"{path}&spot=2,0.5,0.05&spot=1,0.5,0.05", house.maya)
    assert (answer.status, answer.json["state"]) == (200, "ready")
    assert answer.json["spots"] == [
        {"page": 3, "x": 0.5, "y": 0.05, "changed": False},
        {"page": 1, "x": 0.5, "y": 0.05, "changed": False},
    ]
    assert (await house.call("GET", f"{path}&spot=2,1.5,0", house.maya)).status == 422
    assert (await house.call("GET", f"{path}&spot=1,0.5,0.05", contact(house.project))).status == 404


async def test_equal_content_and_pictures_have_no_changes(house: House) -> None:
    file = await versions(house, pdf("Priorities"), pdf("Limits"))
    assert (await differences(house, file, 2, 2))["state"] == "same"
    nothing = {"page_count": {"from": 1, "to": 1}, "changed_pages": 0, "changes": []}
    drawing = await versions(house, picture((30, 20)), picture((30, 21)), name="Desk.png", media_type="image/png")
    assert await differences(house, drawing, 1, 2) == {"state": "no_text", **nothing}
    notes = await versions(house, b"one", b"two", name="Notes.txt", media_type="text/plain")
    assert (await differences(house, notes, 1, 2))["state"] == "none"


@pytest.mark.parametrize("asked", ["from=1&to=9", "from=9&to=1"])
async def test_versions_that_are_not_there_have_no_differences(house: House, asked: str) -> None:
    file = await versions(house, pdf("Priorities"))
    assert (await house.call("GET", f"/files/{file}/differences?{asked}", house.nora)).status == 404
    assert (await house.call("GET", f"/files/{file}/differences?from=1", house.nora)).status == 422


async def test_differences_are_for_those_who_see_the_file(house: House) -> None:
    file = await house.new_file(house.nora, audience="internal")
    await house.add_version(house.nora, file, pdf("Margin"))
    for who, status in ((house.nora, 200), (house.maya, 404), (contact(house.project), 404)):
        assert (await house.call("GET", f"/files/{file}/differences?from=1&to=1", who)).status == status
