"""The home's parts, composed."""

from collections.abc import Collection
from datetime import date

from atrium_gateway.pages.composing.news import news, unseen
from atrium_gateway.pages.composing.rows import (
    ask,
    file_line,
    newest_update,
    project_line,
    request_ask,
    request_line,
    talk_line,
    waiting,
)
from atrium_gateway.pages.composing.scene import Json, Scene, verb
from atrium_gateway.pages.presenting.home import HomePage
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.shapes import Ask

ROWS = 5
WAITING = 8


def by_urgency(one: Ask) -> tuple[date, str]:
    return one.due or date.max, one.title


def asks(scene: Scene, home: Json) -> tuple[tuple[Ask, ...], tuple[Ask, ...]]:
    """What waits for the reader, most urgent first, and what waits for colleagues."""
    about = {row["id"]: row for row in home.get("files", [])}
    turn = home.get("your_turn") or {"mine": [], "colleagues": []}
    mine = [ask(scene, row, about.get(row.get("file_id"))) for row in turn["mine"]]
    colleagues = [ask(scene, row) for row in turn["colleagues"]]
    for row in home.get("requests", []):
        if row["turn"] == scene.side:
            is_mine = not row["asked_ids"] or scene.reader in row["asked_ids"]
            (mine if is_mine else colleagues).append(request_ask(scene, row))
    return tuple(sorted(mine, key=by_urgency)), tuple(sorted(colleagues, key=by_urgency))


def home_page(
    scene: Scene, home: Json, missing: Collection[str], looked: Looked | None = None, *, newcomer: bool = False
) -> HomePage:
    mine, colleagues = asks(scene, home)
    asked = {row.get("file_id"): verb(row) for row in (home.get("your_turn") or {}).get("mine", [])}
    projects = home.get("projects", [])
    return HomePage(
        mine=mine,
        colleagues=colleagues,
        waiting=tuple(waiting(scene, row) for row in home.get("waiting", [])[:WAITING]),
        talks=tuple(talk_line(scene, row) for row in home.get("threads", [])[:ROWS]),
        requests=tuple(request_line(scene, row) for row in home.get("requests", [])[:ROWS]),
        projects=tuple(project_line(row) for row in projects),
        files=tuple(file_line(scene, row, asked.get(row["id"])) for row in home.get("files", [])[:ROWS]),
        update=newest_update(scene, home),
        changes=len(unseen(news(scene, home, looked), looked)) if looked else 0,
        changes_since=looked.since if looked else None,
        newcomer=newcomer,
        missing=frozenset(missing),
    )
