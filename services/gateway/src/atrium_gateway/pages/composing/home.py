"""The home's parts, composed."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from atrium_gateway.pages.composing.rows import (
    address,
    ask,
    file_line,
    newest_update,
    project_line,
    request_ask,
    request_line,
    talk_line,
    waiting,
)
from atrium_gateway.pages.composing.scene import Json, Scene, moment, verb
from atrium_gateway.pages.presenting.home import HomePage
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.shapes import Ask, Person

ROWS = 5
WAITING = 8


def by_urgency(one: Ask) -> tuple[date, str]:
    return one.due or date.max, one.title


def asks(scene: Scene, home: Json) -> tuple[tuple[Ask, ...], tuple[Ask, ...]]:
    """What waits for the reader, most urgent first, and what waits for colleagues."""
    versions = {row["id"]: row["current_version"] for row in home.get("files", [])}
    turn = home.get("your_turn") or {"mine": [], "colleagues": []}
    mine = [ask(scene, row, versions.get(row.get("file_id"))) for row in turn["mine"]]
    colleagues = [ask(scene, row) for row in turn["colleagues"]]
    for row in home.get("requests", []):
        if row["turn"] == scene.side:
            is_mine = not row["asked_ids"] or scene.reader in row["asked_ids"]
            (mine if is_mine else colleagues).append(request_ask(scene, row))
    return tuple(sorted(mine, key=by_urgency)), tuple(sorted(colleagues, key=by_urgency))


def moves(scene: Scene, home: Json) -> Iterator[tuple[str, datetime | None, Person | None]]:
    """What may have changed: its address, when it last did, by whom where that is known."""
    turn = home.get("your_turn") or {"mine": [], "colleagues": []}
    for row in (*turn["mine"], *turn["colleagues"], *home.get("waiting", []), *home.get("requests", [])):
        yield address(row), moment(row.get("turn_since")), None
    for file in (file_line(scene, row) for row in home.get("files", [])):
        yield file.url, file.at, file.by
    for talk in (talk_line(scene, row) for row in home.get("threads", [])):
        yield talk.url, talk.at, talk.by


def changes_after(scene: Scene, home: Json, looked: Looked) -> int:
    """How many things others have moved since the reader looked at them."""
    changed = moves(scene, home)
    return len({url for url, at, by in changed if looked.is_news(url, at) and (by is None or by.id != scene.reader)})


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
        update=newest_update(scene, projects),
        changes=changes_after(scene, home, looked) if looked else 0,
        changes_since=looked.since if looked else None,
        newcomer=newcomer,
        missing=frozenset(missing),
    )
