"""An item's page: the act panel, the steps of its workflow, whose turn it was for how long, what happened."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from atrium_gateway.pages.composing.files import approvals_by_version, compare_address, compared_with
from atrium_gateway.pages.composing.rows import file_line
from atrium_gateway.pages.composing.scene import (
    Json,
    Scene,
    clock,
    day,
    moment,
    newest,
    stem,
    verb,
)
from atrium_gateway.pages.composing.scene import extension as extension_of
from atrium_gateway.pages.composing.viewing import sheets
from atrium_gateway.pages.composing.waits import waits_of
from atrium_gateway.pages.presenting.item import (
    Act,
    BoundVersion,
    Decided,
    Decision,
    ItemPage,
    Step,
    Transition,
)
from atrium_gateway.pages.presenting.shapes import Form, Person, Sheet, Waiting, Waits
from atrium_gateway.pages.presenting.thread import Thread

TITLES = ("state", "turn", "due", "title", "note", "asked_ids", "file_id")


def bound_version(scene: Scene, item: Json, file: Json | None) -> BoundVersion | None:
    """The newest version of the item's file, which a decision would be about."""
    version = item.get("version")
    if not version:
        return None
    name = (file or {}).get("name") or version["name"]
    held: Json = next((one for one in (file or {}).get("versions", []) if one["number"] == version["number"]), {})
    return BoundVersion(
        file_id=version["file_id"],
        name=stem(name),
        url=f"/files/{version['file_id']}",
        extension=extension_of(name),
        number=version["number"],
        sha256=version["sha256"],
        size=held.get("size") or 0,
        by=scene.person(held["uploaded_by"]) if held else None,
        at=moment(held.get("uploaded_at")),
    )


def transitions(scene: Scene, item: Json, revised: bool) -> tuple[Transition, ...]:
    """What the reader may do from here; the first step is the filled button.

    A decision binds to a version, so without one there is none to make.
    """
    possible = [one for one in item.get("transitions", []) if not one.get("decision") or revised]
    leading = next((one["key"] for one in possible if "comment" not in one["requires"]), None)
    if leading is None and possible:
        leading = possible[0]["key"]
    return tuple(
        Transition(
            key=one["key"],
            label=scene.named(one["name"]),
            primary=one["key"] == leading,
            needs_comment="comment" in one["requires"] or one.get("decision") == "changes_requested",
            decision=one.get("decision") or "",
        )
        for one in possible
    )


def decided(scene: Scene, approvals: Sequence[Json]) -> tuple[Decided, ...]:
    found = []
    for one in approvals:
        by, at = scene.person(one["person_id"]), moment(one["decided_at"])
        if by is None or at is None:
            continue
        version = one["versions"][0]["number"] if one["versions"] else 0
        superseded = one.get("superseded_by")
        newer = superseded.get("number") if isinstance(superseded, Mapping) else superseded
        found.append(Decided(by, at, version, one["decision"], one["comment"], newer))
    return tuple(found)


def decision(
    scene: Scene, item: Json, file: Json | None, form: Form, problem: str, team: Sequence[Person] = ()
) -> Decision:
    bound = bound_version(scene, item, file)
    possible = transitions(scene, item, bound is not None) if scene.decides else ()
    question = ""
    if item.get("verb") == "sign_off" and bound is not None:
        question = scene._("Do you sign off version %(number)s?") % {"number": bound.number}
    asked = [one for one in item.get("asked_ids") or [] if one != scene.reader]
    return Decision(
        form=form,
        transitions=possible,
        question=question,
        consequence=item.get("note") or "",
        versions=(bound,) if bound is not None else (),
        decided=decided(scene, item.get("approvals", [])),
        still=scene.persons(asked) if item["turn"] == "customer" else (),
        problem=problem,
        read=int(form.value("version") or 0) if problem and form.value("version").isdigit() else 0,
        colleagues=tuple(
            one
            for one in team
            if possible and one.side == scene.side and one.id != scene.reader and one.role != "reader"
        ),
    )


def steps(scene: Scene, item: Json, history: Sequence[Json]) -> tuple[Step, ...]:
    """The way through the workflow: the states this item has been in, where it is, and what may still come."""
    acts = sorted(history, key=lambda one: newest(one["at"]))
    entered = {_after(one, "state"): one for one in acts}
    left = {change[0]: one for one in acts if (change := (one.get("changes") or {}).get("state"))}
    current = item["state"]
    states = item.get("steps", [])
    place = next((index for index, one in enumerate(states) if one["key"] == current), 0)
    shown = [
        (index, one)
        for index, one in enumerate(states)
        if one["key"] in entered or index == place or (index > place and one["turn"] == "nobody")
    ]
    found = []
    for index, one in shown:
        is_now = one["key"] == current and one["turn"] != "nobody"
        act = entered.get(one["key"]) if one["turn"] == "nobody" else left.get(one["key"])
        is_past = index < place or one["key"] == current
        by = scene.person(act["actor_id"]) if act and is_past and not is_now else None
        at = moment(act["at"]) if act and is_past and not is_now else None
        state = "now" if is_now else "done" if is_past else "later"
        due = day(item.get("due")) if is_now else None
        found.append(Step(scene.named(one["name"]), state, by, at, due))  # type: ignore[arg-type]
    return tuple(found)


def _after(act: Json, name: str) -> str | None:
    change = (act.get("changes") or {}).get(name)
    return change[1] if change else None


def turns(item: Json, history: Sequence[Json]) -> list[tuple[datetime, str | None]]:
    """Whose turn it was since when. The first entry need not say: then it was whose the first change took it from."""
    entries = sorted(history, key=lambda one: newest(one["at"]))
    moved = [(newest(one["at"]), *one["changes"]["turn"]) for one in entries if "turn" in (one["changes"] or {})]
    began = [(newest(entries[0]["at"]), moved[0][1] if moved else item["turn"])] if entries else []
    return [*began, *((at, after) for at, _, after in moved)]


def waits(scene: Scene, item: Json, history: Sequence[Json]) -> Waits:
    return waits_of(scene, turns(item, history))


def own_acts(scene: Scene) -> dict[str, str]:
    """What the reader did; many languages say it otherwise than of others."""
    return {
        "created": scene._("You added this"),
        "published": scene._("You shared this"),
        "approved": scene._("You signed off"),
        "changes_requested": scene._("You asked for changes"),
        "delegated": scene._("You handed this on"),
        "changed": scene._("You changed this"),
    }


def acts_of_others(scene: Scene) -> dict[str, str]:
    return {
        "created": scene._("%(name)s added this"),
        "published": scene._("%(name)s shared this with you"),
        "approved": scene._("%(name)s signed off"),
        "changes_requested": scene._("%(name)s asked for changes"),
        "delegated": scene._("%(name)s handed this on"),
        "changed": scene._("%(name)s changed this"),
    }


def act_words(scene: Scene, act: Json, names: Mapping[str, str]) -> str:
    """One sentence: who did what. A step that only its workflow knows is told by the state it led to."""
    if act["act"] == "superseded":
        return scene._("A newer version came; the sign-off is asked for again")
    is_own = str(act["actor_id"]) == scene.reader
    sentence = (own_acts(scene) if is_own else acts_of_others(scene)).get(act["act"])
    step = names.get(_after(act, "state") or "") or act["act"].replace("_", " ")
    return (sentence or scene._("%(name)s: %(step)s")) % {"name": scene.name(act["actor_id"]), "step": step}


def history_lines(scene: Scene, item: Json, history: Sequence[Json]) -> tuple[Act, ...]:
    names = {one["key"]: scene.named(one["name"]) for one in item.get("steps", [])}
    return tuple(
        Act(
            at=newest(one["at"]),
            words=act_words(scene, one, names),
            by=scene.person(one["actor_id"]),
            detail=scene._("“%(words)s”") % {"words": one["comment"]} if one.get("comment") else "",
            version=one["versions"][0]["number"] if one.get("versions") else None,
        )
        for one in history
        if one["act"] != "changed" or set(one.get("changes") or {}) & set(TITLES)
    )


def following(scene: Scene, item: Json, plan: Sequence[Json]) -> tuple[Waiting, ...]:
    """What comes next in the same phase."""
    later = [
        row
        for row in plan
        if row.get("form") != "placeholder"
        and row["id"] != item["id"]
        and row.get("parent_id") == item.get("parent_id")
        and row["position"] > item["position"]
        and row["turn"] != "nobody"
        and row["kind"] != "phase"
    ]
    return tuple(
        Waiting(row["title"], f"/items/{row['id']}", row["turn"], scene.named(row.get("state_name")))
        for row in later[:3]
    )


def _compared_with(scene: Scene, item: Json, file: Json | None) -> int:
    """The older version that the bound one is compared with; 0 where there is none."""
    version = item.get("version")
    if file is None or not version:
        return 0
    return compared_with(scene, file, version["number"], approvals_by_version(file["id"], item.get("approvals", [])))


def first_page(item: Json, preview: Json | None) -> Sheet | None:
    version = item.get("version")
    pages = sheets(version["file_id"], version["number"], preview) if version and preview else ()
    return pages[0] if pages else None


def item_page(
    scene: Scene,
    item: Json,
    *,
    project: Json,
    plan: Sequence[Json],
    file: Json | None,
    preview: Json | None,
    history: Sequence[Json],
    form: Form,
    problem: str,
    team: Sequence[Person],
    threads: Mapping[str, Thread],
    upload: Form | None,
    missing: Collection[str],
) -> ItemPage:
    asked = scene.persons(item.get("asked_ids"))
    files = (file_line(scene, {**file, "current": file.get("current")}),) if file else ()
    older = _compared_with(scene, item, file)
    return ItemPage(
        id=item["id"],
        title=item["title"],
        project_id=item["project_id"],
        project=project.get("title", ""),
        turn=item["turn"],
        state=scene.named(item.get("state_name")),
        verb=verb(item),
        kind=item["kind"],
        due=day(item.get("due")),
        asked_by=scene.person(item.get("asked_by")) if item["turn"] == "customer" else None,
        asked_at=moment(item.get("turn_since")),
        person=(asked[0] if asked else None) if item["turn"] == "customer" else scene.person(item.get("owner_id")),
        note=item.get("note") or "",
        third_party=item.get("third_party") or "",
        workflow=scene.named((item.get("workflow") or {}).get("name")),
        decision=decision(scene, item, file, form, problem, team),
        compare_url=compare_address(file["id"], older, item["version"]["number"]) if file and older else "",
        compared_with=older,
        first_page=first_page(item, preview),
        steps=steps(scene, item, history),
        clock=clock(scene, item),
        waits=waits(scene, item, history),
        history=history_lines(scene, item, history),
        thread=threads.get("shared"),
        private_thread=threads.get("private"),
        files=files,
        upload=upload,
        follows=following(scene, item, plan),
        missing=frozenset(missing),
    )
