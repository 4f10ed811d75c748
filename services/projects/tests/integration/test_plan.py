"""Plans, publications, and what customers see of them."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_testkit.protection import assert_protected
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.viewers import contact, preview
from sqlalchemy import text

from .conftest import World

CANARY = "canary-52c1"


async def test_every_table_is_protected(service_database: Callable[[str], DatabaseUrls]) -> None:
    wide = {"workflow", "workflow_version", "staff_member"}
    await assert_protected(service_database("projects").owner, "projects", provider_wide=wide)


async def test_a_customer_sees_what_is_published_and_nothing_else(world: World) -> None:
    shared = await world.item(
        title=f"ours {CANARY}", customer_title="Theirs", internal_note=CANARY, visibility="shared"
    )
    hidden = await world.item(title=CANARY, visibility="internal")
    dashed = await world.item(title=CANARY, visibility="placeholder", due="2026-12-02", customer_until="2026-12-09")
    plan = await world.get(f"/projects/{world.project}/plan", world.maya)
    assert [(one["id"], one["form"]) for one in plan.json["items"]] == [(shared, "shared"), (dashed, "placeholder")]
    assert plan.json["items"][1].keys() <= {
        "id", "customer_id", "form", "project_id", "parent_id", "position", "due", "until", "revision",
    }  # fmt: skip
    assert plan.json["items"][1]["until"] == "2026-12-09"
    for path in (
        f"/projects/{world.project}/plan",
        "/home",
        "/projects",
        f"/items/{shared}",
        f"/items/{shared}/history",
    ):
        assert CANARY.encode() not in (await world.get(path, world.maya)).content, path
    assert (await world.get(f"/items/{hidden}", world.maya)).status == 404
    assert (await world.get(f"/items/{dashed}", world.maya)).status == 404
    staff = await world.get(f"/projects/{world.project}/plan", world.nora)
    assert len(staff.json["items"]) == 3


async def test_what_is_not_yours_is_answered_like_what_is_not_there(world: World) -> None:
    item = await world.item(visibility="shared")
    stranger = contact(uuid4(), "owner")
    for path in ("/projects/{}", "/projects/{}/plan", "/items/{}", "/items/{}/history"):
        existing = world.project if path.startswith("/projects") else item
        answers = [await world.get(path.format(which), stranger) for which in (existing, uuid4(), "no-id")]
        bodies = [{**answer.json, "trace_id": ""} for answer in answers]
        assert [answer.status for answer in answers] == [404, 404, 404]
        assert bodies[0] == bodies[1] == bodies[2]


async def test_a_dry_run_tells_exactly_what_the_publication_then_shows(world: World) -> None:
    item = await world.item(title="Historian export: Voltar buffer fault", internal_note=CANARY, estimate_hours=6)
    body = {"items": [{"id": item, "revision": 1, "customer_title": "Historian export"}], "visibility": "shared"}
    path = f"/projects/{world.project}/publications"
    told = await world.post(path, world.nora, {**body, "dry_run": True})
    assert told.status == 200
    assert (await world.get(f"/items/{item}", world.maya)).status == 404
    kept = {one["field"]: one["value"] for one in told.json["stays_internal"]}
    assert kept["internal_note"] == CANARY
    assert kept["title"] == "Historian export: Voltar buffer fault"
    assert (await world.post(path, world.nora, body)).status == 200
    plan = (await world.get(f"/projects/{world.project}/plan", world.maya)).json["items"]
    assert [{**one, "revision": 0} for one in told.json["becomes_visible"]] == [{**one, "revision": 0} for one in plan]


async def test_a_dry_run_does_not_list_what_only_moves(world: World) -> None:
    """A phase that becomes visible in the middle moves what is behind it, and brings what lies in it."""
    first = await world.item(title="First", visibility="shared")
    phase = await world.item(kind="phase", title="Phase")
    inside = await world.item(title="Inside", parent_id=phase)
    last = await world.item(title="Last", visibility="shared")
    path = f"/projects/{world.project}/publications"
    body = {"items": [{"id": phase}, {"id": inside}], "visibility": "shared", "dry_run": True}
    told = (await world.post(path, world.nora, body)).json
    assert {one["id"] for one in told["becomes_visible"]} == {phase, inside}
    assert told["withdrawn"] == []
    hidden = {"items": [{"id": first}], "visibility": "internal", "dry_run": True}
    told = (await world.post(path, world.nora, hidden)).json
    assert (told["becomes_visible"], [one["id"] for one in told["withdrawn"]]) == ([], [first])
    renamed = {"items": [{"id": last, "customer_title": "The last"}], "visibility": "shared", "dry_run": True}
    told = (await world.post(path, world.nora, renamed)).json
    assert [one["title"] for one in told["becomes_visible"]] == ["The last"]


async def test_what_was_published_is_taken_back_at_once(world: World) -> None:
    """Each item becomes what it was; what changed since stays as it is."""
    hidden, dashed = await world.item(), await world.item(visibility="placeholder")
    path = f"/projects/{world.project}/publications"
    body = {"items": [{"id": hidden}, {"id": dashed}], "visibility": "shared"}
    done = (await world.post(path, world.nora, body)).json["items"]
    assert {one["id"]: one["was"] for one in done} == {hidden: "internal", dashed: "placeholder"}
    undo = {
        "items": [{"id": one["id"], "revision": one["revision"], "visibility": one["was"]} for one in done],
        "visibility": "internal",
    }
    assert (await world.post(path, world.nora, undo)).status == 200
    plan = (await world.get(f"/projects/{world.project}/plan", world.maya)).json["items"]
    assert [(one["id"], one["form"]) for one in plan] == [(dashed, "placeholder")]
    again = await world.post(path, world.nora, undo)
    assert (again.status, again.json["code"]) == (409, "changed_since_preview")


async def test_a_publication_of_what_changed_meanwhile_publishes_nothing(world: World) -> None:
    first, second = await world.item(), await world.item()
    await world.app.call("PATCH", f"/v1/items/{second}", world.nora, json={"due": "2026-12-01"})
    body = {"items": [{"id": first, "revision": 1}, {"id": second, "revision": 1}], "visibility": "shared"}
    answer = await world.post(f"/projects/{world.project}/publications", world.nora, body)
    assert (answer.status, answer.json["code"]) == (409, "changed_since_preview")
    assert (await world.get(f"/projects/{world.project}/plan", world.maya)).json["items"] == []


async def test_nothing_in_an_internal_phase_can_be_shared(world: World) -> None:
    phase = await world.item(kind="phase", title="Hidden phase")
    inside = await world.item(parent_id=phase)
    body = {"items": [{"id": inside}], "visibility": "shared"}
    answer = await world.post(f"/projects/{world.project}/publications", world.nora, body)
    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "hidden_phase")
    both = {"items": [{"id": inside}, {"id": phase}], "visibility": "shared"}
    assert (await world.post(f"/projects/{world.project}/publications", world.nora, both)).status == 200
    plan = await world.get(f"/projects/{world.project}/plan", world.maya)
    assert {one["id"] for one in plan.json["items"]} == {phase, inside}
    hide = {"items": [{"id": phase}], "visibility": "internal"}
    assert (await world.post(f"/projects/{world.project}/publications", world.nora, hide)).status == 200
    assert (await world.get(f"/projects/{world.project}/plan", world.maya)).json["items"] == []


async def test_an_internal_edit_changes_no_revision_that_a_customer_sees(world: World) -> None:
    item = await world.item(visibility="shared")
    before = await world.get(f"/items/{item}", world.maya)
    changed = await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json={"internal_note": "x"})
    assert changed.json["revision"] == 2
    assert (await world.get(f"/items/{item}", world.maya)).etag == before.etag
    again = await world.app.call("GET", f"/v1/items/{item}", world.maya, headers={"If-None-Match": before.etag})
    assert (again.status, again.content) == (304, b"")


async def test_a_tag_changes_with_all_that_is_shown_and_guards_a_write(world: World) -> None:
    path = f"/projects/{world.project}"
    milestone = await world.item(kind="milestone", title="Line 2 runs")
    before = await world.get(path, world.nora)
    assert before.json["milestones"]["next"]["title"] == "Line 2 runs"
    await world.app.call("PATCH", f"/v1/items/{milestone}", world.nora, json={"title": "Lines 2 and 3 run"})
    now = await world.app.call("GET", f"/v1{path}", world.nora, headers={"If-None-Match": before.etag})
    assert (now.status, now.json["milestones"]["next"]["title"]) == (200, "Lines 2 and 3 run")
    same = await world.app.call("GET", f"/v1{path}", world.nora, headers={"If-None-Match": now.etag})
    assert (same.status, same.content) == (304, b"")
    written = await world.app.call(
        "PATCH", f"/v1{path}", world.nora, json={"goal": "x"}, headers={"If-Match": now.etag}
    )
    assert written.status == 200
    stale = await world.app.call("PATCH", f"/v1{path}", world.nora, json={"goal": "y"}, headers={"If-Match": now.etag})
    assert stale.status == 412


async def test_a_stale_write_is_refused_and_a_repeated_one_answered_again(world: World) -> None:
    item = await world.item()
    patch = {"path": f"/v1/items/{item}", "viewer": world.nora}
    first = await world.app.call("PATCH", **patch, json={"title": "One"}, headers={"If-Match": '"1"'})
    assert first.status == 200
    stale = await world.app.call("PATCH", **patch, json={"title": "Two"}, headers={"If-Match": '"1"'})
    assert (stale.status, stale.json["current_revision"]) == (412, 2)
    path, body = f"/projects/{world.project}/items", {"title": "Once"}
    once = await world.post(path, world.nora, body, Idempotency_Key="key-1")
    assert (await world.post(path, world.nora, body, Idempotency_Key="key-1")).json == once.json
    other = await world.post(path, world.nora, {"title": "Other"}, Idempotency_Key="key-1")
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")


async def test_customers_cannot_plan(world: World) -> None:
    item = await world.item(visibility="shared")
    assert (await world.post(f"/projects/{world.project}/items", world.maya, {"title": "x"})).status == 404
    assert (await world.app.call("PATCH", f"/v1/items/{item}", world.maya, json={"title": "x"})).status == 404
    body = {"items": [{"id": item}], "visibility": "internal"}
    assert (await world.post(f"/projects/{world.project}/publications", world.maya, body)).status == 404
    assert (await world.get("/workflows", world.maya)).status == 404


async def test_permitted_projects_bind_both_sides(world: World) -> None:
    await world.item(visibility="shared")
    for viewer in (world.maya, world.nora):
        elsewhere = replace(viewer, projects=frozenset({uuid4()}))
        assert (await world.get(f"/projects/{world.project}/plan", elsewhere)).status == 404
        assert (await world.get("/projects", elsewhere)).json["items"] == []


async def test_a_preview_may_not_act(world: World) -> None:
    item = await world.item(workflow="sign_off", state="technical_review", visibility="shared")
    eyes = preview(world.customer)
    assert (await world.get(f"/items/{item}", eyes)).status == 200
    assert (await world.step(item, eyes, "reviewed")).status >= 400
    assert (await world.get(f"/items/{item}", world.maya)).json["state"] == "technical_review"


async def test_the_customers_role_has_no_right_on_items(
    world: World, service_database: Callable[[str], DatabaseUrls]
) -> None:
    database = Database(service_database("projects").app, "projects")
    viewer: Viewer = world.maya
    async with database.transaction(viewer) as connection:
        allowed = await connection.execute(text("SELECT has_table_privilege('item', 'SELECT')"))
        assert allowed.scalar_one() is False
    await database.close()


async def test_bad_input_names_the_field(world: World) -> None:
    path = f"/projects/{world.project}/items"
    unknown = await world.post(path, world.nora, {"title": "x", "customer_id": str(uuid4())})
    assert (unknown.status, unknown.json["errors"][0]["pointer"]) == (422, "/customer_id")
    long = await world.post(path, world.nora, {"title": "x" * 201})
    assert (long.status, long.json["errors"][0]["pointer"]) == (422, "/title")
    broken = await world.app.call(
        "POST", f"/v1{path}", world.nora, data=b"{", headers={"Content-Type": "application/json"}
    )
    assert (broken.status, broken.json["code"]) == (422, "not_json")
    stranger = await world.post(path, world.nora, {"title": "x", "asked_ids": [str(uuid4())]})
    assert (stranger.status, stranger.json["errors"][0]["code"]) == (422, "unknown_person")


async def test_nothing_ends_before_it_begins(world: World) -> None:
    days = {"customer_date": "2026-12-07", "customer_until": "2026-12-06"}
    made = await world.post(f"/projects/{world.project}/items", world.nora, {"title": "x", **days})
    item = await world.item(due="2026-12-07", customer_until="2026-12-18", visibility="shared")
    moved = await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json={"due": "2026-12-19"})
    for refused in (made, moved):
        error = refused.json["errors"][0]
        assert (refused.status, error["pointer"], error["code"]) == (422, "/customer_until", "ends_too_early")
    path = f"/projects/{world.project}/publications"
    wrong = {"items": [{"id": item, "customer_until": "2026-12-01"}], "visibility": "shared"}
    assert (await world.post(path, world.nora, wrong)).status == 422
    longer = {"items": [{"id": item, "customer_until": "2026-12-24"}], "visibility": "shared"}
    assert (await world.post(path, world.nora, longer)).status == 200
    seen = (await world.get(f"/items/{item}", world.maya)).json
    assert (seen["due"], seen["until"]) == ("2026-12-07", "2026-12-24")


async def test_an_item_is_moved_before_another_and_the_customer_sees_the_new_order(world: World) -> None:
    """Its neighbours tell nothing of it: they only make room."""
    first, second, third = [await world.item(title=title, visibility="shared") for title in "abc"]

    async def order(viewer: Viewer) -> list[str]:
        plan = (await world.get(f"/projects/{world.project}/plan", viewer)).json["items"]
        return [one["id"] for one in plan]

    async def put(item: str, **place: str | None) -> int:
        return (await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json=place)).status

    assert await put(third, before_id=first) == 200
    assert await order(world.nora) == await order(world.maya) == [third, first, second]
    assert await put(third, before_id=None) == 200
    assert await order(world.maya) == [first, second, third]
    phase = await world.item(kind="phase", title="Phase", visibility="shared")
    assert await put(first, parent_id=phase, before_id=None) == 200
    assert await put(second, parent_id=phase, before_id=first) == 200
    assert [one for one in await order(world.maya) if one in {first, second}] == [second, first]
    assert await put(third, before_id=first) == 422  # it lies elsewhere
    for viewer in (world.nora, world.maya):
        told = (await world.get(f"/items/{third}/history", viewer)).json["items"]
        assert [one["act"] for one in told] == ["created"]
