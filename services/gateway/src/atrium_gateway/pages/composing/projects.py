"""A project's page: milestones on a line of time, the plan by phases, risks and decisions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from atrium_gateway.pages.composing.home import by_urgency
from atrium_gateway.pages.composing.rows import ask, file_line, health, status_update, talk_line
from atrium_gateway.pages.composing.scene import Json, Scene, day, moment, newest, verb
from atrium_gateway.pages.presenting.project import Milestone, Phase, Placeholder, PlanRow, ProjectPage, Remark
from atrium_gateway.pages.presenting.shapes import Ask, Change, Form, Person

REMARKS = ("risk", "issue", "decision")
FILTERS = ("customer", "provider", "nobody")
ROWS = 6
CHANGES = 5


def is_placeholder(row: Json) -> bool:
    return row.get("form") == "placeholder"


def milestones(rows: Sequence[Json], today: date) -> tuple[tuple[Milestone, ...], float]:
    """The milestones by date, and where today lies on their line."""
    dated = sorted(
        ((due, row) for row in rows if row.get("kind") == "milestone" and (due := day(row.get("due"))) is not None),
        key=lambda pair: pair[0],
    )
    if not dated:
        return (), 0.0
    first, last = min(dated[0][0], today), max(dated[-1][0], today)
    length = max(1, (last - first).days)
    following = next((row["id"] for _, row in dated if row["turn"] != "nobody"), None)
    found: list[Milestone] = []
    for due, row in dated:
        state: Literal["reached", "next", "later"] = (
            "reached" if row["turn"] == "nobody" else "next" if row["id"] == following else "later"
        )
        place = (due - first).days / length
        found.append(Milestone(row["title"], due, state, place, f"/items/{row['id']}"))
    return tuple(found), (today - first).days / length


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
    until = max((due for row in held if (due := day(row.get("due"))) is not None), default=None)
    return Phase(
        title=head["title"] if head else "",
        rows=tuple(plan_row(scene, row) for row in shown if not chosen or row["turn"] == chosen),
        placeholders=() if chosen else tuple(Placeholder(day(row.get("due"))) for row in held if is_placeholder(row)),
        until=(day(head.get("due")) if head else None) or until,
        done=done,
        total=len(held),
        finished=bool(held) and done == len(held),
    )


def remark(row: Json) -> Remark:
    return Remark(row["kind"], row["title"], f"/items/{row['id']}", row.get("note") or "")


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
    line, today_place = milestones(rows, scene.today)
    waiting = open_asks(scene, rows)
    contacts = [one["person_id"] for one in project.get("contacts") or []]
    if project.get("lead_id") and project["lead_id"] not in contacts:
        contacts.insert(0, project["lead_id"])
    return ProjectPage(
        id=project["id"],
        title=project["title"],
        health=health(project),
        goal=project["goal"],
        contacts=scene.persons(contacts),
        next_at=moment(touchpoint.get("at")),
        next_title=touchpoint.get("title") or "",
        next_milestone=next((one for one in line if one.state == "next"), None),
        milestones=line,
        today_place=today_place,
        reached=sum(one.state == "reached" for one in line),
        first_ask=waiting[0] if waiting else None,
        asks=len(waiting),
        phases=phases(scene, rows, chosen),
        filter=chosen,
        counts=counts(rows),
        remarks=tuple(remark(row) for row in rows if row.get("kind") in REMARKS),
        update=status_update(scene, project),
        changes=recent_changes(scene, rows, files, since) if since else (),
        changes_since=since,
        people=tuple(people),
        files=tuple(file_line(scene, row) for row in files[:ROWS]),
        upload=upload,
        talks=tuple(talk_line(scene, row) for row in talks[:ROWS]),
        report_url=report_url,
        missing=frozenset(missing),
    )
