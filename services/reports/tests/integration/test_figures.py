"""Events in by Kafka, figures out: equal to what is counted here from the same events by other means."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atrium_contracts.accounts import CustomerChanged
from atrium_contracts.reports import FiguresChanged
from atrium_testkit import viewers
from atrium_testkit.outside import BEGIN, Told

if TYPE_CHECKING:
    from .conftest import World

DAY = timedelta(days=1)
CANARY = "canary-0c1f internal only"


def story(world: "World") -> list["Told"]:
    """Two weeks of one project: one list of all that was told."""
    label, line, live = uuid4(), uuid4(), uuid4()
    ask = uuid4()
    return [
        world.published(label, 1, 0, title="Label layout", turn="customer", verb="sign_off"),
        world.published(line, 1, 0, title="Line 2", kind="milestone", due="2026-11-20"),
        world.published(live, 1, 1, title="Go-live", kind="milestone"),
        world.request(ask, 1, 1, "provider"),
        world.published(label, 2, 2, title="Label layout", turn="nobody", done=True),
        world.approval(label, uuid4(), 2),
        world.published(line, 2, 3, title="Line 2", kind="milestone", turn="nobody", done=True),
        world.request(ask, 2, 4, "nobody"),
        world.internal(uuid4(), 1, 1, CANARY),
    ]


def last_before(told: list["Told"], moment: datetime) -> list[Any]:
    """Counted anew: of each shared subject, the event with the highest revision until a moment."""
    latest: dict[str, Told] = {}
    for event in told:
        if event.audience == "shared" and event.time <= moment:
            known = latest.get(event.subject)
            if known is None or known.revision < event.revision:
                latest[event.subject] = event
    return [event.data for event in latest.values()]


def recomputed(told: list["Told"], moment: datetime) -> dict[str, Any]:
    held = last_before(told, moment)
    items = [one for one in held if one.NAME == "published_item_changed"]
    asked = [one for one in held if one.NAME == "request_changed"]
    return {
        "milestones": (
            sum(one.done for one in items if one.kind == "milestone"),
            sum(one.kind == "milestone" for one in items),
        ),
        "progress": (sum(one.done for one in items), len(items)),
        "requests": (sum(one.turn != "nobody" for one in asked), len(asked)),
        "open_decisions": sum(bool(one.verb) and one.turn == "customer" for one in items),
        "recent_approvals": sum(one.NAME == "approval_recorded" for one in held),
        "open_by_turn": [sum(one.turn == turn for one in items) for turn in ("customer", "provider", "third_party")],
    }


def simplified(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: (figures[key]["value"], figures[key]["of"]) for key in ("milestones", "progress", "requests")},
        **{key: len(figures[key]["rows"]) for key in ("open_decisions", "recent_approvals")},
        "open_by_turn": figures["open_by_turn"]["series"][0]["values"],
    }


async def test_figures_at_five_moments_equal_a_recomputation(world: "World") -> None:
    told = story(world)
    await world.outside.tell(*told)
    report = await world.report()
    for days in (-1, 0.5, 1.5, 2.5, 5):
        moment = BEGIN + days * DAY
        expected = recomputed(told, moment)
        for viewer in (world.nora, world.contact("reader")):
            assert simplified(await world.figures(viewer, report, moment)) == expected, days


async def test_waiting_time_in_working_days(world: "World") -> None:
    await world.outside.tell(*story(world))
    found = (await world.figures(world.nora, await world.report(), BEGIN + 5 * DAY))["waiting_time"]
    # The customer had the label layout for two days; the provider line 2 for three, the request for three, and has had
    # go-live since Tuesday morning: four, less eight hours of Saturday.
    assert found["labels"] == ["2026-11"]
    values = {series["name"]: series["values"] for series in found["series"]}
    assert values == {"customer": [2.0], "provider": [round((3 + 3 + 4 - 8 / 24) / 3, 1)]}


async def test_days_are_the_customers_for_every_side(world: "World") -> None:
    report, evening = await world.report(), BEGIN + timedelta(hours=12)
    await world.outside.tell(*story(world))
    told = CustomerChanged(customer_id=world.customer, slug="c", name="C", time_zone="Asia/Tokyo", active=True)
    for zone, day in ((None, "2026-11-02"), (told, "2026-11-03")):
        if zone is not None:
            await world.outside.tell(Told(zone, f"customers/{world.customer}", world.customer))
        for viewer in (world.nora, world.contact()):
            assert (await world.figures(viewer, report, evening))["progress"]["labels"][-1] == day
    holder = await world.link(world.nora, report)
    shown = await world.get(viewers.link(world.customer, report, holder["id"]), f"reports/{report}")
    assert shown.status == 200


async def test_told_twice_or_late_changes_nothing(world: "World") -> None:
    told = story(world)
    await world.outside.tell(*told)
    report, moment = await world.report(), datetime.now(UTC)
    before = await world.figures(world.nora, report, moment)
    late = world.published(told[0].data.item_id, 1, 0.5, title="An older state, on its way for long")  # type: ignore[attr-defined]
    await world.outside.tell(*told, late)
    assert await world.figures(world.nora, report, moment) == before


async def test_internal_facts_are_in_no_figure_for_nobody(world: "World") -> None:
    await world.outside.tell(*story(world))
    report = await world.report()
    holder = await world.link(world.nora, report)
    for viewer in (world.nora, world.contact(), viewers.link(world.customer, report, holder["id"])):
        answer = await world.get(viewer, f"reports/{report}")
        assert answer.status == 200
        assert CANARY.encode() not in answer.content
        exported = await world.get(viewer, f"reports/{report}/export.csv")
        assert exported.status == 200
        assert CANARY.encode() not in exported.content


async def test_what_is_withdrawn_is_gone_from_the_past_too(world: "World") -> None:
    item, report = uuid4(), await world.report()
    await world.outside.tell(
        world.published(item, 1, 0, title="Secret by now", turn="customer", verb="sign_off"),
        world.approval(item, uuid4(), 0.5),
    )
    past = BEGIN + DAY
    maya = world.contact()
    assert b"Secret by now" in (await world.get(maya, f"reports/{report}", as_of=past.isoformat())).content
    for hides in (world.withdrawn(item, 2, 2), world.placeholder(item, 3, 3)):
        await world.outside.tell(hides)
        for viewer in (maya, world.nora):
            assert (
                b"Secret by now" not in (await world.get(viewer, f"reports/{report}", as_of=past.isoformat())).content
            )
    await world.outside.tell(world.published(item, 4, 4, title="Shared again"))
    assert b"Secret by now" in (await world.get(maya, f"reports/{report}", as_of=past.isoformat())).content


async def test_open_pages_learn_that_figures_changed(world: "World") -> None:
    report = await world.report()
    await world.outside.tell(world.published(uuid4(), 1, 0))
    await world.outside.tell(world.published(uuid4(), 1, 1), world.internal(uuid4(), 1, 1, "Ours"))
    heard = [
        (envelope, data)
        for _, envelope, data in await world.outside.heard(world.customer)
        if isinstance(data, FiguresChanged)
    ]
    assert [envelope.subject for envelope, _ in heard] == [f"reports/{report}/figures"] * 2
    assert [envelope.revision for envelope, _ in heard] == [1, 2]
    assert {envelope.audience for envelope, _ in heard} == {"shared"}


async def test_only_staff_make_reports_and_of_their_projects_only(world: "World", elsewhere: "World") -> None:
    body = {"project_id": str(world.project), "title": "Mine"}
    assert (await world.reports.call("POST", "/v1/reports", world.contact(), json=body)).status == 404
    for stranger in (viewers.provider(customer=elsewhere.customer), viewers.provider(projects=frozenset({uuid4()}))):
        answer = await world.reports.call("POST", "/v1/reports", stranger, json=body)
        assert (answer.status, answer.json["errors"][0]["code"]) == (422, "unknown_project")
    for wrong in ({**body, "figures": ["profit"]}, {**body, "customer_id": str(uuid4())}, {**body, "title": " "}):
        assert (await world.reports.call("POST", "/v1/reports", world.nora, json=wrong)).status == 422


async def test_reports_are_listed_for_those_who_may_read_them(world: "World", elsewhere: "World") -> None:
    made = [await world.report(title=f"Report {number}") for number in range(3)]
    first = (await world.get(world.contact(), "reports", limit="2")).json
    rest = (await world.get(world.contact(), "reports", limit="2", cursor=first["next_cursor"])).json
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert first["items"][0]["project_title"] == "Control room migration"
    assert rest["next_cursor"] is None
    home = (await world.get(world.contact("reader"), "home")).json["reports"]
    assert [one["id"] for one in home] == made[::-1]
    for stranger in (elsewhere.contact(), world.contact(projects=frozenset({uuid4()}))):
        assert (await world.get(stranger, "reports")).json["items"] == []
        assert (await world.get(stranger, f"reports/{made[0]}")).status == 404
        assert (await world.get(stranger, f"reports/{made[0]}/export.csv")).status == 404


async def test_a_report_read_again_is_not_sent_again(world: "World") -> None:
    report = await world.report(figures=["milestones"])
    first = await world.get(world.nora, f"reports/{report}")
    again = await world.reports.call("GET", f"/v1/reports/{report}", world.nora, headers={"If-None-Match": first.etag})
    assert again.status == 304
    await world.outside.tell(world.published(uuid4(), 1, 0, kind="milestone"))
    changed = await world.reports.call(
        "GET", f"/v1/reports/{report}", world.nora, headers={"If-None-Match": first.etag}
    )
    assert (changed.status, changed.json["figures"][0]["of"]) == (200, 1)


async def test_csv_names_its_moment_and_the_live_report(world: "World") -> None:
    await world.outside.tell(world.published(uuid4(), 1, 0, title="=cmd()", turn="customer", verb="answer"))
    report = await world.report(title="Steering committee")
    moment = BEGIN + DAY
    answer = await world.get(
        world.contact(),
        f"reports/{report}/export.csv",
        as_of=moment.isoformat(),
        link="https://portal.example/reports/1",
    )
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[:3] == ["Steering committee", f"as_of,{moment.isoformat()}", "link,https://portal.example/reports/1"]
    assert any("'=cmd()" in line for line in lines)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="report-2026-11-03.csv"'
    assert (await world.get(world.nora, f"reports/{report}/export.csv", link="javascript:alert(1)")).status == 422
