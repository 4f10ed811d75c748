"""The designer beside its dry run: what is typed is tried, never lost, and switched all at once."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import Visitor, World
from services.gateway.tests.integration.upstream import Upstream

STATES = (("draft", "Draft", "provider", ""), ("on_hold", "On hold", "provider", ""), ("done", "Done", "nobody", ""))


def definition(*states: tuple[str, str, str, str]) -> dict[str, Any]:
    return {
        "states": [
            {"key": key, "name": {"en": name}, "turn": turn, "verb": verb or None, "agreed_days": None}
            for key, name, turn, verb in states
        ],
        "transitions": [
            {"key": "finish", "name": {"en": "Finish"}, "from": "draft", "to": "done", "sides": ["provider"]}
        ],
    }


@pytest.fixture
def workflow(world: World, upstream: Upstream) -> str:
    """One whose item is on hold."""
    path = f"/workflows/{uuid4()}"
    upstream.answers[f"/v1{path}"] = {
        "id": path.rpartition("/")[2],
        "name": {"en": "Document approval"},
        "purpose": "item",
        "version": 2,
        "revision": 5,
        "definition": definition(*STATES),
        "versions": [{"version": 2}, {"version": 1}],
    }
    item = {"id": str(uuid4()), "title": "Glen Mor drawings", "customer_id": str(world.bluepeak), "project_id": "p"}
    upstream.answers[f"/v1{path}/versions"] = {"items": [{**item, "state": "on_hold", "to": None}]}
    return path


def typed(act: str, **more: str) -> list[tuple[str, str]]:
    """The tables without the state on hold, and with a new one."""
    pairs = [("act", act), ("revision", "5"), *more.items()]
    for key, name, turn, verb in (STATES[0], ("review", "Review", "customer", "review"), STATES[2]):
        values = {"key": key, "en": name, "de": "", "turn": turn, "verb": verb, "days": ""}
        pairs += [(f"state_{column}", value) for column, value in values.items()]
    return pairs


async def press(visitor: Visitor, path: str, pairs: list[tuple[str, str]]) -> Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await visitor.call("POST", path, data=urlencode(pairs).encode(), headers=headers)


async def test_what_is_typed_is_tried_and_stays(world: World, upstream: Upstream, workflow: str) -> None:
    tried = await press(world.nora, workflow, typed("try"))
    page = tried.content.decode()
    assert tried.status == 200
    body = upstream.bodies[f"/v1{workflow}/versions"]
    assert (body["dry_run"], [one["key"] for one in body["definition"]["states"]]) == (
        True,
        ["draft", "review", "done"],
    )
    assert 'value="Review"' in page
    assert "From “On hold”, which is gone" in page
    assert "Glen Mor drawings" in page
    assert "1 choice left" in page


async def test_a_choice_is_part_of_the_next_dry_run_and_of_the_switch(
    world: World, upstream: Upstream, workflow: str
) -> None:
    chosen = {"mapping_from": "on_hold", "mapping_to": "review"}
    await press(world.nora, workflow, typed("try", **chosen))
    assert upstream.bodies[f"/v1{workflow}/versions"]["mapping"] == {"on_hold": "review"}
    switched = await press(world.nora, workflow, typed("switch", **chosen))
    assert switched.headers["location"] == workflow
    body = upstream.bodies[f"/v1{workflow}/versions"]
    assert (body["mapping"], body.get("dry_run", False)) == ({"on_hold": "review"}, False)


async def test_saving_leaves_running_items_where_they_are(world: World, upstream: Upstream, workflow: str) -> None:
    await press(world.nora, workflow, typed("save", mapping_from="on_hold", mapping_to="review"))
    assert upstream.bodies[f"/v1{workflow}/versions"]["mapping"] is None


async def test_requests_keep_their_version(world: World, upstream: Upstream, workflow: str) -> None:
    upstream.answers[f"/v1{workflow}"]["purpose"] = "request"
    page = (await world.nora.call("GET", workflow)).content.decode()
    assert 'value="switch"' not in page
    assert 'value="save"' in page
