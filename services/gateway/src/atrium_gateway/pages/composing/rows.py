"""Rows that several pages show: asks, waiting things, projects, files, conversations, requests."""

from atrium_gateway.pages.composing.scene import Json, Scene, clock, day, extension, moment, newest, stem, verb
from atrium_gateway.pages.composing.viewing import sheet
from atrium_gateway.pages.composing.waits import waits_of
from atrium_gateway.pages.presenting.shapes import (
    Ask,
    FileLine,
    Health,
    Person,
    ProjectLine,
    RequestLine,
    StatusUpdate,
    TalkLine,
    Tone,
    Verb,
    Waiting,
)

HEALTH = {"needs_attention": "attention"}
#: A verb for what a workflow asks without naming it.
ACT = Verb("act")
REQUEST_TONES: dict[str, Tone] = {"question": "accent", "done": "ok"}


def health(project: Json) -> Health:
    status: str = project["status"]
    return Health(HEALTH.get(status, status))


def address(row: Json) -> str:
    return f"/requests/{row['id']}" if row.get("kind") == "request" else f"/items/{row['id']}"


def ask(scene: Scene, row: Json, file: Json | None = None) -> Ask:
    """An item or request whose turn has come; `file` is what it is about, at its current version."""
    version = file["current_version"] if file else None
    size = file.get("first_page") if file else None
    asked = scene.persons(row.get("asked_ids"))
    return Ask(
        title=row["title"],
        url=address(row),
        verb=verb(row) or ACT,
        context=row.get("project_title") or "",
        due=day(row.get("due")),
        why=row.get("note") or "",
        asked_by=scene.person(row.get("asked_by")),
        asked_at=moment(row.get("turn_since")),
        person=asked[0] if asked else None,
        version=version,
        first_page=sheet(file["id"], version, 1, size) if file and version and size else None,
        delegate_url=f"{address(row)}#delegate" if row.get("kind") == "item" and scene.decides else "",
    )


def request_ask(scene: Scene, row: Json) -> Ask:
    """A request that asks something back."""
    return ask(scene, {**row, "kind": "request", "note": row.get("question"), "asked_by": row.get("owner_id")})


def waiting(scene: Scene, row: Json) -> Waiting:
    state = scene.named(row.get("state_name"))
    return Waiting(
        title=row["title"],
        url=address(row),
        turn=row["turn"],
        context=" · ".join(filter(None, (row.get("project_title"), state))),
        person=scene.person(row.get("owner_id")),
        due=day(row.get("due")),
        at=moment(row.get("turn_since")),
    )


def project_line(row: Json) -> ProjectLine:
    milestones = row["milestones"]
    following = milestones["next"] or {}
    return ProjectLine(
        title=row["title"],
        url=f"/projects/{row['id']}",
        health=health(row),
        reached=milestones["reached"],
        milestones=milestones["all"],
        next_title=following.get("title", ""),
        next_due=day(following.get("due")),
        goal=row["goal"],
    )


def status_update(scene: Scene, row: Json, report_url: str = "") -> StatusUpdate | None:
    by, at = scene.person(row.get("status_by")), moment(row.get("status_at"))
    if not row.get("status_text") or by is None or at is None:
        return None
    touchpoint = row.get("next_touchpoint") or {}
    return StatusUpdate(by, at, row["status_text"], moment(touchpoint.get("at")), report_url)


def newest_update(scene: Scene, home: Json) -> StatusUpdate | None:
    latest = max(home.get("projects", []), key=lambda row: newest(row.get("status_at")), default=None)
    if latest is None:
        return None
    report = next((one for one in home.get("reports", []) if one["project_id"] == latest["id"]), None)
    return status_update(scene, latest, f"/reports/{report['id']}" if report else "")


def file_line(scene: Scene, row: Json, asked: Verb | None = None) -> FileLine:
    """A file at its current version; the latest one where none is ready yet."""
    current = row.get("current") or {}
    return FileLine(
        name=stem(row["name"]),
        url=f"/files/{row['id']}",
        extension=extension(row["name"]),
        version=current.get("number") or row["latest_number"],
        by=scene.person(current.get("uploaded_by") or row["created_by"]),
        at=moment(current.get("uploaded_at") or row["changed_at"]),
        size=current.get("size"),
        verb=asked,
    )


def talk_line(scene: Scene, row: Json) -> TalkLine:
    last = row.get("last_message") or {}
    return TalkLine(
        subject=row["title"] or row["subject_title"],
        url=f"/threads/{row['id']}",
        audience=row["audience"],
        at=newest(row["last_act_at"]),
        by=scene.person(last.get("author_id")),
        text=last.get("excerpt", ""),
        unread=row["unread"],
    )


def kind_of_request(scene: Scene, key: str) -> str:
    words = {
        "fault": scene._("Fault"),
        "question": scene._("Question"),
        "wish": scene._("Wish"),
        "access": scene._("Access"),
    }
    return words.get(key, key)


def moved_by(scene: Scene, row: Json) -> Person | None:
    """Who raised a request, as long as its turn has not moved; who moved it later is not told."""
    return scene.person(row["raised_by"]) if len(row.get("turns", [])) == 1 else None


def request_line(scene: Scene, row: Json) -> RequestLine:
    return RequestLine(
        number=row["label"],
        title=row["title"],
        url=f"/requests/{row['id']}",
        turn=row["turn"],
        state=scene.named(row.get("state_name")),
        tone=REQUEST_TONES.get(row["state"], ""),
        kind=kind_of_request(scene, row["kind"]),
        project=row.get("project_title") or "",
        by=scene.person(row["raised_by"]),
        assigned=scene.person(row.get("owner_id")),
        clock=clock(scene, row),
        verb=verb(row),
        question=row.get("question") or "",
        asked_by=scene.person(row.get("owner_id")),
        due=day(row.get("due")),
        done_at=moment(row["turn_since"]) if row["turn"] == "nobody" else None,
        at=moment(row["turn_since"]),
        third_party=row.get("third_party") or "",
        waits=waits_of(scene, [(newest(one["since"]), one["turn"]) for one in row.get("turns", [])]),
        moved_by=moved_by(scene, row),
    )
