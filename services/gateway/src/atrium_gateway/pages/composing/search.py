"""What is found for some words among the things that the reader sees."""

from collections.abc import Iterable, Iterator, Sequence

from atrium_gateway.pages.composing.scene import Json, Scene, stem
from atrium_gateway.pages.presenting.others import Hit, SearchPage

MOST = 20


def matches(words: Sequence[str], *texts: str | None) -> bool:
    """Every word must be somewhere."""
    text = " ".join(one for one in texts if one).casefold()
    return all(word in text for word in words)


def search_page(
    scene: Scene,
    q: str,
    plans: Sequence[Json],
    files: Iterable[Json],
    talks: Iterable[Json],
    requests: Iterable[Json],
) -> SearchPage:
    words = q.casefold().split()
    if not words:
        return SearchPage(q)
    titles = {plan["project"]["id"]: plan["project"]["title"] for plan in plans}
    found = {
        "project": (
            Hit("project", plan["project"]["title"], f"/projects/{plan['project']['id']}", plan["project"]["goal"])
            for plan in plans
            if matches(words, plan["project"]["title"], plan["project"]["goal"])
        ),
        "item": _items(scene, words, plans),
        "file": (
            Hit("file", stem(row["name"]), f"/files/{row['id']}", titles.get(row["project_id"], ""))
            for row in files
            if matches(words, row["name"])
        ),
        "thread": (
            Hit("thread", row["title"] or row["subject_title"], f"/threads/{row['id']}")
            for row in talks
            if matches(words, row["title"], row["subject_title"], (row["last_message"] or {}).get("excerpt"))
        ),
        "request": (
            Hit("request", row["title"], f"/requests/{row['id']}", row["label"])
            for row in requests
            if matches(words, row["title"], row["text"], row["label"])
        ),
    }
    return SearchPage(q, {kind: hits for kind, some in found.items() if (hits := tuple(some)[:MOST])})


def _items(scene: Scene, words: Sequence[str], plans: Iterable[Json]) -> Iterator[Hit]:
    for plan in plans:
        for row in plan["items"]:
            if row.get("form") != "placeholder" and matches(words, row["title"], row.get("note")):
                context = " · ".join(filter(None, (plan["project"]["title"], scene.named(row.get("state_name")))))
                yield Hit("item", row["title"], f"/items/{row['id']}", context)
