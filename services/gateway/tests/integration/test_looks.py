"""Staff look at a customer's portal as one of its people: read-only, in the trail, ended with one press."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_testkit.running import Answer
from atrium_testkit.waiting import eventually

from .conftest import BASE, Visitor, World
from .upstream import Upstream

LOOKS = ("/look/hidden", "/look/phone", "/look/end")


async def person_of(visitor: Visitor) -> str:
    return str((await visitor.get("/me")).json["person_id"])


async def view_as(world: World, staff: Visitor, person: str, **more: Any) -> tuple[Visitor, Answer]:
    """A browser at Bluepeak's host, and the workspace's answer that led it there."""
    answer = await staff.call("GET", f"/customers/{world.bluepeak}/view-as/{person}", **more)
    browser = Visitor(world.gateway, world.maya.host)
    if answer.status == 303:
        path = answer.headers["location"].partition(world.maya.host)[2]
        entered = await browser.call("GET", path)
        assert entered.status == 303
        assert (await Visitor(world.gateway, world.maya.host).call("GET", path)).status == 404
    return browser, answer


async def staff_member(world: World, operator: Any, **more: Any) -> Visitor:
    email = f"staff-{uuid4().hex[:6]}@nordwind.example"
    body = {"email": email, "name": "Sta Ff", "role": "member", **more}
    assert (await world.nora.post("/staff/invitations", body)).status == 201
    return Visitor(world.gateway, bearer=await operator("token", email))


@pytest.fixture
async def looking(world: World) -> Visitor:
    return (await view_as(world, world.nora, await person_of(world.maya)))[0]


async def test_the_page_is_the_persons_in_a_frame_that_says_so(world: World, looking: Visitor) -> None:
    shown = (await looking.call("GET", "/")).content.decode()
    assert "You see Bluepeak’s portal as Maya Singh" in shown
    assert 'class="looked-at"' in shown
    assert "Read only" not in (await world.maya.call("GET", "/")).content.decode()
    assert (await looking.get("/me")).json["person_id"] == await person_of(world.maya)


async def test_the_page_stands_in_a_frame_as_wide_as_a_phone(world: World, looking: Visitor) -> None:
    """Its own page around it has the bar; within the frame, which is this host's alone, the page is bare."""
    around = (await looking.call("GET", "/look/phone", params={"at": "/requests"})).content.decode()
    assert '<iframe src="/requests"' in around
    assert 'href="/requests">' in around  # back to the whole width
    within = await looking.call("GET", "/requests", headers={"sec-fetch-dest": "iframe"})
    assert "frame-ancestors 'self'" in within.headers["content-security-policy"]
    assert "Read only" not in within.content.decode()
    whole = (await looking.call("GET", "/requests")).content.decode()
    assert 'href="/look/phone?at=/requests"' in whole
    assert 'hx-get="/look/hidden?at=/requests"' in whole
    own = await world.maya.call("GET", "/requests", headers={"sec-fetch-dest": "iframe"})
    assert "frame-ancestors 'none'" in own.headers["content-security-policy"]
    elsewhere = await looking.call("GET", "/look/phone", params={"at": "//evil.example"})
    assert '<iframe src="/"' in elsewhere.content.decode()


async def test_what_is_hidden_is_counted_on_every_page(world: World, looking: Visitor, upstream: Upstream) -> None:
    first, second, item = str(uuid4()), str(uuid4()), str(uuid4())
    hidden = {"visibility": "internal", "internal_note": "ours"}
    before = dict(upstream.answers)
    upstream.answers |= {
        "/v1/projects": {"items": [{"id": first}, {"id": second}], "next_cursor": None},
        f"/v1/projects/{first}/plan": {"items": [hidden]},
        f"/v1/projects/{second}/plan": {"items": [hidden, {"visibility": "shared", "internal_note": "ours"}]},
        f"/v1/items/{item}": {"project_id": second},
        "/v1/threads": {"items": [{"audience": "internal"}, {"audience": "shared"}]},
    }
    counted = {
        "/requests": "2 internal items · 2 internal threads · 3 notes",
        f"/projects/{first}": "1 internal item · 1 internal thread · 1 note",
        f"/items/{item}": "1 internal item · 1 internal thread · 2 notes",
    }
    for at, words in counted.items():
        assert words in (await looking.call("GET", "/look/hidden", params={"at": at})).content.decode()
    upstream.answers.clear()
    upstream.answers |= before


async def test_services_are_asked_as_who_looks_without_hands(
    world: World, looking: Visitor, upstream: Upstream
) -> None:
    upstream.read_as.clear()
    await looking.call("GET", "/")
    asked = [viewer for path, viewer in upstream.read_as if path == "/v1/home"]
    assert asked
    assert {(one.side, str(one.customer), str(one.person)) for one in asked} == {
        ("customer", str(world.bluepeak), await person_of(world.maya))
    }
    assert {str(one.preview) for one in asked} == {await person_of(world.nora)}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/v1/seen"),
        ("POST", "/api/v1/threads"),
        ("POST", f"/api/v1/items/{UUID(int=1)}/transitions"),
        ("POST", "/api/v1/me/tokens"),
        ("PATCH", "/api/v1/me"),
        ("DELETE", "/api/v1/me/sessions"),
        ("POST", "/api/v1/sign-in/codes"),
        ("POST", "/requests"),
        ("POST", "/settings/theme"),
        ("POST", "/sign-out"),
        ("POST", "/nowhere"),
    ],
)
async def test_no_act_is_possible(world: World, looking: Visitor, upstream: Upstream, method: str, path: str) -> None:
    upstream.read_as.clear()
    answer = await looking.call(method, path, json={"things": {}})
    assert answer.status == 403
    if path.startswith("/api/"):
        assert answer.json["code"] == "read_only"
    else:
        assert "This view is for reading only." in answer.content.decode()
    assert [path for path, viewer in upstream.read_as if viewer.preview is None] == []
    assert (await looking.call("GET", "/")).status == 200


async def test_what_is_the_persons_own_is_not_shown(world: World, looking: Visitor) -> None:
    """Where she is signed in, her tokens, what she has looked at."""
    assert (await world.maya.get("/me/tokens")).json["items"] != []
    for own in ("/me/sessions", "/me/tokens"):
        assert (await looking.get(own)).json["items"] == []


async def test_each_look_stands_in_the_trail_of_both_sides(world: World) -> None:
    maya, nora = await person_of(world.maya), await person_of(world.nora)
    before = [len((await who.get("/audit", params={"action": "viewed_as"})).json["items"]) for who in (world.maya,)]
    await view_as(world, world.nora, maya)
    for who in (world.maya, world.nora):
        found = (await who.get("/audit", params={"action": "viewed_as"})).json["items"]
        assert (found[0]["actor_id"], found[0]["subject"]) == (nora, f"people/{maya}")
    assert len((await world.maya.get("/audit", params={"action": "viewed_as"})).json["items"]) == before[0] + 1


async def test_one_press_ends_it(world: World, looking: Visitor) -> None:
    kept = dict(looking.cookies)
    left = await looking.call("GET", "/look/end")
    assert (left.status, left.headers["location"]) == (303, f"http://{BASE}/customers/{world.bluepeak}")
    looking.cookies = kept
    assert (await looking.get("/me")).status == 401


async def test_another_person_and_language_are_looks_of_their_own(world: World, looking: Visitor) -> None:
    maya = await person_of(world.maya)
    before = dict(looking.cookies)
    answer = await looking.call("GET", f"/look/as/{maya}?language=de&to=/requests")
    assert (answer.status, answer.headers["location"]) == (303, "/requests")
    assert "Sie sehen das Portal von Bluepeak als Maya Singh" in (await looking.call("GET", "/")).content.decode()
    assert (await replace(looking, cookies=before).get("/me")).status == 401
    anna = await person_of(world.anna)
    assert (await looking.call("GET", f"/look/as/{anna}")).status == 404


async def test_customers_cannot_look_and_nobody_is_led_into_a_look(world: World) -> None:
    maya, anna = await person_of(world.maya), await person_of(world.anna)
    for visitor in (world.maya, world.anna):
        for path in (
            f"/customers/{world.bluepeak}/view-as/{maya}",
            "/look/hidden",
            "/look/phone",
            "/look/end",
            f"/look/as/{maya}",
        ):
            assert (await visitor.call("GET", path)).status == 404
    assert (await view_as(world, world.nora, anna))[1].status == 404  # of another customer
    assert (await view_as(world, world.nora, maya, headers={"sec-fetch-site": "cross-site"}))[1].status == 403


async def test_staff_of_other_projects_cannot_look(world: World, upstream: Upstream, operator: Any) -> None:
    """Who is limited to projects looks as nobody with whom they share none; else only these are looked at."""
    shared = str(uuid4())
    limited = await staff_member(world, operator, projects=[shared])
    maya = await person_of(world.maya)
    upstream.answers["/v1/projects"] = {"items": [], "next_cursor": None}
    assert (await view_as(world, limited, maya))[1].status == 404
    upstream.answers["/v1/projects"] = {"items": [{"id": shared}], "next_cursor": None}
    browser, answer = await view_as(world, limited, maya)
    assert answer.status == 303
    upstream.read_as.clear()
    await browser.call("GET", "/")
    assert {viewer.projects for path, viewer in upstream.read_as if path == "/v1/home"} == {frozenset({UUID(shared)})}
    del upstream.answers["/v1/projects"]


async def test_a_look_ends_with_the_access_of_who_looks(world: World, operator: Any) -> None:
    leaver = await staff_member(world, operator)
    browser, _ = await view_as(world, leaver, await person_of(world.maya))
    assert (await browser.get("/me")).status == 200
    tokens = (await leaver.get("/me/tokens")).json["items"]
    await leaver.delete(f"/me/tokens/{tokens[0]['id']}")

    async def ended() -> bool:
        return (await browser.get("/me")).status == 401

    await eventually(ended)
