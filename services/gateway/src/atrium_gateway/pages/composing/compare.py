"""Two versions of a file: their pages, with what changed marked on both and listed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from atrium_gateway.pages.composing.files import approvals_by_version, asking, compare_address, file_version
from atrium_gateway.pages.composing.items import decision
from atrium_gateway.pages.composing.scene import Json, Scene, day, stem, verb
from atrium_gateway.pages.composing.viewing import sheets
from atrium_gateway.pages.presenting.compare import (
    ComparePage,
    CompareState,
    Difference,
    Mark,
    Marked,
    MarkedSheet,
    Mode,
)
from atrium_gateway.pages.presenting.item import Decision
from atrium_gateway.pages.presenting.shapes import Change, Form

#: Numbers in one margin keep this distance, in fractions of a page's height.
APART = 0.03
SIDES = ("from", "to")


@dataclass(frozen=True)
class Comparing:
    """Which two versions, how they are shown, which change is stepped to."""

    file: str
    older: int
    newer: int
    mode: Mode = "text"
    change: int = 0

    @property
    def folder(self) -> str:
        """Where this reader's marks of what was seen lie; see `PUT /api/v1/seen`."""
        return f"files/{self.file}/changes/{self.older}-{self.newer}"

    @property
    def _mode(self) -> str:
        return f"&mode={self.mode}" if self.mode != "text" else ""

    def url(self, change: int) -> str:
        return f"{compare_address(self.file, self.older, self.newer)}{self._mode}&change={change}#change-{change}"


def place_of(change: Json, side: str) -> Json | None:
    """Where a change begins on a side, or where what is missing there would stand."""
    boxes = (change[side] or {}).get("boxes") or []
    return boxes[0] if boxes else change.get("place") if change[side] is None else None


def marks(changes: Sequence[Json], side: str, chosen: int) -> Mapping[int, tuple[Mark, ...]]:
    """The marks of each page; numbers that would lie upon each other go to the other margin."""
    found: dict[int, list[Mark]] = {}
    margins: dict[tuple[int, bool], float] = {}
    for change in changes:
        place = place_of(change, side)
        for page, boxes in _by_page(change, side, place).items():
            top = (boxes[0] if boxes else place or {"y": 0.0})["y"]
            is_right = top - margins.get((page, False), -1.0) < APART
            beside = max(top, margins.get((page, is_right), -1.0) + APART)
            margins[(page, is_right)] = beside
            drawn = tuple(_drawn(box, side) for box in boxes)
            caret = _caret(place) if place and not boxes else None
            number = change["number"]
            found.setdefault(page, []).append(Mark(number, f"{beside:.2%}", is_right, drawn, caret, number == chosen))
    return {page: tuple(several) for page, several in found.items()}


def _by_page(change: Json, side: str, place: Json | None) -> dict[int, list[Json]]:
    """The boxes of a change by their pages; none on the page where it would stand."""
    found: dict[int, list[Json]] = {place["page"]: []} if place else {}
    for box in (change[side] or {}).get("boxes") or []:
        found.setdefault(box["page"], []).append(box)
    return found


def _caret(place: Json) -> tuple[str, str]:
    return (f"{place['x']:.2%}", f"{place['y']:.2%}")


def _drawn(box: Json, side: str) -> Marked:
    """What was there before is struck through, what is new is underlined."""
    rule = box["y"] + box["height"] * (0.55 if side == "from" else 1.0)
    lengths = (box["x"], box["y"], box["width"], box["height"], box["x"] + box["width"], rule)
    return Marked(*(f"{length:.2%}" for length in lengths))


def marked(comparing: Comparing, side: str, preview: Json | None, changes: Sequence[Json]) -> tuple[MarkedSheet, ...]:
    if preview is None or preview["state"] != "ready":
        return ()
    number = comparing.older if side == "from" else comparing.newer
    pages = sheets(comparing.file, number, preview)
    found = marks(changes, side, comparing.change)
    return tuple(MarkedSheet(one, found.get(one.number, ())) for one in pages)


def differences(comparing: Comparing, changes: Sequence[Json], seen: Collection[str]) -> tuple[Difference, ...]:
    found = []
    for one in changes:
        before, after = (one[side] or {} for side in SIDES)
        place = place_of(one, "to") or place_of(one, "from") or {"page": 0}
        looked = f"{comparing.folder}/{one['number']}"
        found.append(
            Difference(
                number=one["number"],
                kind=one["kind"],
                follows=one.get("follows", ""),
                page=place["page"],
                words=Change("", before.get("text", ""), after.get("text", "")),
                url=comparing.url(one["number"]),
                looked=looked,
                is_chosen=one["number"] == comparing.change,
                is_seen=looked in seen,
            )
        )
    return tuple(found)


def act_on(scene: Scene, item: Json | None, file: Json, number: int, form: Form | None) -> Decision | None:
    """The decision that the reader may take right here: about the current version, and only if it is the newer one."""
    asks = asking(scene, item)
    if asks is None or form is None or not asks.get("version") or file["current_version"] != number:
        return None
    made = decision(scene, asks, file, form, "")
    return made if made.versions and made.versions[0].number == number and made.transitions else None


def compare_page(
    scene: Scene,
    comparing: Comparing,
    file: Json,
    *,
    project: Json,
    item: Json | None,
    form: Form | None,
    found: Json | None,
    previews: Mapping[str, Json],
    seen: Mapping[str, datetime],
    missing: Collection[str],
) -> ComparePage:
    """`found` is what the files service says of the two, `item` the one whose act is about this file."""
    approvals = approvals_by_version(file["id"], (item or {}).get("approvals", []))
    held = {one["number"]: file_version(scene, file, one, approvals, None) for one in file["versions"]}
    changes: Sequence[Json] = found["changes"] if found and found["state"] == "ready" else []
    asks = asking(scene, item) if file["current_version"] == comparing.newer else None
    state: CompareState = found["state"] if found else "away" if "differences" in missing else "none"
    return ComparePage(
        id=file["id"],
        name=stem(file["name"]),
        project_id=file["project_id"],
        project=project.get("title", ""),
        older=held[comparing.older],
        newer=held[comparing.newer],
        state=state,
        mode=comparing.mode,
        changes=differences(comparing, changes, seen),
        changed_pages=found["changed_pages"] if found else 0,
        page_count=(found["page_count"]["to"] or 0) if found else 0,
        older_sheets=marked(comparing, "from", previews.get("from"), changes),
        newer_sheets=marked(comparing, "to", previews.get("to"), changes),
        verb=verb(asks) if asks else None,
        due=day(asks.get("due")) if asks else None,
        act_url=f"/items/{asks['id']}" if asks else "",
        decision=act_on(scene, item, file, comparing.newer, form),
        missing=frozenset(missing),
    )
