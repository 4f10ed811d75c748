"""Opening, writing, reading, paging."""

from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from .conftest import World


async def test_every_kind_of_subject_has_conversations(world: "World") -> None:
    await world.publish(1)
    version = await world.file_version(3)
    subjects = [world.about_project, world.about_item, version, *await world.request_and_report()]
    maya = world.contact()
    for subject in subjects:
        thread = await world.opened(maya, subject, "shared", text=f"About {subject}")
        assert (thread["subject"], thread["last_message"]["excerpt"]) == (subject, f"About {subject}")
        listed = await world.get(maya, "threads", subject=subject)
        assert [row["id"] for row in listed.json["items"]] == [thread["id"]]


async def test_a_point_on_a_page_and_all_versions_of_a_file(world: "World") -> None:
    file = uuid4()
    second, third = await world.file_version(2, file=file), await world.file_version(3, file=file)
    maya = world.contact()
    point = await world.opened(maya, f"{third}?page=4&x=0.31&y=0.62", "shared", text="30 seconds?")
    older = await world.opened(maya, second, "shared")
    assert point["point"] == {"page": 4, "x": 0.31, "y": 0.62}
    assert point["subject"] == third
    assert await world.ids(maya, subject=f"files/{file}") == {point["id"], older["id"]}
    assert await world.ids(maya, subject=third) == {point["id"]}


async def test_the_subject_may_stand_in_the_address(world: "World") -> None:
    maya = world.contact()
    opened = await world.threads.call(
        "POST", "/v1/threads", maya, params={"subject": world.about_project}, json={"audience": "shared"}
    )
    assert opened.json["subject"] == world.about_project
    missing = await world.threads.call("POST", "/v1/threads", maya, json={"audience": "shared"})
    assert (missing.status, missing.json["errors"][0]["pointer"]) == (422, "/subject")
    wrong = await world.open(maya, "threads/7", "shared")
    assert (wrong.status, wrong.json["code"]) == (422, "wrong_subject")


async def test_bad_bodies_are_named(world: "World") -> None:
    maya = world.contact()
    thread = await world.opened(maya, world.about_project, "shared")
    for body in ({"text": ""}, {"text": "   "}, {"text": "x" * 10_001}, {}, {"text": "Hi", "audience": "private"}):
        answer = await world.threads.call("POST", f"/v1/threads/{thread['id']}/messages", maya, json=body)
        assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json"), body
    longest = await world.post(maya, thread["id"], "ü" * 10_000)
    assert longest.status == 201
    assert (await world.get(maya, "threads/not-an-id")).status == 404


async def test_readers_are_those_who_read_now(world: "World") -> None:
    maya, tom = world.contact(), world.contact("member")
    restricted = world.contact("member", projects=frozenset({uuid4()}))
    await world.joins(maya, tom, restricted)
    shared = await world.opened(maya, world.about_project, "shared")
    private = await world.opened(maya, world.about_project, "private")
    internal = await world.opened(world.nora, world.about_project, "internal")
    customers = {str(maya.person), str(tom.person)}
    staff = {str(world.nora.person), str(world.jan.person)}
    assert set(private["readers"]) == customers
    assert customers | staff <= set(shared["readers"])
    assert str(restricted.person) not in shared["readers"]
    assert staff <= set(internal["readers"])
    assert not customers & set(internal["readers"])

    before = await world.get(maya, f"threads/{shared['id']}")
    await world.leaves(tom)
    after = await world.threads.call("GET", f"/v1/threads/{shared['id']}", maya, headers={"If-None-Match": before.etag})
    assert after.status == 200
    assert str(tom.person) not in after.json["readers"]
    same = await world.threads.call("GET", f"/v1/threads/{shared['id']}", maya, headers={"If-None-Match": after.etag})
    assert same.status == 304


async def test_only_readers_can_be_mentioned(world: "World") -> None:
    maya = world.contact()
    await world.joins(maya)
    private = await world.opened(maya, world.about_project, "private")
    crossed = await world.post(maya, private["id"], "Nora?", mentions=[str(world.nora.person)])
    assert (crossed.status, crossed.json["errors"][0]["pointer"]) == (422, "/mentions/0")
    assert (await world.get(maya, f"threads/{private['id']}")).json["message_count"] == 0
    shared = await world.opened(maya, world.about_project, "shared")
    named = await world.post(maya, shared["id"], "Nora?", mentions=[str(world.nora.person)])
    assert named.json["mentions"] == [str(world.nora.person)]


async def test_what_is_unread_is_each_persons_own(world: "World") -> None:
    maya, tom = world.contact(), world.contact("member")
    thread = await world.opened(maya, world.about_project, "shared", text="One")
    path = f"threads/{thread['id']}"
    second = (await world.post(maya, thread["id"], "Two")).json
    await world.post(maya, thread["id"], "Three")
    assert (await world.get(maya, path)).json["unread"] == 0
    assert (await world.get(tom, path)).json["unread"] == 3
    assert await world.ids(tom, unread="true") == {thread["id"]}
    assert await world.ids(maya, unread="true") == set()

    async def seen(**upto: object) -> object:
        return (await world.threads.call("PUT", f"/v1/{path}/seen", tom, json=upto)).json

    assert await seen(message=second["id"]) == {"unread": 1}
    assert await seen(revision=1) == {"unread": 1}
    assert await seen(revision=(await world.get(tom, path)).json["revision"]) == {"unread": 0}
    assert (await world.get(world.nora, path)).json["unread"] == 3
    assert (await world.get(tom, "home")).json["unread_threads"] == 0
    neither = await world.threads.call("PUT", f"/v1/{path}/seen", tom, json={})
    assert neither.status == 422
    unknown = await world.threads.call("PUT", f"/v1/{path}/seen", tom, json={"message": str(uuid4())})
    assert unknown.status == 404


async def test_a_repeated_post_gets_the_first_answer(world: "World") -> None:
    maya = world.contact()
    thread = await world.opened(maya, world.about_project, "shared")
    headers = {"Idempotency-Key": str(uuid4())}

    async def post(text: str) -> tuple[int, dict[str, object]]:
        answer = await world.threads.call(
            "POST", f"/v1/threads/{thread['id']}/messages", maya, json={"text": text}, headers=headers
        )
        return answer.status, answer.json

    assert await post("Once") == await post("Once")
    status, problem = await post("Other")
    assert (status, problem["code"]) == (422, "idempotency_key_reused")
    messages = (await world.get(maya, f"threads/{thread['id']}/messages")).json["items"]
    assert [message["text"] for message in messages] == ["Once"]

    for _ in range(2):
        await world.threads.call(
            "POST",
            "/v1/threads",
            maya,
            json={"subject": world.about_project, "audience": "private"},
            headers={"Idempotency-Key": "the-same"},
        )
    assert len(await world.listed(maya)) == 2


async def test_pages_hold_every_thread_once_by_last_act(world: "World") -> None:
    maya = world.contact()
    opened = [(await world.opened(maya, world.about_project, "shared", title=str(n)))["id"] for n in range(5)]
    await world.post(maya, opened[0], "Back to the top")
    expected = [opened[0], *reversed(opened[1:])]
    found, cursor = [], None
    for _ in range(3):
        page = (await world.get(maya, "threads", limit="2", **({"cursor": cursor} if cursor else {}))).json
        found += [thread["id"] for thread in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (expected, None)
    first = (await world.get(maya, "threads", limit="2")).json["next_cursor"]
    other = await world.get(maya, "threads", cursor=first, unread="true")
    assert (other.status, other.json["errors"][0]["pointer"]) == (422, "?cursor")


async def test_messages_are_paged_from_either_end(world: "World") -> None:
    maya = world.contact()
    thread = await world.opened(maya, world.about_project, "shared")
    for number in range(1, 6):
        await world.post(maya, thread["id"], str(number))
    path = f"threads/{thread['id']}/messages"
    for sort, expected in (("posted_at", "12345"), ("-posted_at", "54321")):
        found, cursor = "", None
        while True:
            page = (await world.get(maya, path, sort=sort, limit="2", **({"cursor": cursor} if cursor else {}))).json
            found += "".join(message["text"] for message in page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert found == expected


async def test_home_shows_the_latest_twenty(world: "World") -> None:
    maya, tom = world.contact(), world.contact("member")
    for number in range(22):
        await world.opened(maya, world.about_project, "shared", text=f"Message {number}")
    home = (await world.get(tom, "home")).json
    assert [thread["last_message"]["excerpt"] for thread in home["threads"]] == [
        f"Message {n}" for n in range(21, 1, -1)
    ]
    assert {thread["last_message"]["author_id"] for thread in home["threads"]} == {str(maya.person)}
    assert home["unread_threads"] == 22


async def test_who_would_read_is_who_reads_once_it_is_begun(world: "World", elsewhere: "World") -> None:
    """Not the people of another customer, nor those whom the project is not open to, nor who has left."""
    maya, tom = world.contact(), world.contact("member")
    barred, gone, stranger = (
        world.contact("member", projects=frozenset({uuid4()})),
        world.contact("member"),
        elsewhere.contact(),
    )
    await world.joins(maya, tom, barred, gone)
    await world.leaves(gone)
    await elsewhere.joins(stranger)
    await world.publish(1)

    for viewer, own in ((world.nora, "internal"), (maya, "private")):
        told = (await world.get(viewer, "readers", subject=world.about_item)).json
        assert told["customer_id"] == str(world.customer)
        assert set(told["readers"]) == {"shared", own}
        for audience, readers in told["readers"].items():
            assert readers == (await world.opened(viewer, world.about_item, audience, text="Begun"))["readers"]
        assert {str(maya.person), str(tom.person), str(world.nora.person)} <= set(told["readers"]["shared"])
        assert not {str(barred.person), str(gone.person), str(stranger.person)} & set(told["readers"]["shared"])
    assert str(world.nora.person) not in told["readers"]["private"]


async def test_about_what_is_withheld_only_staff_would_read(world: "World", elsewhere: "World") -> None:
    maya = world.contact()
    await world.joins(maya)
    told = (await world.get(world.nora, "readers", subject=world.about_item)).json["readers"]
    assert str(maya.person) not in told["shared"]
    assert told["shared"] == told["internal"]
    for viewer in (maya, elsewhere.contact()):
        assert (await world.get(viewer, "readers", subject=world.about_item)).status == 404
