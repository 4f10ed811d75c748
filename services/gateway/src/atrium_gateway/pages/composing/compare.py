"""Two versions of a file: their pages, with what changed marked on both and listed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from atrium_gateway.pages.composing.files import approvals_by_version, asking, file_version
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

    def url(self, change: int) -> str:
        return f"/files/{self.file}/compare?from={self.older}&to={self.newer}&change={change}#change-{change}"


def place_of(change: Json, side: str) -> tuple[int, float] | None:
    """Page and height at which a change begins on a side; None where that side has nothing of it."""
    boxes = (change[side] or {}).get("boxes") or []
    return (boxes[0]["page"], boxes[0]["y"]) if boxes else None


def places(changes: Sequence[Json], side: str, pages: int) -> dict[int, tuple[int, float]]:
    """Where each change stands on a side. What is missing there stands as far below the change before it as it does
    on the other side."""
    other = SIDES[1 - SIDES.index(side)]
    found: dict[int, tuple[int, float]] = {}
    offset = 0.0
    for change in changes:
        here, there = place_of(change, side), place_of(change, other)
        if here and there:
            offset = sum(here) - sum(there)
        elif there and pages:
            height = min(max(sum(there) + offset, 1.0), pages + 0.97)
            here = (int(height), height % 1)
        if here:
            found[change["number"]] = here
    return found


def marks(changes: Sequence[Json], side: str, pages: int, chosen: int) -> Mapping[int, tuple[Mark, ...]]:
    """The marks of each page; numbers that would lie upon each other go to the other margin."""
    found: dict[int, list[Mark]] = {}
    margins: dict[tuple[int, bool], float] = {}
    stands = places(changes, side, pages)
    for change in changes:
        number = change["number"]
        boxes: Sequence[Json] = (change[side] or {}).get("boxes") or []
        for page in sorted({box["page"] for box in boxes} | ({stands[number][0]} if number in stands else set())):
            on_page = [box for box in boxes if box["page"] == page]
            top = on_page[0]["y"] if on_page else stands[number][1]
            is_right = top - margins.get((page, False), -1.0) < APART
            top_of_number = max(top, margins.get((page, is_right), -1.0) + APART)
            margins[(page, is_right)] = top_of_number
            drawn = tuple(_drawn(box, side) for box in on_page)
            found.setdefault(page, []).append(Mark(number, f"{top_of_number:.2%}", is_right, drawn, number == chosen))
    return {page: tuple(several) for page, several in found.items()}


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
    found = marks(changes, side, len(pages), comparing.change)
    return tuple(MarkedSheet(one, found.get(one.number, ())) for one in pages)


def differences(comparing: Comparing, changes: Sequence[Json], seen: Collection[str]) -> tuple[Difference, ...]:
    found = []
    for one in changes:
        before, after = (one[side] or {} for side in SIDES)
        place = place_of(one, "to") or place_of(one, "from") or (0, 0.0)
        looked = f"{comparing.folder}/{one['number']}"
        found.append(
            Difference(
                number=one["number"],
                page=place[0],
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
