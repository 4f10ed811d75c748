"""What changed since the reader last looked, project by project."""

from collections.abc import Collection, Sequence

from atrium_gateway.pages.composing.home import asks
from atrium_gateway.pages.composing.news import news, unseen
from atrium_gateway.pages.composing.rows import health, newest_update, project_line
from atrium_gateway.pages.composing.scene import Json, Scene
from atrium_gateway.pages.presenting.others import CatchUpPage, Newcomer, NewsLine, ProjectNews
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.shapes import Form, Person

DECISIONS = 3


def project_news(scene: Scene, project: Json | None, found: Sequence[NewsLine], looked: Looked) -> ProjectNews:
    """Of one project, or of none: a request may belong to the customer alone."""
    fresh = unseen(tuple(found), looked)
    seen = tuple(line for line in found if line not in fresh)
    if project is None:
        return ProjectNews(scene._("Not in a project"), "/requests", None, fresh, seen)
    return ProjectNews(project["title"], f"/projects/{project['id']}", health(project), fresh, seen)


def by_project(scene: Scene, home: Json, found: Sequence[NewsLine], looked: Looked) -> tuple[ProjectNews, ...]:
    """Where something is new comes first."""
    known = {project["id"]: project for project in home.get("projects", [])}
    grouped: dict[str | None, list[NewsLine]] = {}
    for line in found:
        grouped.setdefault(line.project if line.project in known else None, []).append(line)
    made = [project_news(scene, known.get(one or ""), lines, looked) for one, lines in grouped.items()]
    return tuple(sorted(made, key=lambda one: not one.news))


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
    *,
    looked: Looked,
    seen: Form,
    missing: Collection[str],
    newcomer: Newcomer | None = None,
) -> CatchUpPage:
    found = news(scene, home, looked)
    mine, _ = asks(scene, home)
    return CatchUpPage(
        since=looked.since,
        decisions=mine[:DECISIONS],
        projects=by_project(scene, home, found, looked),
        update=newest_update(scene, home),
        seen=seen if found or newcomer else None,
        changes=len(unseen(found, looked)),
        newcomer=newcomer,
        missing=frozenset(missing),
    )
