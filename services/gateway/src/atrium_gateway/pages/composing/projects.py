"""A project's page: the plan by phases, risks and decisions, what moved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from atrium_gateway.pages.composing.home import by_urgency
from atrium_gateway.pages.composing.rows import ask, file_line, health, status_update, talk_line
from atrium_gateway.pages.composing.scene import Json, Scene, day, moment, newest, verb
from atrium_gateway.pages.composing.timeline import line_of, milestones, stretches
from atrium_gateway.pages.presenting.project import Phase, Placeholder, PlanRow, ProjectPage, Remark
from atrium_gateway.pages.presenting.shapes import Ask, Change, Form, Person

REMARKS = ("risk", "issue", "decision")
FILTERS = ("customer", "provider", "nobody")
ROWS = 6
CHANGES = 5


def is_placeholder(row: Json) -> bool:
    return row.get("form") == "placeholder"


def plan_row(scene: Scene, row: Json) -> PlanRow:
    who = (row.get("asked_ids") or [None])[0] if row["turn"] == "customer" else row.get("owner_id")
    return PlanRow(
        title=row["title"],
        url=f"/items/{row['id']}",
        turn=row["turn"],
        state=scene.named(row.get("state_name")),
        verb=verb(row),
        context="" if row["turn"] == "nobody" else scene.named(row.get("state_name")),
        person=scene.person(who),
        due=day(row.get("due")),
        until=day(row.get("until")),
        mine=row["turn"] == scene.side and scene.decides,
        at=moment(row.get("turn_since")),
        third_party=row.get("third_party") or "",
    )


def phases(scene: Scene, rows: Sequence[Json], chosen: str) -> tuple[Phase, ...]:
    """Rows under the phase they lie in, however deep; those in none come first, without a title."""
    by_id = {row["id"]: row for row in rows}
    headed: dict[str | None, list[Json]] = {None: []}
    for row in rows:
        if row.get("kind") == "phase":
            headed[row["id"]] = []
    for row in rows:
        if row.get("kind") in {"phase", *REMARKS}:
            continue
        headed[_phase_of(row, by_id)].append(row)
    made = [_phase(scene, by_id.get(key or ""), held, chosen) for key, held in headed.items()]
    return tuple(one for one in made if one.rows or one.placeholders)


def _phase_of(row: Json, by_id: Mapping[str, Json]) -> str | None:
    parent = by_id.get(row.get("parent_id") or "")
    while parent is not None and parent.get("kind") != "phase":
        parent = by_id.get(parent.get("parent_id") or "")
    return str(parent["id"]) if parent is not None else None


def _phase(scene: Scene, head: Json | None, held: Sequence[Json], chosen: str) -> Phase:
    shown = [row for row in held if not is_placeholder(row)]
    done = sum(row["turn"] == "nobody" for row in shown)
    until = max((last for row in held if (last := day(row.get("until") or row.get("due"))) is not None), default=None)
    return Phase(
        title=head["title"] if head else "",
        rows=tuple(plan_row(scene, row) for row in shown if not chosen or row["turn"] == chosen),
        placeholders=() if chosen else tuple(placeholder(row) for row in held if is_placeholder(row)),
        until=(day(head.get("due")) if head else None) or until,
        done=done,
        total=len(held),
        finished=bool(held) and done == len(held),
    )


def placeholder(row: Json) -> Placeholder:
    return Placeholder(day(row.get("due")), day(row.get("until")))


def remarks(rows: Sequence[Json]) -> tuple[Remark, ...]:
    """What may go wrong before what was decided."""
    found = [row for row in rows if row.get("kind") in REMARKS]
    return tuple(
        Remark(row["kind"], row["title"], f"/items/{row['id']}", row.get("note") or "")
        for row in sorted(found, key=lambda row: REMARKS.index(row["kind"]))
    )


def counts(rows: Sequence[Json]) -> dict[str, int]:
    """How many items each filter shows; placeholders count as items of the plan."""
    held = [row for row in rows if is_placeholder(row) or row.get("kind") not in {"phase", *REMARKS}]
    return {
        "": len(held),
        **{turn: sum(row.get("turn") == turn for row in held) for turn in FILTERS},
    }


def open_asks(scene: Scene, rows: Sequence[Json]) -> list[Ask]:
    """What this project asks of the reader, or of nobody in particular, most urgent first."""
    mine = [
        row
        for row in rows
        if row.get("turn") == scene.side
        and row.get("kind") != "phase"
        and (not row.get("asked_ids") or scene.reader in row["asked_ids"])
    ]
    return sorted((ask(scene, {**row, "kind": "item"}) for row in mine), key=by_urgency)


def recent_changes(scene: Scene, rows: Sequence[Json], files: Sequence[Json], since: datetime) -> tuple[Change, ...]:
    """What moved since then, newest first: turns of items and new versions of files."""
    moved = [
        Change(
            row["title"],
            after=scene.named(row.get("state_name")),
            at=moment(row["turn_since"]),
            by=scene.person(row.get("owner_id")),
            url=f"/items/{row['id']}",
        )
        for row in rows
        if row.get("kind") != "phase" and row.get("turn_since") and newest(row["turn_since"]) > since
    ]
    for row in files:
        current = row.get("current")
        if current and newest(current["uploaded_at"]) > since:
            line = file_line(scene, row)
            version = scene._("Version %(number)s") % {"number": line.version}
            moved.append(Change(line.name, after=version, at=line.at, by=line.by, url=line.url))
    return tuple(sorted(moved, key=lambda one: one.at or since, reverse=True)[:CHANGES])


def parts_of(project: Json) -> dict[str, str]:
    """What each contact does in the project."""
    return {one["person_id"]: one["part"] for one in project.get("contacts") or []}


def contacts(scene: Scene, project: Json) -> tuple[Person, ...]:
    """The lead first."""
    parts = parts_of(project)
    leading = [project["lead_id"]] if project.get("lead_id") not in {None, *parts} else []
    return tuple(replace(one, part=parts.get(one.id, "")) for one in scene.persons([*leading, *parts]))


def project_page(
    scene: Scene,
    plan: Json,
    files: Sequence[Json],
    talks: Sequence[Json],
    *,
    people: Sequence[Person],
    upload: Form | None,
    chosen: str,
    report_url: str,
    since: datetime | None,
    missing: Collection[str],
) -> ProjectPage:
    """`plan` is the answer of `GET /projects/{project}/plan`."""
    project, rows = plan["project"], plan["items"]
    touchpoint = project.get("next_touchpoint") or {}
    line = line_of(rows, day(project.get("starts_on")), scene.today)
    marked, whole = milestones(rows, line), phases(scene, rows, "")
    waiting, parts = open_asks(scene, rows), parts_of(project)
    return ProjectPage(
        id=project["id"],
        title=project["title"],
        health=health(project),
        goal=project["goal"],
        contacts=contacts(scene, project),
        next_at=moment(touchpoint.get("at")),
        next_title=touchpoint.get("title") or "",
        next_milestone=next((one for one in marked if one.state == "next"), None),
        milestones=marked,
        today_place=line.place(scene.today),
        stretches=stretches(whole, line, scene.today),
        reached=sum(one.state == "reached" for one in marked),
        first_ask=waiting[0] if waiting else None,
        asks=len(waiting),
        phases=phases(scene, rows, chosen) if chosen else whole,
        filter=chosen,
        counts=counts(rows),
        remarks=remarks(rows),
        update=status_update(scene, project, report_url),
        changes=recent_changes(scene, rows, files, since) if since else (),
        changes_since=since,
        people=tuple(replace(one, part=parts.get(one.id, "")) for one in people),
        files=tuple(file_line(scene, row) for row in files[:ROWS]),
        upload=upload,
        talks=tuple(talk_line(scene, row) for row in talks[:ROWS]),
        report_url=report_url,
        missing=frozenset(missing),
    )
