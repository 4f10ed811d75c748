"""Who reads what: the promises of elements 8 and 10, over HTTP, events and the database."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from atrium_testkit import viewers

if TYPE_CHECKING:
    from .conftest import World


async def test_a_private_thread_is_nowhere_on_the_providers_side(world: "World") -> None:
    maya, tom = world.contact(), world.contact("member")
    thread = await world.opened(maya, world.about_project, "private", text="Only us")
    assert thread["effective_audience"] == "private"
    assert await world.ids(tom) == {thread["id"]}

    for staff in (world.nora, world.jan, viewers.provider(customer=world.customer)):
        assert await world.listed(staff) == []
        assert await world.listed(staff, audience="private") == []
        assert await world.listed(staff, unread="true") == []
        assert (await world.get(staff, f"threads/{thread['id']}")).status == 404
        assert (await world.get(staff, f"threads/{thread['id']}/messages")).status == 404
        assert (await world.post(staff, thread["id"], "Hello")).status == 404
        home = (await world.get(staff, "home")).json
        assert thread["id"] not in {shown["id"] for shown in home["threads"]}


async def test_an_internal_thread_is_nowhere_on_the_customers_side(world: "World") -> None:
    await world.publish(1)
    thread = await world.opened(world.nora, world.about_item, "internal", text="Margin is thin here")
    assert await world.ids(world.jan) == {thread["id"]}

    for customer in (world.contact(), world.contact("reader"), viewers.preview(world.customer)):
        assert await world.listed(customer) == []
        assert await world.listed(customer, subject=world.about_item) == []
        assert (await world.get(customer, f"threads/{thread['id']}")).status == 404
        assert (await world.get(customer, f"threads/{thread['id']}/messages")).status == 404
        assert (await world.get(customer, "home")).json == {"threads": [], "unread_threads": 0}
    assert (await world.post(world.contact(), thread["id"], "Hello")).status == 404


async def test_a_shared_thread_on_an_item_comes_and_goes_with_the_item(world: "World") -> None:
    tom = world.contact("member")
    thread = await world.opened(world.nora, world.about_item, "shared", text="When do we cut over?")
    path = f"threads/{thread['id']}"
    assert thread["effective_audience"] == "internal"
    assert (await world.get(tom, path)).status == 404

    await world.publish(1)
    assert thread["subject_title"] == "Internal cut-over plan"
    seen = (await world.get(tom, path)).json
    assert seen["subject_title"] == "Cut-over"
    assert (seen["audience"], seen["effective_audience"]) == ("shared", "shared")
    assert (await world.post(tom, thread["id"], "On Monday.")).status == 201

    await world.withdraw(2)
    assert (await world.get(tom, path)).status == 404
    assert (await world.get(tom, f"{path}/messages")).status == 404
    assert (await world.post(tom, thread["id"], "Hello?")).status == 404
    assert await world.listed(tom) == []
    assert (await world.get(tom, "home")).json["unread_threads"] == 0
    messages = (await world.get(world.nora, f"{path}/messages")).json["items"]
    assert [message["text"] for message in messages] == ["When do we cut over?", "On Monday."]


async def test_a_placeholder_has_no_conversation(world: "World") -> None:
    thread = await world.opened(world.nora, world.about_item, "shared")
    await world.publish(1, "placeholder")
    maya = world.contact()
    assert (await world.get(maya, f"threads/{thread['id']}")).status == 404
    assert (await world.open(maya, world.about_item, "shared")).status == 404


async def test_a_customer_opens_threads_only_on_what_it_sees(world: "World", elsewhere: "World") -> None:
    maya = world.contact()
    unknown = await world.open(maya, f"projects/{uuid4()}", "shared")
    internal = await world.open(maya, world.about_item, "shared")
    foreign = await world.open(maya, elsewhere.about_project, "shared")
    for answer in (unknown, internal, foreign):
        assert answer.status == 404
        assert {**answer.json, "trace_id": ""} == {**unknown.json, "trace_id": ""}


async def test_nobody_opens_what_their_side_could_not_read(world: "World") -> None:
    for viewer, audience in ((world.nora, "private"), (world.contact(), "internal")):
        answer = await world.open(viewer, world.about_project, audience)
        assert (answer.status, answer.json["code"]) == (403, "audience_not_allowed")


async def test_other_customers_get_the_same_answer_as_for_nothing(world: "World", elsewhere: "World") -> None:
    thread = await world.opened(world.contact(), world.about_project, "shared", text="Hello")
    anna = elsewhere.contact()
    for path in ("threads/{}", "threads/{}/messages"):
        foreign = await elsewhere.get(anna, path.format(thread["id"]))
        nothing = await elsewhere.get(anna, path.format(uuid4()))
        assert foreign.status == nothing.status == 404
        assert {**foreign.json, "trace_id": ""} == {**nothing.json, "trace_id": ""}
    for filters in ({"project": str(world.project)}, {"subject": world.about_project}):
        assert await elsewhere.listed(anna, **filters) == []
    seen = await world.threads.call("PUT", f"/v1/threads/{thread['id']}/seen", anna, json={"revision": 1})
    assert seen.status == 404


async def test_a_preview_sees_shared_threads_only_and_writes_nothing(world: "World") -> None:
    maya = world.contact()
    shared = await world.opened(maya, world.about_project, "shared", text="Hello")
    private = await world.opened(maya, world.about_project, "private", text="Only us")
    eyes = viewers.preview(world.customer)
    assert await world.ids(eyes) == {shared["id"]}
    assert (await world.get(eyes, f"threads/{private['id']}")).status == 404
    assert (await world.post(eyes, shared["id"], "Hi")).status == 403
    assert (await world.open(eyes, world.about_project, "shared")).status == 403
    seen = await world.threads.call("PUT", f"/v1/threads/{shared['id']}/seen", eyes, json={"revision": 9})
    assert seen.status == 403


async def test_a_link_holder_has_no_conversations(world: "World") -> None:
    holder = viewers.link(world.customer, uuid4())
    for path in ("threads", "home", f"threads/{uuid4()}"):
        assert (await world.get(holder, path)).status == 403


async def test_permitted_projects_bound_both_sides(world: "World") -> None:
    thread = await world.opened(world.nora, world.about_project, "shared")
    for restricted in (
        world.contact("member", projects=frozenset({uuid4()})),
        viewers.provider("member", projects=frozenset({uuid4()})),
    ):
        assert await world.listed(restricted) == []
        assert (await world.get(restricted, f"threads/{thread['id']}")).status == 404
        assert (await world.open(restricted, world.about_project, "shared")).status == 404
    permitted = world.contact("member", projects=frozenset({world.project}))
    assert await world.ids(permitted) == {thread["id"]}


async def test_an_internal_thread_may_be_limited_to_named_staff(world: "World") -> None:
    outsider = viewers.provider("manager")
    await world.joins(outsider)
    thread = await world.opened(
        world.nora, world.about_project, "internal", text="Salaries", staff_ids=[str(world.jan.person)]
    )
    assert await world.ids(world.nora) == await world.ids(world.jan) == {thread["id"]}
    assert set(thread["readers"]) == {str(world.nora.person), str(world.jan.person)}
    assert await world.listed(outsider) == []
    assert (await world.get(outsider, f"threads/{thread['id']}/messages")).status == 404
    shared = await world.open(world.nora, world.about_project, "shared", staff_ids=[str(world.jan.person)])
    assert shared.json["errors"][0]["pointer"] == "/staff_ids"


@pytest.mark.parametrize("audience", ["shared", "private"])
async def test_a_private_file_keeps_its_threads_private(world: "World", audience: str) -> None:
    subject = await world.file_version(audience="private")
    maya = world.contact()
    thread = await world.opened(maya, subject, audience, text="Our own draft")
    assert thread["effective_audience"] == "private"
    assert (await world.get(world.nora, f"threads/{thread['id']}")).status == 404
    assert (await world.open(world.nora, subject, "internal")).status == 404


async def test_readers_write_in_shared_threads(world: "World") -> None:
    reto = world.contact("reader")
    thread = await world.opened(world.nora, world.about_project, "shared")
    assert (await world.post(reto, thread["id"], "Gern.")).status == 201
