"""Conversations beside their subject, and one by one."""

from collections.abc import Iterable, Mapping
from textwrap import shorten

from atrium_gateway.pages.composing.scene import Json, Scene, newest
from atrium_gateway.pages.presenting.shapes import Audience, Form, Person
from atrium_gateway.pages.presenting.thread import Message, Thread

TITLE_LENGTH = 80


def address_of(subject: str) -> str:
    """The page of what a thread is about."""
    parts = subject.partition("?")[0].split("/")
    match parts:
        case ["projects", _, "items", item]:
            return f"/items/{item}"
        case ["files", file, "versions", number]:
            return f"/files/{file}?version={number}"
        case ["reports", report, "figures", figure]:
            return f"/reports/{report}#figure-{figure}"
        case [kind, identifier] if kind in {"projects", "requests"}:
            return f"/{kind}/{identifier}"
    return ""


def address_of_thread(row: Json) -> str:
    """A point's thread leads to its spot."""
    address = address_of(row["subject"])
    return f"{address}&point={row['id']}#points" if row.get("point") else address


def title_of(text: str) -> str:
    """What a point is called in lists: the beginning of its first message, ending with a whole word."""
    return shorten(text, TITLE_LENGTH, placeholder="…")


def readers_first(scene: Scene, people: Iterable[Person]) -> tuple[Person, ...]:
    """The reader first, then the reader's own side, then by name."""
    return tuple(sorted(people, key=lambda one: (one.id != scene.reader, one.side != scene.side, one.name)))


def thread(scene: Scene, row: Json, messages: Iterable[Json], composer: Form | None) -> Thread:
    """A thread with its messages, oldest first."""
    shown = [
        Message(
            id=one["id"],
            at=newest(one["posted_at"]),
            text=one["text"],
            by=scene.person(one["author_id"]) or Person(one["author_id"], scene._("Someone"), "customer"),
            unread=one["number"] > row["seen"] and one["author_id"] != scene.reader,
        )
        for one in sorted(messages, key=lambda one: int(one["number"]))
    ]
    return Thread(
        id=row["id"],
        title=row["title"] or row["subject_title"],
        audience=row["audience"],
        readers=readers_first(scene, scene.persons(row.get("readers"))),
        messages=tuple(shown),
        composer=composer,
        about=row["subject_title"],
        about_url=address_of_thread(row),
        earlier=max(0, row["message_count"] - len(shown)),
        earlier_url=f"/threads/{row['id']}?all=1",
        is_point=row.get("point") is not None,
    )


def unbegun(scene: Scene, subject: str, audience: Audience, readers: Iterable[Person], composer: Form | None) -> Thread:
    """A thread that begins with the first message."""
    order = readers_first(scene, readers)
    return Thread("", "", audience, order, (), composer, subject=subject, is_point="?" in subject)


def first_of(rows: Iterable[Json]) -> Mapping[str, Json]:
    """The thread to show for each audience: the one that moved last. Those about a point stand at their spot."""
    found: dict[str, Json] = {}
    whole = (row for row in rows if not row.get("point"))
    for row in sorted(whole, key=lambda row: newest(row["last_act_at"]), reverse=True):
        found.setdefault(row["audience"], row)
    return found
