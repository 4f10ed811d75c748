"""What others have changed since the reader looked: one list, which home counts and the catch-up tells."""

from collections.abc import Iterator

from atrium_gateway.pages.composing.rows import address, file_line, moved_by, request_line, talk_line
from atrium_gateway.pages.composing.scene import Json, Scene, newest
from atrium_gateway.pages.presenting.others import NewsLine
from atrium_gateway.pages.presenting.page import Looked
from atrium_gateway.pages.presenting.shapes import Person

KINDS = {"risk": "risk", "issue": "issue", "decision": "decision"}


def item_news(scene: Scene, row: Json) -> NewsLine:
    reached = row["item_kind"] == "milestone" and row["turn"] == "nobody"
    return NewsLine(
        kind="reached" if reached else KINDS.get(row["item_kind"], "act"),
        title=row["title"],
        url=address(row),
        at=newest(row["turn_since"]),
        by=scene.person(row.get("owner_id")),
        text=scene.named(row.get("state_name")),
        project=row["project_id"],
    )


def request_news(scene: Scene, row: Json) -> NewsLine:
    line = request_line(scene, row)
    text = " · ".join(filter(None, (line.number, line.state)))
    return NewsLine("requests", line.title, line.url, newest(row["turn_since"]), line.assigned, text, row["project_id"])


def file_news(scene: Scene, row: Json) -> NewsLine:
    line = file_line(scene, row)
    text = scene._("Version %(number)s") % {"number": line.version}
    return NewsLine("files", line.name, line.url, newest(row["changed_at"]), line.by, text, row["project_id"])


def talk_news(scene: Scene, row: Json) -> NewsLine:
    line = talk_line(scene, row)
    return NewsLine("thread", line.subject, line.url, line.at, line.by, line.text, row["project_id"])


def _is_own(scene: Scene, by: Person | None) -> bool:
    return by is not None and by.id == scene.reader


def lines(scene: Scene, home: Json) -> Iterator[tuple[NewsLine, bool]]:
    """All that the home's answers tell of, and whether it was the reader's own act.

    Who moved an item is not told; its person is whoever has it. Nor is who moved a request, once its turn has moved.
    """
    for row in home.get("moved", []):
        yield item_news(scene, row), False
    for row in home.get("requests", []):
        yield request_news(scene, row), _is_own(scene, moved_by(scene, row))
    for line in (file_news(scene, row) for row in home.get("files", [])):
        yield line, _is_own(scene, line.by)
    for line in (talk_news(scene, row) for row in home.get("threads", [])):
        yield line, _is_own(scene, line.by)


def news(scene: Scene, home: Json, looked: Looked) -> tuple[NewsLine, ...]:
    """Newest first, since the reader said to have seen everything."""
    found = [line for line, is_own in lines(scene, home) if line.at > looked.since and not is_own]
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))


def unseen(found: tuple[NewsLine, ...], looked: Looked) -> tuple[NewsLine, ...]:
    """Without what was on screen since it changed."""
    return tuple(line for line in found if looked.is_news(line.url, line.at))
