"""A workflow is changed while projects run on it."""

from typing import Any
from uuid import uuid4

from .conftest import World


def state(key: str, turn: str = "provider", verb: str | None = None) -> dict[str, Any]:
    return {"key": key, "name": {"en": key}, "turn": turn, "verb": verb}


def step(source: str, target: str) -> dict[str, Any]:
    return {"key": f"to_{target}", "name": {"en": target}, "from": source, "to": target}


OLD = {
    "states": [state("draft"), state("on_hold", "third_party"), state("done", "nobody")],
    "transitions": [step("draft", "on_hold"), step("on_hold", "done"), step("draft", "done")],
}
NEW = {
    "states": [state("draft"), state("inspection", "customer", "inspect"), state("done", "nobody")],
    "transitions": [step("draft", "inspection"), step("inspection", "done")],
}


async def started(world: World) -> tuple[str, dict[str, str]]:
    key = f"flow_{uuid4().hex[:8]}"
    workflow = await world.made("/workflows", {"key": key, "name": {"en": "Flow"}, "definition": OLD})
    items = {
        one: await world.item(workflow=key, state=one, visibility="shared") for one in ("draft", "on_hold", "done")
    }
    return f"/workflows/{workflow}/versions", items


async def test_running_items_keep_their_version_without_a_mapping(world: World) -> None:
    path, items = await started(world)
    told = await world.post(path, world.nora, {"definition": NEW, "dry_run": True})
    assert told.json["affected"] == [{"state": "on_hold", "items": 1}]
    assert {one["id"]: one["to"] for one in told.json["items"]} == {items["draft"]: "draft", items["on_hold"]: None}
    assert (await world.post(path, world.nora, {"definition": NEW})).status == 201
    assert (await world.get(f"/items/{items['on_hold']}", world.nora)).json["workflow"]["version"] == 1


async def test_a_switch_moves_all_running_items_or_none(world: World) -> None:
    path, items = await started(world)
    missing = await world.post(path, world.nora, {"definition": NEW, "mapping": {}})
    assert (missing.status, missing.json["errors"][0]["pointer"]) == (422, "/mapping/on_hold")
    assert (await world.get(f"/items/{items['draft']}", world.nora)).json["workflow"]["version"] == 1
    mapping = {"on_hold": "inspection"}
    assert (await world.post(path, world.nora, {"definition": NEW, "mapping": mapping})).json["version"] == 2
    moved = (await world.get(f"/items/{items['on_hold']}", world.maya)).json
    assert (moved["state"], moved["turn"], moved["verb"]) == ("inspection", "customer", "inspect")
    assert moved["workflow"]["version"] == 2
    same = (await world.get(f"/items/{items['draft']}", world.nora)).json
    assert (same["state"], same["workflow"]["version"]) == ("draft", 2)
    finished = (await world.get(f"/items/{items['done']}", world.nora)).json
    assert finished["workflow"]["version"] == 1


async def test_a_dry_run_of_a_switch_changes_nothing(world: World) -> None:
    path, items = await started(world)
    body = {"definition": NEW, "mapping": {"on_hold": "inspection"}, "dry_run": True}
    told = await world.post(path, world.nora, body)
    assert (told.status, told.json["version"]) == (200, 1)
    assert {one["to"] for one in told.json["items"]} == {"draft", "inspection"}
    assert (await world.get(f"/items/{items['on_hold']}", world.nora)).json["state"] == "on_hold"
