"""The one plan of a project as staff work on it, and the preview of what a publication would show."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from atrium_gateway.pages.composing.projects import plan_row
from atrium_gateway.pages.composing.scene import Json, Scene, day, verb
from atrium_gateway.pages.composing.staff_timeline import timeline
from atrium_gateway.pages.presenting.planning import (
    Check,
    Eyes,
    Gains,
    KeptBack,
    PlanFilter,
    PlanPage,
    PreviewRow,
    StaffPlanRow,
)
from atrium_gateway.pages.presenting.shapes import Choice, Form, Person, Verb
from atrium_gateway.pages.presenting.staff_project import ProjectHead
from atrium_gateway.pages.vocabulary import Vocabulary

KINDS = ("task", "phase", "milestone", "risk", "issue", "decision")


def in_order(rows: Sequence[Json]) -> Iterator[tuple[Json, int]]:
    """The tree, top to bottom, each row with its depth. Rows whose parent is not there stand at the top."""
    known = {row["id"] for row in rows}
    under: dict[str | None, list[Json]] = {}
    for row in rows:
        parent = row.get("parent_id")
        under.setdefault(parent if parent in known else None, []).append(row)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[Json, int]]:
        for row in under.get(parent, []):
            yield row, depth
            yield from walk(row["id"], depth + 1)

    return walk(None, 0)


def messages_by_item(threads: Iterable[Json]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in threads:
        item = row["subject"].rpartition("/items/")[2]
        counted[item] = counted.get(item, 0) + row["message_count"]
    return counted


def staff_row(scene: Scene, row: Json, depth: int, below: Sequence[Json], messages: int) -> StaffPlanRow:
    who = (row.get("asked_ids") or [None])[0] if row["turn"] == "customer" else row.get("owner_id")
    return StaffPlanRow(
        id=row["id"],
        title=row["title"],
        url=f"/items/{row['id']}",
        turn=row["turn"],
        visibility=row["visibility"],
        kind=row["kind"],
        depth=depth,
        reads=row.get("customer_title") or "",
        verb=verb(row),
        owner=scene.person(who) or scene.person(row.get("owner_id")),
        due=day(row.get("due")),
        customer_due=day(row.get("customer_date")),
        messages=messages,
        notes=1 if row.get("internal_note") else 0,
        done_count=sum(one["turn"] == "nobody" for one in below),
        child_count=len(below),
        third_party=row.get("third_party") or "",
        revision=row["revision"],
        hours=row.get("estimate_hours") or 0.0,
        owner_id=row.get("owner_id") or "",
    )


def staff_rows(scene: Scene, rows: Sequence[Json], threads: Iterable[Json]) -> tuple[StaffPlanRow, ...]:
    messages = messages_by_item(threads)
    below: dict[str, list[Json]] = {}
    for row in rows:
        below.setdefault(row.get("parent_id") or "", []).append(row)
    places = {one: place for held in below.values() for one, place in places_in(held).items()}
    parents_of = {row["id"]: row.get("parent_id") or "" for row in rows}
    return tuple(
        replace(
            staff_row(scene, row, depth, below.get(row["id"], []), messages.get(row["id"], 0)),
            **places[row["id"]],
            parent=parents_of[row["id"]],
            out=one_level_up(parents_of[row["id"]], parents_of, places),
        )
        for row, depth in in_order(rows)
    )


def places_in(held: Sequence[Json]) -> dict[str, dict[str, Any]]:
    """What stands around each row in the place that holds them."""
    ids = [row["id"] for row in held]
    return {
        one: {"above": ids[at - 1] if at else "", "after": tuple(ids[at + 1 : at + 3])} for at, one in enumerate(ids)
    }


def one_level_up(
    holder: str, parents_of: Mapping[str, str], places: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str] | None:
    """Right below what holds a row: what it then lies in, and what follows it. None for one that nothing holds."""
    if holder not in parents_of:
        return None
    return parents_of[holder], next(iter(places[holder]["after"]), "")


def kinds(scene: Scene) -> tuple[Choice, ...]:
    words = Vocabulary(scene.words)
    return tuple(Choice(kind, words.kind(kind)) for kind in KINDS)


def parents(scene: Scene, rows: Sequence[Json]) -> tuple[Choice, ...]:
    top = Choice("", scene._("top level"))
    return (top, *(Choice(row["id"], row["title"]) for row in rows if row["kind"] == "phase"))


def workflow_choices(scene: Scene, workflows: Iterable[Json]) -> tuple[Choice, ...]:
    found = [Choice(one["key"], scene.named(one["name"])) for one in workflows if one["purpose"] == "item"]
    return tuple(sorted(found, key=lambda choice: choice.value != "task"))


def plan_page(
    scene: Scene,
    plan: Json,
    head: ProjectHead,
    *,
    talks: Sequence[Json],
    workflows: Sequence[Json],
    readers: Sequence[Person],
    publish: Form,
    new_item: Form,
    chosen: PlanFilter,
    missing: Collection[str],
    staff: tuple[Choice, ...],
    over_time: bool = False,
) -> PlanPage:
    rows = plan["items"]
    shown = staff_rows(scene, rows, talks)
    return PlanPage(
        head,
        rows=chosen.of(shown),
        counts={key: sum(row["visibility"] == key for row in rows) for key in ("shared", "placeholder", "internal")},
        filter=chosen,
        owners=tuple({row.owner.id: row.owner for row in shown if row.owner}.values()),
        readers=tuple(one for one in readers if one.side == "customer"),
        publish=publish,
        new_item=new_item,
        kinds=kinds(scene),
        parents=parents(scene, rows),
        workflows=workflow_choices(scene, workflows),
        missing=frozenset(missing),
        staff=staff,
        timeline=timeline(scene, plan, shown) if over_time else None,
    )


def preview_rows(scene: Scene, visible: Sequence[Json]) -> tuple[PreviewRow, ...]:
    """What becomes visible, as the customer's own query answered."""
    return tuple(
        PreviewRow(None, day(row.get("due")), True)
        if row["form"] == "placeholder"
        else PreviewRow(plan_row(scene, row), fresh=True)
        for row in visible
    )


def names(person: str, rows: Iterable[Json]) -> list[Json]:
    """The rows that ask this person by name."""
    return [row for row in rows if row.get("turn") == "customer" and person in (row.get("asked_ids") or [])]


def asks(person: Person, rows: Iterable[Json]) -> list[Json]:
    """The rows that this person can act on: asked by name, or as everyone is who may decide."""
    by_name = names(person.id, rows)
    free = [row for row in rows if row.get("turn") == "customer" and not row.get("asked_ids")]
    return by_name if person.role == "reader" else [*by_name, *free]


def gains(
    scene: Scene, visible: Sequence[Json], to: Iterable[str], shared: Collection[str], eyes: Eyes | None
) -> tuple[Gains, ...]:
    """Each person with what they are asked to do then; whoever is named in what was not `shared` gets a mail."""
    words = Vocabulary(scene.words)
    found = []
    for person in scene.persons(to):
        verbs = ", ".join(words.verb(Verb(row["verb"])) for row in asks(person, visible) if row.get("verb"))
        text = scene._("is asked to act: %(verbs)s") % {"verbs": verbs} if verbs else scene._("nothing to do")
        mailed = any(row["id"] not in shared and row.get("verb") for row in names(person.id, visible))
        notice = scene._("e-mail in a minute") if mailed else ""
        found.append(Gains(person, text, notice, eyes.of(person) if eyes else ""))
    return tuple(found)


def kept_back(scene: Scene, kept: Iterable[Json]) -> tuple[KeptBack, ...]:
    labels = {
        "title": scene._("Our title"),
        "due": scene._("Our date"),
        "internal_note": scene._("Our note"),
        "estimate_hours": scene._("Estimate, hours"),
    }
    return tuple(KeptBack(labels.get(str(one["field"]), ""), str(one["value"])) for one in kept)


def checks(scene: Scene, visible: Sequence[Json], chosen: Sequence[Json], secrets: Iterable[str]) -> tuple[Check, ...]:
    """`secrets` are names that the customer must not read: other customers', and titles of internal items."""
    shown = [row for row in visible if row["form"] == "shared"]
    texts = " ".join(f"{row['title']} {row.get('note') or ''}" for row in shown).casefold()
    named = [one for one in secrets if one and one.casefold() in texts]
    found = [
        Check(scene._("“%(name)s” is internal or another customer’s, and they would read it.") % {"name": one}, "block")
        for one in named
    ]
    if shown and not named:
        found.append(Check(scene._("No other customer and no internal item is named in what they will read.")))
    own = [row for row in chosen if not row.get("customer_title")] if shown else []
    if own:
        text = scene.words.ngettext(
            "%(num)s item is read under our own title.", "%(num)s items are read under our own title.", len(own)
        )
        found.append(Check(text % {"num": len(own)}, "warn"))
    elif shown:
        found.append(Check(scene._("All have a title of their own for the customer.")))
    moved = [row for row in chosen if row.get("customer_date") and row["customer_date"] != row.get("due")]
    if moved:
        text = scene.words.ngettext(
            "The customer’s date differs from ours for %(num)s item.",
            "The customer’s date differs from ours for %(num)s items.",
            len(moved),
        )
        found.append(Check(text % {"num": len(moved)}, "warn"))
    return tuple(found)
