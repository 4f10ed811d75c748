"""History import: past acts enter with their time and are marked; without the key nothing does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import IMPORT_KEY, Mailbox, Visitor, World
from services.gateway.tests.integration.test_notifications import ANNA, Send, asked_for, send
from services.gateway.tests.integration.upstream import Upstream

__all__ = ["send"]

MOMENT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
HEADERS = {"atrium-occurred-at": MOMENT.isoformat(), "atrium-import-key": IMPORT_KEY}


async def test_a_past_act_has_its_time_and_the_trail_says_that_it_was_imported(world: World) -> None:
    slug = f"moved-{uuid4().hex[:8]}"
    made = await world.nora.post("/customers", {"slug": slug, "name": "Moved here"}, headers=HEADERS)
    assert made.status == 201, made.content
    assert datetime.fromisoformat(made.json["created_at"]) == MOMENT
    (row,) = (await world.nora.get("/audit", params={"customer": made.json["id"]})).json["items"]
    assert (datetime.fromisoformat(row["at"]), row["imported"]) == (MOMENT, True)

    renamed = await world.nora.patch(f"/customers/{made.json['id']}", {"name": "Here now"})
    assert renamed.status == 200, renamed.content
    (newest, _) = (await world.nora.get("/audit", params={"customer": made.json["id"]})).json["items"]
    assert not newest["imported"]
    assert datetime.fromisoformat(newest["at"]) > datetime.now(UTC) - timedelta(minutes=5)


async def test_without_the_key_nothing_is_done(world: World, second: RunningService) -> None:
    body = {"slug": f"moved-{uuid4().hex[:8]}", "name": "Moved here"}
    keyless = {name: value for name, value in HEADERS.items() if name != "atrium-import-key"}
    closed = Visitor(second, bearer=world.nora.bearer)
    for visitor, headers in (
        (world.nora, keyless),
        (world.nora, {**HEADERS, "atrium-import-key": "another"}),
        (closed, HEADERS),
        (closed, {**HEADERS, "atrium-import-key": ""}),
    ):
        refused = await visitor.post("/customers", body, headers=headers)
        assert (refused.status, refused.json["code"]) == (403, "import_is_off")
    customers = (await world.nora.get("/customers", params={"limit": "200"})).json["items"]
    assert body["slug"] not in {one["slug"] for one in customers}


async def test_only_the_past_is_imported(world: World) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for moment in (tomorrow, "1999-12-31T12:00:00Z"):
        headers = {**HEADERS, "atrium-occurred-at": moment}
        answer = await world.nora.post("/customers", {"slug": "never", "name": "Never"}, headers=headers)
        assert answer.status == 422, answer.content


async def test_services_are_told_the_moment_of_writes_and_of_nothing_else(world: World, upstream: Upstream) -> None:
    item = uuid4()
    await world.nora.post(f"/items/{item}/transitions", {"transition": "start"}, headers=HEADERS)
    await world.nora.get(f"/items/{item}", headers=HEADERS)
    moments = [viewer.acting_at for path, viewer in upstream.read_as if path.startswith(f"/v1/items/{item}")]
    assert moments == [MOMENT, None]


async def test_nobody_is_mailed_about_the_past(world: World, mailbox: Mailbox, upstream: Upstream, send: Send) -> None:
    anna = UUID((await world.anna.get("/me")).json["person_id"])
    project, old, new = uuid4(), uuid4(), uuid4()
    upstream.answers[f"/v1/projects/{project}"] = {"title": "MES-Rollout Thun"}
    for item, title in ((old, "Alt"), (new, "Neu")):
        shown = {"title": title, "verb": "sign_off", "project_id": str(project), "asked_ids": [str(anna)]}
        upstream.answers[f"/v1/items/{item}"] = shown
    known = len(await mailbox.of(ANNA))
    for item, age in ((old, timedelta(days=30)), (new, timedelta(hours=2))):
        subject = f"projects/{project}/items/{item}"
        await send(asked_for(item, project, anna), subject, world.helvetia, "shared", 1, age=age)

    async def mailed() -> bool:
        return len(await mailbox.of(ANNA)) > known

    await eventually(mailed)
    assert ["Neu" in mail["text"] for mail in (await mailbox.of(ANNA))[known:]] == [True]
