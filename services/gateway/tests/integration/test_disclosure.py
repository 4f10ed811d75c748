"""What a publication would show: the customer's pages and mail in the preview's frame, as one of its people."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from .conftest import Visitor, World
from .upstream import Upstream

ITEM = str(uuid4())
PROJECT = str(uuid4())


def item_of(person: str) -> dict[str, Any]:
    return {
        "id": ITEM, "project_id": PROJECT, "form": "shared", "kind": "task", "title": "Rehearse the failover",
        "turn": "customer", "verb": "confirm", "state": "confirm", "turn_since": "2026-11-19T09:14:00Z",
        "asked_ids": [person], "due": "2026-12-02", "note": "", "revision": 1, "item_kind": "task",
        "project_title": "Control room", "owner_id": None, "file_id": None, "third_party": "", "agreed_days": None,
    }  # fmt: skip


@pytest.fixture
async def preview(world: World, upstream: Upstream) -> Iterator[str]:
    """The address of a page of the preview, as Maya."""
    maya = (await world.maya.get("/me")).json["person_id"]
    item = item_of(maya)
    customer = str(world.bluepeak)
    project = {
        "id": PROJECT, "customer_id": customer, "title": "Control room", "goal": "", "status": "on_track",
        "status_text": "", "status_by": None, "status_at": None, "lead_id": None, "contacts": [],
        "next_touchpoint": None, "milestones": {"reached": 0, "all": 0, "next": None}, "revision": 1,
    }  # fmt: skip
    home = {"your_turn": {"mine": [item], "colleagues": []}, "waiting": [], "moved": [], "projects": [], "requests": []}
    path = f"/v1/projects/{PROJECT}"
    upstream.answers[f"{path}/plan"] = {
        "project": project,
        "items": [{**item, "visibility": "internal", "customer_title": None, "customer_date": None}],
    }
    upstream.answers[f"{path}/publications"] = {
        "becomes_visible": [item], "withdrawn": [], "to": [maya], "stays_internal": [], "revisions": {ITEM: 1},
        "seen": {"plan": {"project": project, "items": [item]}, "home": home},
    }  # fmt: skip
    yield f"/projects/{PROJECT}/preview{{}}?items={ITEM}&visibility=shared&as={maya}"
    for known in ("plan", "publications"):
        del upstream.answers[f"{path}/{known}"]


@pytest.mark.parametrize("page", ["project", "home", "mail"])
async def test_each_page_is_framed_and_runs_nothing(world: World, preview: str, page: str) -> None:
    answer = await world.nora.call("GET", preview.format(f"/{page}"))
    shown = answer.content.decode()
    assert (answer.status, "Rehearse the failover" in shown) == (200, True)
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "<script" not in shown
    assert "Anna Keller" not in shown  # of another customer
    for visitor in (world.maya, world.anna):
        assert (await visitor.call("GET", preview.format(f"/{page}"))).status == 404


async def test_the_rest_of_the_page_is_read_as_who_looks_without_hands(
    world: World, preview: str, upstream: Upstream
) -> None:
    upstream.read_as.clear()
    await world.nora.call("GET", preview.format("/home"))
    maya, nora = [(await who.get("/me")).json["person_id"] for who in (world.maya, world.nora)]
    of_threads = [viewer for path, viewer in upstream.read_as if path == "/v1/home"]
    assert of_threads
    assert {(viewer.side, str(viewer.person), str(viewer.preview)) for viewer in of_threads} >= {
        ("customer", maya, nora)
    }


@pytest.mark.parametrize("showing", ["project", "home", "mail"])
async def test_the_preview_leads_to_its_pages_by_plain_links(world: World, preview: str, showing: str) -> None:
    shown = (await world.nora.call("GET", f"{preview.format('')}&show={showing}")).content.decode()
    assert f"/projects/{PROJECT}/preview/{showing}?items={ITEM}" in shown
    assert shown.count("show=mail") >= 1
    assert "e-mail in a minute" in shown


async def test_what_was_published_is_undone_in_one_press(world: World, preview: str, upstream: Upstream) -> None:
    """The plan that follows offers it; it is asked for with the revisions and the visibility that were."""
    path = f"/projects/{PROJECT}"
    upstream.answers[f"/v1{path}/publications"] = {"items": [{"id": ITEM, "revision": 2, "was": "placeholder"}]}
    nora = Visitor(world.gateway, bearer=world.nora.bearer)
    done = await nora.call(
        "POST", f"{path}/publications", data={"items": ITEM, "revisions": f"{ITEM}:1", "by_mail": "1"}
    )
    assert upstream.bodies[f"/v1{path}/publications"]["by_mail"] is True
    assert (done.status, done.headers["location"]) == (303, path)
    plan = (await nora.call("GET", path)).content.decode()
    assert "1 item is visible to Bluepeak Energy. Undo now, and no e-mail leaves." in plan
    assert f'action="{path}/publications/undo"' in plan
    undone = await nora.call("POST", f"{path}/publications/undo")
    assert (undone.status, undone.headers["location"]) == (303, path)
    assert upstream.bodies[f"/v1{path}/publications"] == {
        "items": [{"id": ITEM, "revision": 2, "visibility": "placeholder"}], "visibility": "internal", "dry_run": False,
    }  # fmt: skip
    plan = (await nora.call("GET", path)).content.decode()
    assert "1 item is as it was." in plan
    assert "publications/undo" not in plan
    assert (
        await Visitor(world.gateway, bearer=world.nora.bearer).call("POST", f"{path}/publications/undo")
    ).status == 303


async def test_who_unticks_the_mail_publishes_without_one(world: World, preview: str, upstream: Upstream) -> None:
    path = f"/projects/{PROJECT}"
    box = 'type="checkbox" name="by_mail" value="1" checked'
    shown = (await world.nora.call("GET", preview.format(""))).content.decode()
    assert box in shown
    assert "Tell Maya Singh by e-mail what is asked" in shown
    upstream.answers[f"/v1{path}/publications"] = {"items": [{"id": ITEM, "revision": 2, "was": "internal"}]}
    nora = Visitor(world.gateway, bearer=world.nora.bearer)
    await nora.call("POST", f"{path}/publications", data={"items": ITEM, "revisions": f"{ITEM}:1"})
    assert upstream.bodies[f"/v1{path}/publications"]["by_mail"] is False
    plan = (await nora.call("GET", path)).content.decode()
    assert "1 item is visible to Bluepeak Energy; no e-mail leaves." in plan
    assert f'action="{path}/publications/undo"' in plan
