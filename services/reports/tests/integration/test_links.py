"""Report links: made, opened, extended, revoked, and what their holder does not get."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts.reports import ReportLinkChanged
from atrium_testkit import viewers
from atrium_testkit.running import Answer
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

if TYPE_CHECKING:
    from .conftest import World

STRANGER = Viewer(Side.LINK)


async def opened(world: "World", token: str, viewer: Viewer = STRANGER, **more: str) -> Answer:
    return await world.reports.call("POST", "/v1/report-links/resolution", viewer, json={"token": token, **more})


async def call(world: "World", method: str, link: str, viewer: Viewer, **more: Any) -> Answer:
    return await world.reports.call(method, f"/v1/report-links/{link}", viewer, **more)


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def expire(world: "World", link: str) -> None:
    """As time would."""
    database = Database(world.reports.database.app, "reports", 1)
    try:
        async with database.transaction(viewers.provider(customer=world.customer)) as connection:
            await connection.execute(
                text("UPDATE report_link SET expires_at = now() - interval '1 second' WHERE id = :link"),
                {"link": UUID(link)},
            )
    finally:
        await database.close()


async def test_a_link_opens_its_report_and_counts(world: "World") -> None:
    report = await world.report()
    link = await world.link(world.contact(), report, purpose="Steering committee")
    assert timedelta(days=29) < datetime.fromisoformat(link["expires_at"]) - datetime.now(UTC) < timedelta(days=31)
    for _ in range(2):
        answer = await opened(world, link["token"])
        expected = {"link_id": link["id"], "report_id": report, "customer_id": str(world.customer), "proof": ""}
        assert answer.json == expected
    listed = (await world.get(world.nora, f"reports/{report}/links")).json["items"]
    assert [(one["id"], one["openings"], one["state"], one["purpose"]) for one in listed] == [
        (link["id"], 2, "valid", "Steering committee")
    ]
    assert "token" not in listed[0]


async def test_it_is_known_from_where_a_link_was_opened_and_nothing_more(world: "World", elsewhere: "World") -> None:
    report = await world.report()
    link = await world.link(world.nora, report)
    office, phone = (
        {"network": "192.0.2.0/24", "device": "Firefox, Windows"},
        {"network": "", "device": "Safari, iPhone"},
    )
    for place in (office, phone, office):
        assert (await opened(world, link["token"], **place)).status == 200
    (listed,) = (await world.get(world.contact(), f"reports/{report}/links")).json["items"]
    assert [{name: one[name] for name in ("network", "device", "openings")} for one in listed["opened_from"]] == [
        {**office, "openings": 2},
        {**phone, "openings": 1},
    ]
    assert listed["opened_from"][0]["last_opened_at"] == listed["last_opened_at"]
    for stranger in (elsewhere.contact(), viewers.link(world.customer, UUID(report), UUID(link["id"]))):
        assert await places_seen_by(world, stranger) == 0
    assert await places_seen_by(world, world.contact()) == 2


async def places_seen_by(world: "World", viewer: Viewer) -> int:
    """Without any condition, as Postgres itself lets that side. A holder has no right to the table at all."""
    database = Database(world.reports.database.app, "reports", 1)
    try:
        async with database.transaction(viewer) as connection:
            counted = await connection.execute(text("SELECT count(*) FROM report_link_opening"))
            return int(counted.scalar_one())
    except ProgrammingError:
        return 0
    finally:
        await database.close()


async def test_its_holder_reads_one_report_and_nothing_else(world: "World", elsewhere: "World") -> None:
    other_project = uuid4()
    await world.outside.tell(
        world.project_told(other_project, "Secret project"),
        world.published(uuid4(), 1, 0, title="Here", turn="customer", verb="answer"),
        world.published(uuid4(), 1, 0, project=other_project, title="Elsewhere", turn="customer", verb="answer"),
    )
    report, another, theirs = await world.report(), await world.report(other_project), await elsewhere.report()
    link = await world.link(world.nora, report)
    holder = viewers.link(world.customer, UUID(report), UUID(link["id"]))
    figures = await world.figures(holder, report)
    assert [row["title"] for row in figures["open_decisions"]["rows"]] == ["Here"]
    assert figures == await world.figures(world.contact(), report, datetime.now(UTC)) | {
        "waiting_time": figures["waiting_time"]
    }
    for path in (f"reports/{another}", f"reports/{theirs}", "reports", "home", f"reports/{report}/links"):
        assert (await world.get(holder, path)).status == 404, path
    assert (await world.reports.call("POST", f"/v1/reports/{report}/links", holder, json={})).status == 404
    assert (await call(world, "DELETE", link["id"], holder)).status == 404


async def test_a_statement_without_any_condition_shows_a_holder_one_project(world: "World") -> None:
    other_project = uuid4()
    await world.outside.tell(
        world.project_told(other_project, "Secret project"),
        world.published(uuid4(), 1, 0),
        world.internal(uuid4(), 1, 0, "Ours"),
        world.published(uuid4(), 1, 0, project=other_project),
    )
    report = await world.report()
    await world.report(other_project)
    link = await world.link(world.nora, report)
    database = Database(world.reports.database.app, "reports", 1)
    try:
        async with database.transaction(viewers.link(world.customer, UUID(report))) as connection:
            facts = (await connection.execute(text("SELECT DISTINCT project_id, audience FROM fact"))).all()
            assert [tuple(row) for row in facts] == [(world.project, "shared")]
            assert list((await connection.execute(text("SELECT id FROM report"))).scalars()) == [UUID(report)]
            assert list((await connection.execute(text("SELECT id FROM project"))).scalars()) == [world.project]
            assert list((await connection.execute(text("SELECT id FROM report_link"))).scalars()) == [UUID(link["id"])]
        for nobody in (STRANGER, viewers.link(world.customer, UUID(report))):
            async with database.transaction(nobody) as connection:
                assert (await connection.execute(text("SELECT count(*) FROM report_link_token"))).scalar() == 0
    finally:
        await database.close()


async def test_only_the_hash_of_a_token_is_stored(world: "World", postgres_admin_dsn: str) -> None:
    report = await world.report()
    body, headers = {"purpose": "Board"}, {"Idempotency-Key": str(uuid4())}
    first, again = [
        (await world.reports.call("POST", f"/v1/reports/{report}/links", world.nora, json=body, headers=headers)).json
        for _ in range(2)
    ]
    assert first["id"] == again["id"]
    assert (await opened(world, first["token"])).status == 404
    assert (await opened(world, again["token"])).status == 200
    name = world.reports.database.owner.rpartition("/")[2]
    admin = await asyncpg.connect(f"{postgres_admin_dsn.rpartition('/')[0]}/{name}")
    try:
        for table in ("report_link", "report_link_token", "idempotency", "outbox"):
            found = await admin.fetchval(f"SELECT string_agg(t::text, '') FROM {table} t") or ""  # noqa: S608
            assert again["token"] not in found
    finally:
        await admin.close()


async def test_a_revoked_link_opens_nothing_at_once(world: "World") -> None:
    report = await world.report()
    link = await world.link(world.nora, report)
    holder = viewers.link(world.customer, UUID(report), UUID(link["id"]))
    assert (await world.get(holder, f"reports/{report}")).status == 200
    assert (await call(world, "DELETE", link["id"], world.contact())).status == 204
    assert (await call(world, "DELETE", link["id"], world.nora)).status == 204
    for ended in (
        await opened(world, link["token"]),
        await world.get(holder, f"reports/{report}"),
        await world.get(holder, f"reports/{report}/export.csv"),
    ):
        assert (ended.status, ended.json["code"]) == (410, "link_ended")
    extended = await call(world, "PATCH", link["id"], world.nora, json={"expires_at": in_days(5)})
    assert (extended.status, extended.json["code"]) == (409, "link_ended")
    told = [data for _, _, data in await world.outside.heard(world.customer) if isinstance(data, ReportLinkChanged)]
    assert [one.revoked for one in told] == [False, True]


async def test_an_expired_link_opens_nothing_until_it_is_extended(world: "World") -> None:
    report = await world.report()
    link = await world.link(world.nora, report, expires_at=in_days(1))
    await expire(world, link["id"])
    ended = await opened(world, link["token"])
    assert (ended.status, ended.json["code"]) == (410, "link_ended")
    holder = viewers.link(world.customer, UUID(report), UUID(link["id"]))
    assert (await world.get(holder, f"reports/{report}")).status == 410
    stale = await call(
        world, "PATCH", link["id"], world.nora, json={"expires_at": in_days(5)}, headers={"If-Match": '"7"'}
    )
    assert (stale.status, stale.json["current_revision"]) == (412, 1)
    extended = await call(
        world, "PATCH", link["id"], world.nora, json={"expires_at": in_days(5)}, headers={"If-Match": '"1"'}
    )
    assert (extended.status, extended.json["state"], extended.etag) == (200, "valid", '"2"')
    assert (await opened(world, link["token"])).status == 200


async def test_a_wrong_token_is_nothing(world: "World") -> None:
    assert (await opened(world, "guessed")).status == 404
    link = await world.link(world.nora, await world.report())
    for viewer in (world.nora, world.contact()):
        assert (await opened(world, link["token"], viewer)).status == 404


async def test_who_may_share(world: "World", elsewhere: "World") -> None:
    report = await world.report()
    link = (await world.link(world.nora, report))["id"]
    for viewer, status in (
        (world.contact("member"), 403),
        (world.contact("reader"), 403),
        (viewers.preview(world.customer), 403),
        (elsewhere.contact(), 404),
        (viewers.provider(customer=elsewhere.customer), 404),
        (viewers.provider(projects=frozenset({uuid4()})), 404),
        (world.contact(projects=frozenset({uuid4()})), 404),
    ):
        made = await world.reports.call("POST", f"/v1/reports/{report}/links", viewer, json={})
        assert made.status == status
        assert (await world.get(viewer, f"reports/{report}/links")).status == status
        assert (await call(world, "DELETE", link, viewer)).status == status
        assert (await call(world, "PATCH", link, viewer, json={"purpose": "Mine"})).status == status


@pytest.mark.parametrize("end", [in_days(-1), in_days(400), "2027-01-01T00:00:00"], ids=["past", "too_late", "no_zone"])
async def test_a_link_ends_within_a_year(world: "World", end: str) -> None:
    report = await world.report()
    answer = await world.reports.call("POST", f"/v1/reports/{report}/links", world.nora, json={"expires_at": end})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/expires_at")


async def test_a_link_with_a_password_asks_for_it(world: "World") -> None:
    link = await world.link(world.nora, await world.report(), password="tanne-7-bogen")
    assert link["has_password"] is True
    assert "password" not in link
    for more, code in (({}, "password_needed"), ({"password": "wrong one"}, "wrong_password"), ({"proof": "x"}, None)):
        refused = await opened(world, link["token"], **more)
        assert (refused.status, refused.json["code"]) == (403, code or "password_needed")
    right = await opened(world, link["token"], password="tanne-7-bogen")
    assert right.status == 200
    again = await opened(world, link["token"], proof=right.json["proof"])
    assert again.json == right.json
    other = await world.link(world.nora, await world.report(), password="tanne-7-bogen")
    assert (await opened(world, other["token"], proof=right.json["proof"])).status == 403
    listed = (await world.get(world.nora, f"reports/{link['report_id']}/links")).json["items"][0]
    assert (listed["openings"], listed["has_password"]) == (1, True)


async def test_a_new_password_ends_what_the_old_one_opened(world: "World") -> None:
    link = await world.link(world.nora, await world.report(), password="tanne-7-bogen")
    proof = (await opened(world, link["token"], password="tanne-7-bogen")).json["proof"]
    changed = await call(world, "PATCH", link["id"], world.contact(), json={"password": "ein-anderes"})
    assert (changed.status, changed.json["has_password"]) == (200, True)
    assert (await opened(world, link["token"], proof=proof)).json["code"] == "password_needed"
    assert (await opened(world, link["token"], password="tanne-7-bogen")).json["code"] == "wrong_password"
    assert (await opened(world, link["token"], password="ein-anderes")).status == 200


async def test_guessing_a_password_ends_after_few_tries_however_many_come_at_once(world: "World") -> None:
    link = await world.link(world.nora, await world.report(), password="tanne-7-bogen")
    guesses = [opened(world, link["token"], password=f"guess-{number:04}") for number in range(12)]
    codes = sorted([answer.json["code"] for answer in await asyncio.gather(*guesses)])
    assert codes == ["too_many_tries"] * 7 + ["wrong_password"] * 5
    late = await opened(world, link["token"], password="tanne-7-bogen")
    assert late.status == 429
    assert 0 < int(late.headers["retry-after"]) <= 900
    # Whoever knew it before is not locked out by somebody who guesses.
    fresh = await world.link(world.nora, await world.report(), password="tanne-7-bogen")
    proof = (await opened(world, fresh["token"], password="tanne-7-bogen")).json["proof"]
    for number in range(6):
        await opened(world, fresh["token"], password=f"guess-{number:04}")
    assert (await opened(world, fresh["token"], proof=proof)).status == 200


async def test_a_password_is_kept_as_a_slow_hash_alone(world: "World", postgres_admin_dsn: str) -> None:
    report = await world.report()
    body, headers = {"password": "tanne-7-bogen"}, {"Idempotency-Key": str(uuid4())}
    path = f"/v1/reports/{report}/links"
    made = await world.reports.call("POST", path, world.nora, json=body, headers=headers)
    unlike = await world.reports.call("POST", path, world.nora, json={}, headers=headers)
    assert (made.status, unlike.status) == (201, 422)
    name = world.reports.database.owner.rpartition("/")[2]
    admin = await asyncpg.connect(f"{postgres_admin_dsn.rpartition('/')[0]}/{name}")
    try:
        for table in ("report_link", "report_link_password", "idempotency", "outbox"):
            found = await admin.fetchval(f"SELECT string_agg(t::text, '') FROM {table} t") or ""  # noqa: S608
            assert "tanne" not in found
            assert hashlib.sha256(b"tanne-7-bogen").hexdigest() not in found
    finally:
        await admin.close()


async def test_a_short_password_is_refused(world: "World") -> None:
    answer = await world.reports.call(
        "POST", f"/v1/reports/{await world.report()}/links", world.nora, json={"password": "kurz"}
    )
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/password")


async def test_a_new_address_ends_the_old_one(world: "World", elsewhere: "World") -> None:
    link = await world.link(world.nora, await world.report(), purpose="Board")
    assert (await call(world, "POST", f"{link['id']}/address", world.contact("reader"))).status == 403
    assert (await call(world, "POST", f"{link['id']}/address", elsewhere.contact())).status == 404
    renewed = await call(world, "POST", f"{link['id']}/address", world.contact())
    assert (renewed.status, renewed.json["purpose"], renewed.json["id"]) == (200, "Board", link["id"])
    assert (await opened(world, link["token"])).status == 404
    assert (await opened(world, renewed.json["token"])).status == 200
    await call(world, "DELETE", link["id"], world.nora)
    assert (await call(world, "POST", f"{link['id']}/address", world.nora)).status == 409
