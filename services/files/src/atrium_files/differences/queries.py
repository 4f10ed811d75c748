"""Both sides of a comparison, and what is said before any word is compared."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from atrium_chassis.viewer import Viewer
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.differences.layout import PageOfWords
from atrium_files.differences.model import Aligned, Box, Change, Passage, State, align, changed_pages, changes_of
from atrium_files.differences.spots import Carried, Spot, carry
from atrium_files.library.queries import read_version
from atrium_files.previews.model import Preview, unpacked
from atrium_files.previews.queries import load_preview


@dataclass(frozen=True)
class Side:
    status: str
    sha256: str | None
    preview: Preview


async def load_side(connection: AsyncConnection, viewer: Viewer, file_id: UUID, number: int) -> Side:
    """Raises NotFound."""
    version = await read_version(connection, viewer, file_id, number)
    preview = await load_preview(connection, viewer, file_id, number, with_words=True)
    return Side(version["status"], version["sha256"], preview)


def differences(old: Side, new: Side) -> dict[str, Any]:
    """Takes up to a second for long documents: call it in a thread."""
    state, both = _aligned(old, new)
    changes = changes_of(both) if both else []
    return {
        "state": state,
        "page_count": {"from": old.preview.page_count, "to": new.preview.page_count},
        "changed_pages": changed_pages(changes),
        "changes": [_told(change) for change in changes],
    }


def carried_spots(old: Side, new: Side, spots: Sequence[Spot]) -> dict[str, Any]:
    """Where nothing can be compared, spots stay where they are. Call it in a thread."""
    state, both = _aligned(old, new)
    found = carry(both, spots) if both else [Carried(spot, changed=False) for spot in spots]
    return {"state": state, "spots": [{**asdict(one.spot), "changed": one.changed} for one in found]}


def _aligned(old: Side, new: Side) -> tuple[State, Aligned | None]:
    state = _beforehand(old, new)
    return align(_pages(old.preview), _pages(new.preview)) if state == "ready" else (state, None)


def _beforehand(old: Side, new: Side) -> State:
    if old.status == new.status == "ready" and old.sha256 == new.sha256:
        return "same"
    states = {old.preview.state, new.preview.state}
    if states & {"none", "failed"}:
        return "none"
    return "making" if "making" in states else "ready"


def _pages(preview: Preview) -> list[PageOfWords]:
    return [PageOfWords(page.number, page.width, page.height, unpacked(page.words)) for page in preview.pages]


def _told(change: Change) -> dict[str, Any]:
    place = change.place
    return {
        "number": change.number,
        "kind": change.kind,
        "from": _passage(change.old),
        "to": _passage(change.new),
        "follows": change.follows,
        "place": _box(place) if place else None,
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    return {"text": passage.text, "boxes": [_box(box) for box in passage.boxes]} if passage else None


def _box(box: Box) -> dict[str, Any]:
    return {"page": box.page, "x": box.x, "y": box.y, "width": box.width, "height": box.height}
