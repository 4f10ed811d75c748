"""An item as staff work on it: facts, both conversations, its steps, its fields."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from atrium_gateway.pages.composing.items import bound_version, decided, history_lines, transitions, waits
from atrium_gateway.pages.composing.rows import file_line
from atrium_gateway.pages.composing.scene import Json, Scene, clock, day, moment, typed_day, verb
from atrium_gateway.pages.presenting.item import Transition
from atrium_gateway.pages.presenting.planning import StaffItemPage
from atrium_gateway.pages.presenting.shapes import Change, Choice, Form, Person, Stale
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.presenting.thread import Thread

FIELDS = {
    "title": "title",
    "customer_title": "customer_title",
    "customer_note": "customer_note",
    "internal_note": "internal_note",
    "due": "due",
    "customer_due": "customer_date",
    "customer_until": "customer_until",
    "owner": "owner_id",
}
DAYS = frozenset({"due", "customer_due", "customer_until"})
#: Names of the service as the form calls them, for errors at their fields.
AS_TYPED = {name: field for field, name in FIELDS.items()}


def typed_values(item: Json) -> dict[str, str]:
    """The item's fields as its form shows them."""
    return {field: str(item.get(name) or "") for field, name in FIELDS.items()}


def change_of(typed: Mapping[str, str]) -> dict[str, str | None]:
    """What the form asks the service to change; an emptied date, person or title of the customer's is none."""
    texts = {"title", "customer_note", "internal_note"}
    return {
        FIELDS[field]: value if field in texts else value or None for field, value in typed.items() if field in FIELDS
    }


def beside_theirs(scene: Scene, edit: Form, item: Json, history: Sequence[Json]) -> tuple[Form, Stale | None]:
    """A form that someone was faster than: what was typed stays, and what is there now stands beside it.

    Saved once more it keeps what was typed; the page read anew takes theirs.
    """
    if edit.revision == item["revision"]:
        return edit, None
    now, typed = typed_values(item), {**typed_values(item), **edit.values}
    last = max(history, key=lambda one: str(one["at"]), default=None)
    lines = tuple(
        Change(words, shown(scene, field, typed[field]), shown(scene, field, now[field]))
        for field, words in field_words(scene).items()
        if typed[field] != now[field]
    )
    late = Stale(lines, scene.person(last["actor_id"]) if last else None, moment(last["at"]) if last else None)
    return replace(edit, revision=item["revision"], errors=()), late


def shown(scene: Scene, field: str, value: str) -> str:
    if not value:
        return scene._("nobody") if field == "owner" else scene._("nothing")
    if field in DAYS:
        return typed_day(scene, value)
    return scene.name(value) if field == "owner" else value


def field_words(scene: Scene) -> dict[str, str]:
    """The fields as the form names them."""
    return {
        "title": scene._("Title, as we call it"),
        "customer_title": scene._("Title, as the customer reads it"),
        "customer_note": scene._("Note"),
        "internal_note": scene._("Note for us"),
        "due": scene._("Due, for us"),
        "customer_due": scene._("Date"),
        "customer_until": scene._("Last day, where it takes several"),
        "owner": scene._("Owner"),
    }


def staff_transitions(scene: Scene, item: Json) -> tuple[Transition, ...]:
    return transitions(scene, item, bound_version(scene, item, None) is not None)


def choices(people: Iterable[Person], side: str, nobody: str) -> tuple[Choice, ...]:
    return (Choice("", nobody), *(Choice(one.id, one.name) for one in people if one.side == side))


def shared_thread(item: Json, threads: Mapping[str, Thread]) -> Thread | None:
    """None is begun about what the customer cannot see: they could not read it."""
    thread = threads.get("shared")
    return thread if thread is not None and (thread.id or item["visibility"] == "shared") else None


def staff_item_page(
    scene: Scene,
    item: Json,
    customer: CustomerRef,
    *,
    project: Json,
    file: Json | None,
    history: Sequence[Json],
    threads: Mapping[str, Thread],
    team: Sequence[Person],
    publish: Form,
    edit: Form,
    move: Form,
    upload: Form,
    missing: Collection[str],
    late: Stale | None = None,
) -> StaffItemPage:
    asked = scene.persons(item.get("asked_ids"))
    return StaffItemPage(
        id=item["id"],
        title=item["title"],
        project_id=item["project_id"],
        project=project.get("title", ""),
        customer=customer,
        turn=item["turn"],
        state=scene.named(item.get("state_name")),
        visibility=item["visibility"],
        reads=item.get("customer_title") or "",
        kind=item["kind"],
        verb=verb(item),
        clock=clock(scene, item),
        waits=waits(scene, item, history),
        due=day(item.get("due")),
        customer_due=day(item.get("customer_date")),
        person=asked[0] if asked and item["turn"] == "customer" else None,
        owner=scene.person(item.get("owner_id")),
        note=item.get("internal_note") or "",
        third_party=item.get("third_party") or "",
        shared=shared_thread(item, threads),
        internal=threads.get("internal"),
        files=(file_line(scene, file),) if file else (),
        upload=upload,
        decided=decided(scene, item.get("approvals", [])),
        history=history_lines(scene, item, history),
        publish=publish,
        edit=edit,
        move=move,
        transitions=staff_transitions(scene, item),
        people=choices(team, "customer", scene._("whoever was asked")),
        staff=choices(team, "provider", scene._("nobody")),
        missing=frozenset(missing),
        late=late,
    )
