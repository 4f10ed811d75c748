"""The pages of people: who is shown by which address, and invitations that are sent again."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import Mailbox, Visitor, World


async def post(visitor: Visitor, path: str) -> Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await visitor.call("POST", path, data=urlencode({"idempotency_key": uuid4()}).encode(), headers=headers)


async def addresses_on(visitor: Visitor, path: str, **asked: str) -> set[str]:
    """E-mail addresses of the people in the page's tables."""
    answer = await visitor.call("GET", path, params=asked)
    assert answer.status == 200, answer.content
    tables = re.findall(r"<tbody>.*?</tbody>", answer.content.decode(), re.DOTALL)
    return set(re.findall(r"[\w.]+@[\w.]+example", unescape(" ".join(tables))))


ANNA, NORA = "anna.keller@helvetia.example", "nora@nordwind.example"


async def test_people_are_narrowed_on_each_of_their_pages(world: World) -> None:
    for visitor, path, own in (
        (world.anna, "/people", ANNA),
        (world.nora, f"/customers/{world.helvetia}/people", ANNA),
        (world.nora, "/people", NORA),
    ):
        assert own in await addresses_on(visitor, path)
        assert own in await addresses_on(visitor, path, q=own[:5])
        assert own not in await addresses_on(visitor, path, q="nobody of this name")
        assert own not in await addresses_on(visitor, path, role="member" if own == ANNA else "manager")


async def test_staff_of_other_projects_are_not_among_a_customers(world: World, operator: Any) -> None:
    email = f"ida.{uuid4().hex[:6]}@nordwind.example"
    body = {"email": email, "name": "Ida Other", "role": "member", "projects": [str(uuid4())]}
    assert (await world.nora.post("/staff/invitations", body)).status == 201
    await operator("token", email)
    shown = await addresses_on(world.nora, f"/customers/{world.helvetia}/people")
    assert NORA in shown
    assert email not in shown


async def open_invitation(visitor: Visitor, world: World, email: str) -> dict[str, Any]:
    listed = (await visitor.get(f"/customers/{world.bluepeak}/invitations")).json["items"]
    (found,) = [one for one in listed if one["email"] == email]
    return dict(found)


@pytest.mark.parametrize("side", ["customer", "provider"])
async def test_an_invitation_sent_again_is_the_same_with_a_new_end(world: World, mailbox: Mailbox, side: str) -> None:
    email, project = f"iris.{uuid4().hex[:6]}@bluepeak.example", str(uuid4())
    await world.invite(world.maya, world.bluepeak, email, "Iris New", "reader", language="de", projects=[project])
    await mailbox.next_after(email, 0)
    first = await open_invitation(world.maya, world, email)

    visitor, base = (world.maya, "/people") if side == "customer" else (world.nora, f"/customers/{world.bluepeak}")
    assert (await post(visitor, f"{base}/invitations/{first['id']}/again")).status == 303
    await mailbox.next_after(email, 1)
    second = await open_invitation(world.maya, world, email)
    assert second["id"] != first["id"]
    assert second["expires_at"] > first["expires_at"]
    same = ("name", "role", "language", "projects")
    assert [second[name] for name in same] == ["Iris New", "reader", "de", [project]] == [first[name] for name in same]


async def test_nobody_sends_an_invitation_of_another_house_again(world: World) -> None:
    email = f"iris.{uuid4().hex[:6]}@bluepeak.example"
    await world.invite(world.maya, world.bluepeak, email, "Iris New", "reader")
    made = await open_invitation(world.maya, world, email)
    assert (await post(world.anna, f"/people/invitations/{made['id']}/again")).status == 404
    assert (await post(world.anna, f"/customers/{world.bluepeak}/invitations/{made['id']}/again")).status == 404
    assert (await post(world.nora, f"/people/invitations/{made['id']}/again")).status == 404
    assert await open_invitation(world.maya, world, email) == made
