"""The parts of a project in the workspace: each at its own address, for staff alone; settings are saved as typed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from services.gateway.tests.integration.conftest import World
from services.gateway.tests.integration.upstream import Upstream

PROJECT = str(uuid4())
ADDRESS = f"/projects/{PROJECT}"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def project(world: World, upstream: Upstream) -> Iterator[dict[str, Any]]:
    """A project of bluepeak's with one request, in the services' answers."""
    asked = {
        "id": str(uuid4()), "project_id": PROJECT, "customer_id": str(world.bluepeak), "number": 7,
        "title": "Who trains the night shift?", "label": "A-7", "kind": "question", "state": "open",
        "state_name": {"en": "Open"}, "urgency": "time", "turn": "provider", "turn_since": "2026-11-19T09:14:00Z",
        "raised_at": "2026-11-19T09:14:00Z",
        "raised_by": str(uuid4()), "owner_id": None, "agreed_days": 2, "third_party": "", "revision": 1,
        "project_title": "Control room", "item_ids": [], "file_ids": [], "verb": "answer", "due": None,
    }  # fmt: skip
    told = {
        "id": PROJECT, "customer_id": str(world.bluepeak), "title": "Control room", "goal": "", "status": "on_track",
        "status_text": "", "status_by": None, "status_at": None, "lead_id": None, "contacts": [],
        "next_touchpoint": None, "milestones": {"reached": 0, "all": 0, "next": None}, "starts_on": None,
        "ends_on": None, "active": True, "revision": 5,
    }  # fmt: skip
    answers = {
        f"/v1{ADDRESS}": told,
        f"/v1{ADDRESS}/files": {"items": []},
        "/v1/threads": {"items": []},
        "/v1/requests": {"items": [asked]},
        "/v1/reports": {"items": []},
        "/v1/readers": {"customer_id": str(world.bluepeak), "readers": {}},
    }
    before = {path: upstream.answers.get(path) for path in answers}
    upstream.answers |= answers
    yield told
    for path, known in before.items():
        if known is None:
            del upstream.answers[path]
        else:
            upstream.answers[path] = known


@pytest.mark.parametrize("part", ["files", "threads", "requests", "reports", "settings"])
async def test_each_part_is_a_page_for_staff_and_not_there_for_customers(
    world: World, project: dict[str, Any], part: str
) -> None:
    answer = await world.nora.call("GET", f"{ADDRESS}/{part}")
    shown = answer.content.decode()
    assert answer.status == 200
    assert f'<a href="{ADDRESS}/{part}" aria-current="true"' in shown
    assert ("Who trains the night shift?" in shown) == (part == "requests")
    assert (await world.maya.call("GET", f"{ADDRESS}/{part}")).status == 404


async def test_what_is_no_part_is_not_there(world: World, project: dict[str, Any]) -> None:
    assert (await world.nora.call("GET", f"{ADDRESS}/budget")).status == 404


async def test_settings_are_saved_with_the_revision_that_was_read(
    world: World, project: dict[str, Any], upstream: Upstream
) -> None:
    nora = (await world.nora.get("/me")).json["person_id"]
    typed = [
        ("title", "Control room"), ("goal", "All stations"), ("status", "at_risk"), ("status_text", "Late."),
        ("starts_on", ""), ("ends_on", "2027-01-29"), ("lead", nora), ("contact", nora), (f"part_{nora}", "Lead"),
        ("touch_at", ""), ("revision", "5"),
    ]  # fmt: skip
    saved = await world.nora.call("POST", f"{ADDRESS}/settings", data=urlencode(typed).encode(), headers=FORM)
    assert (saved.status, saved.headers["location"]) == (303, f"{ADDRESS}/settings")
    assert upstream.bodies[f"/v1{ADDRESS}"] == {
        "title": "Control room", "goal": "All stations", "status": "at_risk", "status_text": "Late.",
        "starts_on": None, "ends_on": "2027-01-29", "lead_id": nora,
        "contacts": [{"person_id": nora, "part": "Lead"}], "next_touchpoint": None,
    }  # fmt: skip
    refused = await world.maya.call("POST", f"{ADDRESS}/settings", data=urlencode(typed).encode(), headers=FORM)
    assert refused.status == 404


async def test_a_row_is_moved_by_a_form(world: World, project: dict[str, Any], upstream: Upstream) -> None:
    item, other, phase = str(uuid4()), str(uuid4()), str(uuid4())
    upstream.answers[f"/v1/items/{item}"] = {"project_id": PROJECT}
    typed = urlencode({"place": f"4:{phase}:{other}"}).encode()
    moved = await world.nora.call("POST", f"/items/{item}/place", data=typed, headers=FORM)
    assert (moved.status, moved.headers["location"]) == (303, f"{ADDRESS}#row-{item}")
    assert upstream.bodies[f"/v1/items/{item}"] == {"parent_id": phase, "before_id": other}
    top = urlencode({"place": "4::"}).encode()
    await world.nora.call("POST", f"/items/{item}/place", data=top, headers=FORM)
    assert upstream.bodies[f"/v1/items/{item}"] == {"parent_id": None, "before_id": None}
    narrowed = await world.nora.call("POST", f"/items/{item}/place?turn=provider", data=top, headers=FORM)
    assert narrowed.headers["location"] == f"{ADDRESS}?turn=provider#row-{item}"
    assert (await world.maya.call("POST", f"/items/{item}/place", data=typed, headers=FORM)).status == 404


async def test_a_refused_move_says_why_above_the_plan_as_it_is(
    world: World, project: dict[str, Any], upstream: Upstream
) -> None:
    item = str(uuid4())
    upstream.answers[f"/v1/items/{item}"] = {"project_id": PROJECT}
    upstream.answers[f"/v1{ADDRESS}/plan"] = {"project": project, "items": []}
    upstream.refusals[f"/v1/items/{item}"] = (412, "stale_revision")
    refused = await world.nora.call(
        "POST", f"/items/{item}/place", data=urlencode({"place": "4::"}).encode(), headers=FORM
    )
    shown = refused.content.decode()
    assert refused.status == 412
    assert "This has changed in the meantime." in shown.partition('id="problem"')[2].partition("</div></div>")[0]
    assert f'hx-get="{ADDRESS}?part=plan"' in shown


async def test_the_plan_is_a_table_or_over_time(world: World, project: dict[str, Any], upstream: Upstream) -> None:
    item = {
        "id": str(uuid4()), "title": "Control room live", "kind": "milestone", "turn": "provider", "revision": 1,
        "visibility": "internal", "parent_id": None, "due": "2027-01-29",
    }  # fmt: skip
    upstream.answers[f"/v1{ADDRESS}/plan"] = {"project": project, "items": [item]}
    table = (await world.nora.call("GET", ADDRESS)).content.decode()
    over_time = (await world.nora.call("GET", f"{ADDRESS}?view=timeline&turn=provider")).content.decode()
    assert "milestones-head" not in table
    assert f'href="{ADDRESS}?view=timeline"' in table
    assert 'id="milestones-head"' in over_time
    assert f'hx-get="{ADDRESS}?view=timeline&amp;turn=provider&amp;part=plan"' in over_time


async def test_a_cell_is_saved_where_nobody_else_has_changed_it(
    world: World, project: dict[str, Any], upstream: Upstream
) -> None:
    """Of another field's change a cell knows nothing; the write is still guarded by what was read just before."""
    item = str(uuid4())
    upstream.answers[f"/v1/items/{item}"] = {"project_id": PROJECT, "due": "2026-11-24", "revision": 9}
    typed = urlencode({"due": "2026-11-27", "was": "2026-11-24", "revision": "4", "title": "Not a cell"}).encode()
    saved = await world.nora.call("POST", f"/items/{item}/cell?view=table", data=typed, headers=FORM)
    assert (saved.status, saved.headers["location"]) == (303, f"{ADDRESS}?view=table#row-{item}")
    assert upstream.bodies[f"/v1/items/{item}"] == {"due": "2026-11-27"}
    assert (await world.maya.call("POST", f"/items/{item}/cell", data=typed, headers=FORM)).status == 404


async def test_a_cell_that_somebody_was_faster_with_shows_both_values(
    world: World, project: dict[str, Any], upstream: Upstream
) -> None:
    item = str(uuid4())
    upstream.answers[f"/v1/items/{item}"] = {"project_id": PROJECT, "customer_title": "Theirs", "revision": 9}
    upstream.answers[f"/v1/items/{item}/history"] = {"items": []}
    upstream.answers[f"/v1{ADDRESS}/plan"] = {"project": project, "items": []}
    upstream.refusals[f"/v1/items/{item}"] = (412, "stale_revision")
    typed = urlencode({"customer_title": "Mine", "was": "Before", "revision": "4"}).encode()
    late = await world.nora.call("POST", f"/items/{item}/cell", data=typed, headers=FORM)
    shown = late.content.decode()
    assert late.status == 412
    assert "<mark>Mine</mark>" in shown
    assert "<mark>Theirs</mark>" in shown
    again = shown.partition('<form id="keep-mine"')[2].partition("</form>")[0]
    assert 'name="revision" value="9"' in again
    assert 'name="customer_title" value="Mine"' in again
