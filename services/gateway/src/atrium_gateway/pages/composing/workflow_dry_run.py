"""What a new version of a workflow would do to the items on their way, before any of them is touched."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from atrium_gateway.pages.composing.scene import Json, Scene
from atrium_gateway.pages.presenting.shapes import Choice
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.presenting.studio import DryRun, Gone, Mapped, RunningItem, TurnChange

States = Mapping[str, Json]


def mapping_of(lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where items of states that are gone shall go, as far as it was chosen."""
    pairs = zip(lists.get("mapping_from", []), lists.get("mapping_to", []), strict=False)
    return {before: after for before, after in pairs if after}


def by_key(definition: Json) -> States:
    return {one["key"]: one for one in definition["states"]}


def counted(items: Iterable[Json]) -> Counter[str]:
    return Counter(one["state"] for one in items)


def dry_run(
    scene: Scene,
    kept: Json,
    typed: Json,
    items: Sequence[Json],
    customers: Callable[[object], CustomerRef],
    projects: Mapping[str, str],
) -> DryRun:
    """`items` are the service's: every running one with its state, and the one it goes to as far as that is known."""
    before, after = by_key(kept), by_key(typed)
    stay = Counter(one["state"] for one in items if one["state"] in after)
    lost = sorted({one["state"] for one in items} - after.keys())
    turns = turn_changes(before, after, items)
    return DryRun(
        mapped=tuple(
            Mapped(count, titled(scene, before, key), titled(scene, after, key)) for key, count in stay.items()
        ),
        gone=tuple(
            gone(scene, before, key, [one for one in items if one["state"] == key], customers, projects) for key in lost
        ),
        targets=tuple(Choice(key, titled(scene, after, key)) for key in after),
        turns=turns,
        mails=any(asks(before.get(one["state"]), after.get(one["to"] or "")) for one in items),
    )


def titled(scene: Scene, states: States, key: str) -> str:
    """Items of an older version may be in a state that even the one in force does not have."""
    return (scene.named(states[key]["name"]) if key in states else "") or key


def gone(
    scene: Scene,
    before: States,
    key: str,
    items: Sequence[Json],
    customers: Callable[[object], CustomerRef],
    projects: Mapping[str, str],
) -> Gone:
    return Gone(
        key,
        titled(scene, before, key),
        tuple(
            RunningItem(
                one["title"],
                f"/items/{one['id']}",
                customers(one["customer_id"]),
                projects.get(one["project_id"], ""),
            )
            for one in items
        ),
        next((one["to"] for one in items if one["to"]), ""),
    )


def turn_changes(before: States, after: States, items: Sequence[Json]) -> tuple[TurnChange, ...]:
    """As far as both states are known."""
    moves = Counter(
        (before[one["state"]]["turn"], after[one["to"]]["turn"])
        for one in items
        if one["state"] in before and one["to"] in after
    )
    return tuple(TurnChange(count, *move) for move, count in moves.items() if move[0] != move[1])


def asks(before: Json | None, after: Json | None) -> bool:
    """Whether coming from one state to the other asks a customer for something that they were not asked for."""

    def asked(state: Json | None) -> bool:
        return state is not None and state["turn"] == "customer" and bool(state.get("verb"))

    return asked(after) and not asked(before)
