"""What the service tells others, and to whom."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import World


async def test_each_audience_has_its_own_events_and_topic(world: "World") -> None:
    maya = world.contact()
    opened = {
        "shared": await world.opened(maya, world.about_project, "shared", text="To all"),
        "private": await world.opened(maya, world.about_project, "private", text="Only us"),
        "internal": await world.opened(world.nora, world.about_project, "internal", text="Only staff"),
    }
    heard = await world.outside.heard(world.customer)
    assert len(heard) == 6
    for audience, thread in opened.items():
        of_thread = [entry for entry in heard if entry[2].thread_id.hex == thread["id"].replace("-", "")]
        assert {entry[0] for entry in of_thread} == {
            "atrium.threads.private.v1" if audience == "private" else "atrium.threads.v1"
        }
        assert {entry[1].audience for entry in of_thread} == {audience}
        assert {entry[1].subject.split("/")[0] for entry in of_thread} == {"threads"}
        assert [entry[1].type for entry in of_thread] == [
            "atrium.threads.thread_opened.v1",
            "atrium.threads.message_posted.v1",
        ]
        assert {entry[2].about for entry in of_thread} == {world.about_project}


async def test_nothing_of_an_item_withheld_is_told_to_the_customer(world: "World") -> None:
    thread = await world.opened(world.nora, world.about_item, "shared", text="Before it is published")
    await world.publish(1)
    await world.post(world.contact(), thread["id"], "While it is")
    await world.withdraw(2)
    await world.post(world.nora, thread["id"], "After it was")

    heard = await world.outside.heard(world.customer)
    story = [
        (envelope.audience, data.text if hasattr(data, "text") else ("withdrawn" if data.withdrawn else "opened"))
        for _, envelope, data in heard
    ]
    assert [what for audience, what in story if audience == "shared"] == ["opened", "While it is", "withdrawn"]
    assert [what for audience, what in story if audience == "internal"] == [
        "opened",
        "Before it is published",
        "withdrawn",
        "opened",
        "After it was",
    ]
    revisions = [
        e.revision for _, e, data in heard if e.subject == f"threads/{thread['id']}" and e.audience == "shared"
    ]
    assert revisions == sorted(set(revisions))


async def test_a_conversation_limited_to_named_staff_names_them(world: "World") -> None:
    limited = await world.opened(
        world.nora, world.about_project, "internal", staff_ids=[str(world.jan.person)], text="Between us"
    )
    assert set(limited["staff_ids"]) == {str(world.nora.person), str(world.jan.person)}
    heard = await world.outside.heard(world.customer)
    assert [set(data.staff_ids) for _, _, data in heard] == [{world.nora.person, world.jan.person}] * 2
