"""What changed since the reader last looked, project by project."""

from collections.abc import Collection, Sequence
from datetime import datetime

from atrium_gateway.pages.composing.home import asks
from atrium_gateway.pages.composing.rows import file_line, health, newest_update, project_line, talk_line
from atrium_gateway.pages.composing.scene import Json, Scene, newest
from atrium_gateway.pages.presenting.others import CatchUpPage, Newcomer, NewsLine, ProjectNews
from atrium_gateway.pages.presenting.shapes import Form, Person

DECISIONS = 3
KINDS = {"risk": "risk", "issue": "issue", "decision": "decision"}


def item_news(scene: Scene, row: Json) -> NewsLine:
    reached = row["kind"] == "milestone" and row["turn"] == "nobody"
    return NewsLine(
        kind="reached" if reached else KINDS.get(row["kind"], "act"),
        title=row["title"],
        url=f"/items/{row['id']}",
        at=newest(row["turn_since"]),
        by=scene.person(row.get("owner_id")),
        text=scene.named(row.get("state_name")),
    )


def file_news(scene: Scene, row: Json) -> NewsLine:
    line = file_line(scene, row)
    text = scene._("Version %(number)s") % {"number": line.version}
    return NewsLine("files", line.name, line.url, newest(row["changed_at"]), line.by, text)


def talk_news(scene: Scene, row: Json) -> NewsLine:
    line = talk_line(scene, row)
    return NewsLine("thread", line.subject, line.url, line.at, line.by, line.text)


def project_news(
    scene: Scene, plan: Json, files: Sequence[Json], talks: Sequence[Json], since: datetime
) -> ProjectNews | None:
    """None where nothing changed."""
    project = plan["project"]
    news = [
        item_news(scene, row)
        for row in plan["items"]
        if row.get("turn_since") and row["kind"] != "phase" and newest(row["turn_since"]) > since
    ]
    ours = project["id"]
    news += [file_news(scene, row) for row in files if row["project_id"] == ours and newest(row["changed_at"]) > since]
    news += [talk_news(scene, row) for row in talks if row["project_id"] == ours and newest(row["last_act_at"]) > since]
    if not news:
        return None
    latest = sorted(news, key=lambda one: one.at, reverse=True)
    return ProjectNews(project["title"], f"/projects/{ours}", health(project), tuple(latest))


def newcomer_part(scene: Scene, home: Json, people: Sequence[Person]) -> Newcomer:
    """The reader is left out: they know who they are."""
    return Newcomer(
        projects=tuple(project_line(row) for row in home.get("projects", [])),
        ours=tuple(one for one in people if one.side == scene.side and one.id != scene.reader),
        theirs=tuple(one for one in people if one.side != scene.side),
    )


def catch_up_page(
    scene: Scene,
    home: Json,
    plans: Sequence[Json],
    files: Sequence[Json],
    talks: Sequence[Json],
    *,
    since: datetime,
    seen: Form,
    missing: Collection[str],
    newcomer: Newcomer | None = None,
) -> CatchUpPage:
    found = (project_news(scene, plan, files, talks, since) for plan in plans)
    projects = tuple(one for one in found if one is not None)
    mine, _ = asks(scene, home)
    return CatchUpPage(
        since=since,
        decisions=mine[:DECISIONS],
        projects=projects,
        update=newest_update(scene, home.get("projects", [])),
        seen=seen if projects or newcomer else None,
        changes=sum(len(one.news) for one in projects),
        newcomer=newcomer,
        missing=frozenset(missing),
    )
