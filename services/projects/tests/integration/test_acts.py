"""Transitions, approvals, requests: on the real database."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Viewer
from atrium_contracts.files import VersionReady
from atrium_projects.approvals.commands import take_version
from atrium_testkit.provision import DatabaseUrls
from atrium_testkit.viewers import contact

from .conftest import World


class Files:
    """What files' events would have told."""

    def __init__(self, database: Database, customer: UUID) -> None:
        self.database, self.customer, self.file = database, customer, uuid4()

    def exact(self, number: int) -> dict[str, object]:
        return {"file_id": str(self.file), "number": number, "sha256": f"{number:064x}"}

    async def ready(self, number: int) -> None:
        data = VersionReady(
            file_id=self.file,
            project_id=uuid4(),
            name="alarm.pdf",
            number=number,
            sha256=f"{number:064x}",
            size=1,
            media_type="application/pdf",
            uploaded_by=uuid4(),
            uploaded_at=datetime.now(UTC),
            note="",
        )
        async with self.database.transaction(Viewer.system(self.customer)) as connection:
            await take_version(connection, data, self.customer, "shared")


@pytest.fixture
async def files(world: World, service_database: Callable[[str], DatabaseUrls]) -> Files:
    return Files(Database(service_database("projects").app, "projects", 2), world.customer)


async def sign_off(world: World, files: Files, number: int, decision: str = "approved", **more: object) -> object:
    body = {"decision": decision, "versions": [files.exact(number)], **more}
    return await world.post(f"/items/{files.item}/approvals", world.maya, body)  # type: ignore[attr-defined]


@pytest.fixture
async def document(world: World, files: Files) -> Files:
    await files.ready(1)
    fields = {"workflow": "sign_off", "state": "sign_off", "visibility": "shared", "file_id": str(files.file)}
    files.item = await world.item(**fields)  # type: ignore[attr-defined]
    return files


async def test_turn_and_verb_move_with_the_workflow(world: World) -> None:
    item = await world.item(workflow="sign_off", visibility="shared")
    assert (await world.step(item, world.maya, "submit")).status == 403
    assert (await world.step(item, world.nora, "submit")).json["turn"] == "customer"
    seen = (await world.get(f"/items/{item}", world.maya)).json
    assert (seen["turn"], seen["verb"], seen["state_name"]["de"]) == ("customer", "review", "Fachprüfung")
    assert [one["key"] for one in seen["transitions"]] == ["reviewed", "send_back"]
    assert (await world.get(f"/items/{item}", world.rob)).json["transitions"] == []
    assert (await world.step(item, world.rob, "reviewed")).status == 403
    needs = await world.step(item, world.maya, "send_back")
    assert (needs.status, needs.json["errors"][0]["pointer"]) == (422, "/comment")
    assert (await world.step(item, world.maya, "reviewed")).json["verb"] == "sign_off"
    again = await world.step(item, world.maya, "reviewed")
    assert (again.status, again.json["code"]) == (409, "wrong_state")
    mine = (await world.get("/home", world.maya)).json["your_turn"]["mine"]
    assert [(one["id"], one["verb"]) for one in mine] == [(item, "sign_off")]


async def test_the_home_tells_of_what_moved_in_any_state_to_whom_it_is_shown(world: World) -> None:
    done = await world.item(visibility="shared", state="done")
    hidden = await world.item()
    placeholder = await world.item(visibility="placeholder", due="2026-12-04")

    async def moved(who: Viewer) -> list[str]:
        return [one["id"] for one in (await world.get("/home", who)).json["moved"]]

    assert await moved(world.maya) == [done]
    assert set(await moved(world.nora)) >= {done, hidden, placeholder}


async def test_states_and_verbs_that_no_code_knows_run_on_a_live_project(world: World) -> None:
    key = f"tasting_{uuid4().hex[:8]}"
    states = [
        {"key": "brewing", "name": {"en": "Brewing"}, "turn": "provider", "verb": "stir"},
        {"key": "tasting", "name": {"en": "Tasting"}, "turn": "customer", "verb": "taste"},
        {"key": "drunk", "name": {"en": "Drunk"}, "turn": "nobody", "verb": None},
    ]
    steps = [
        {"key": "pour", "name": {"en": "Pour"}, "from": "brewing", "to": "tasting", "sides": ["provider"]},
        {"key": "enjoy", "name": {"en": "Enjoy"}, "from": "tasting", "to": "drunk", "sides": ["customer"]},
    ]
    body = {"key": key, "name": {"en": "Tasting"}, "definition": {"states": states, "transitions": steps}}
    workflow = await world.made("/workflows", body)
    old = await world.item(workflow=key, visibility="shared")
    assert (await world.step(old, world.nora, "pour")).json["verb"] == "taste"
    renamed = [states[0], {**states[1], "verb": "sip"}, states[2]]
    path, definition = f"/workflows/{workflow}/versions", {"states": renamed, "transitions": steps}
    told = await world.post(path, world.nora, {"definition": definition, "dry_run": True})
    assert (told.status, told.json["version"], told.json["running_items"]) == (200, 1, 1)
    assert (await world.post(path, world.nora, {"definition": definition})).json["version"] == 2
    new = await world.item(workflow=key, visibility="shared")
    assert (await world.step(new, world.nora, "pour")).json["verb"] == "sip"
    assert (await world.get(f"/items/{old}", world.maya)).json["verb"] == "taste"
    assert (await world.step(old, world.maya, "enjoy")).json["turn"] == "nobody"
    back = await world.post(f"/workflows/{workflow}/rollback", world.nora, {})
    assert back.json["version"] == 3
    third = await world.item(workflow=key)
    assert (await world.step(third, world.nora, "pour")).json["verb"] == "taste"


async def test_a_workflow_that_cannot_work_is_refused_with_the_place(world: World) -> None:
    states = [{"key": "a", "name": {"en": "A"}, "turn": "provider"}]
    body = {"key": "stuck", "name": {"en": "S"}, "definition": {"states": states, "transitions": []}}
    answer = await world.post("/workflows", world.nora, body)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/definition/states")


async def test_an_approval_carries_the_hash_that_files_told(world: World, document: Files) -> None:
    body = {"decision": "approved", "versions": [{**document.exact(1), "sha256": "f" * 64}]}
    wrong = await world.post(f"/items/{document.item}/approvals", world.maya, body)  # type: ignore[attr-defined]
    assert (wrong.status, wrong.json["code"]) == (409, "version_superseded")
    assert (await sign_off(world, document, 1)).status == 201  # type: ignore[attr-defined]
    seen = (await world.get(f"/items/{document.item}", world.maya)).json  # type: ignore[attr-defined]
    assert (seen["turn"], seen["approvals"][0]["versions"]) == ("nobody", [document.exact(1)])
    twice = await sign_off(world, document, 1)
    assert (twice.status, twice.json["code"]) == (409, "wrong_state")  # type: ignore[attr-defined]


async def test_a_newer_version_supersedes_and_asks_again(world: World, document: Files) -> None:
    await sign_off(world, document, 1)
    await document.ready(2)
    seen = (await world.get(f"/items/{document.item}", world.maya)).json  # type: ignore[attr-defined]
    assert (seen["turn"], seen["verb"], seen["version"]["number"]) == ("customer", "sign_off", 2)
    assert (seen["approvals"][0]["status"], seen["approvals"][0]["superseded_by"]) == ("superseded", 2)
    late = await sign_off(world, document, 1)
    assert (late.status, late.json["code"]) == (409, "version_superseded")  # type: ignore[attr-defined]
    assert late.json["current_versions"] == [document.exact(2)]  # type: ignore[attr-defined]


async def test_decision_and_newer_version_at_once_end_consistently(world: World, document: Files) -> None:
    """Whichever is first: either the decision is superseded, or it is refused. It never stands for version 2."""
    for number in range(2, 8):
        decided, _ = await asyncio.gather(sign_off(world, document, number - 1), document.ready(number))
        assert decided.status in {201, 409}  # type: ignore[attr-defined]
        seen = (await world.get(f"/items/{document.item}", world.maya)).json  # type: ignore[attr-defined]
        assert seen["turn"] == "customer"
        assert all(one["status"] == "superseded" for one in seen["approvals"])


async def test_asking_for_changes_needs_a_comment_and_returns_the_turn(world: World, document: Files) -> None:
    bare = await sign_off(world, document, 1, "changes_requested")
    assert (bare.status, bare.json["errors"][0]["pointer"]) == (422, "/comment")  # type: ignore[attr-defined]
    said = await sign_off(world, document, 1, "changes_requested", comment="30 seconds")
    assert (said.status, said.json["turn"]) == (201, "provider")  # type: ignore[attr-defined]


async def test_a_reader_cannot_decide(world: World, document: Files) -> None:
    body = {"decision": "approved", "versions": [document.exact(1)]}
    answer = await world.post(f"/items/{document.item}/approvals", world.rob, body)  # type: ignore[attr-defined]
    assert answer.status == 403


async def test_a_request_becomes_an_item(world: World) -> None:
    body = {"title": "Scale 4 books twice", "kind": "fault", "urgency": "hinders", "project_id": world.project}
    raised = await world.post("/requests", world.rob, body)
    assert raised.status == 201, raised.content
    request = raised.json["id"]
    assert (await world.post("/requests", world.rob, body)).json["number"] == raised.json["number"] + 1
    triage = {"items": [{"title": "Fix the scale"}, {"title": "Test it", "visibility": "shared"}]}
    assert (await world.post(f"/requests/{request}/items", world.maya, triage)).status == 404
    made = await world.post(f"/requests/{request}/items", world.nora, triage)
    assert made.status == 201
    ids = [one["id"] for one in made.json["items"]]
    assert (await world.get(f"/requests/{request}", world.nora)).json["item_ids"] == ids
    assert (await world.get(f"/requests/{request}", world.rob)).json["item_ids"] == ids[1:]
    assert (await world.post(f"/requests/{request}/transitions", world.nora, {"transition": "take"})).status == 200
    ask = {"transition": "ask", "comment": "Which scale?"}
    assert (await world.post(f"/requests/{request}/transitions", world.nora, ask)).json["turn"] == "customer"
    seen = (await world.get(f"/requests/{request}", world.rob)).json
    assert (seen["question"], [one["key"] for one in seen["transitions"]]) == ("Which scale?", ["answered"])
    answered = {"transition": "answered", "comment": "Number 4"}
    assert (await world.post(f"/requests/{request}/transitions", world.rob, answered)).json["turn"] == "provider"
    turns = (await world.get(f"/requests/{request}", world.rob)).json["turns"]
    assert [one["turn"] for one in turns] == ["provider", "customer", "provider"]
    assert turns == sorted(turns, key=lambda one: str(one["since"]))


async def test_a_request_names_its_files(world: World) -> None:
    files = [str(uuid4()) for _ in range(20)]
    body = {"title": "Labels sit too low", "project_id": world.project, "file_ids": files[:1]}
    raised = (await world.post("/requests", world.maya, body)).json["id"]
    path = f"/requests/{raised}/files"
    for file in files:  # the first is named already
        assert (await world.post(path, world.maya, {"file_id": file})).status == 200
    assert (await world.get(f"/requests/{raised}", world.nora)).json["file_ids"] == files
    refused = await world.post(path, world.nora, {"file_id": str(uuid4())})
    assert (refused.status, refused.json["code"]) == (409, "too_many_files")


async def test_lists_are_paged_and_cursors_bound_to_their_filter(world: World) -> None:
    for number in range(5):
        await world.post("/requests", world.maya, {"title": f"R{number}", "project_id": world.project})
    first = (await world.get("/requests?limit=3", world.maya)).json
    assert [one["title"] for one in first["items"]] == ["R4", "R3", "R2"]
    rest = (await world.get(f"/requests?limit=3&cursor={first['next_cursor']}", world.maya)).json
    assert ([one["title"] for one in rest["items"]], rest["next_cursor"]) == (["R1", "R0"], None)
    other = await world.get(f"/requests?limit=3&turn=provider&cursor={first['next_cursor']}", world.maya)
    assert (other.status, other.json["errors"][0]["code"]) == (422, "wrong_cursor")


async def test_a_customers_step_on_something_seen_otherwise_is_stale(world: World) -> None:
    item = await world.item(workflow="sign_off", state="technical_review", visibility="shared")
    seen = await world.get(f"/items/{item}", world.maya)
    await world.app.call("PATCH", f"/v1/items/{item}", world.nora, json={"customer_title": "Renamed"})
    path, body = f"/items/{item}/transitions", {"transition": "reviewed"}
    stale = await world.post(path, world.maya, body, If_Match=seen.etag)
    assert (stale.status, stale.json["current_revision"]) == (412, seen.json["revision"] + 1)
    now = await world.get(f"/items/{item}", world.maya)
    done = await world.post(path, world.maya, body, If_Match=now.etag)
    assert (done.status, done.json["revision"]) == (200, now.json["revision"] + 1)


async def test_versions_of_a_step_are_compared_with_what_files_told(world: World, files: Files) -> None:
    await files.ready(1)
    item = await world.item(workflow="sign_off", visibility="shared", file_id=str(files.file))
    forged = {**files.exact(1), "sha256": "f" * 64}
    wrong = await world.step(item, world.nora, "submit", versions=[forged])
    assert (wrong.status, wrong.json["code"]) == (409, "version_superseded")
    assert (await world.step(item, world.nora, "submit", versions=[files.exact(1)])).status == 200


async def test_the_home_of_a_reader_asks_for_nothing_that_only_others_may_do(world: World) -> None:
    item = await world.item(workflow="sign_off", state="sign_off", visibility="shared")
    turns = [(await world.get("/home", viewer)).json["your_turn"] for viewer in (world.maya, world.rob)]
    assert [one["id"] for one in turns[0]["mine"]] == [item]
    assert (turns[1]["mine"], [one["id"] for one in turns[1]["colleagues"]]) == ([], [item])


async def test_an_item_takes_its_file_once(world: World) -> None:
    item, file = await world.item(visibility="shared"), str(uuid4())
    path, body = f"/items/{item}/file", {"file_id": file}
    assert (await world.post(path, world.rob, body)).status == 403
    told = await world.post(path, world.maya, body)
    assert (told.status, told.json["file_id"]) == (200, file)
    for reader in (world.maya, world.nora):
        assert (await world.get(f"/items/{item}", reader)).json["file_id"] == file
    assert (await world.post(path, world.nora, body)).status == 200
    other = await world.post(path, world.maya, {"file_id": str(uuid4())})
    assert (other.status, other.json["code"]) == (409, "has_file")
    stale = await world.post(path, world.maya, body, if_match='"1"')
    assert stale.status == 412


async def test_nobody_brings_a_file_to_what_they_do_not_see(world: World) -> None:
    hidden, shared = await world.item(), await world.item(visibility="shared")
    body = {"file_id": str(uuid4())}
    assert (await world.post(f"/items/{hidden}/file", world.maya, body)).status == 404
    assert (await world.post(f"/items/{shared}/file", contact(uuid4(), "owner"), body)).status == 404
    assert (await world.get(f"/items/{hidden}", world.nora)).json["file_id"] is None
