"""A version's preview and its points, open at one page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from atrium_gateway.pages.composing.scene import Json, Scene, moment, newest
from atrium_gateway.pages.presenting.shapes import Audience, Choice, Form, Sheet
from atrium_gateway.pages.presenting.viewing import Point, PreviewState, Viewer

ZOOMS = (50, 75, 100, 125, 150, 200)
#: What is sent with an address as it is; anything else about a page is its default.
WHOLE = 100
MIDDLE = "0.500,0.500"


@dataclass(frozen=True)
class Reading:
    """What a reader has open of a file: the version, the page, a point of it, or where a new one begins, for whom."""

    file: str
    version: int
    current: int
    page: int = 1
    zoom: int = WHOLE
    point: str = ""
    at: tuple[float, float] | None = None
    audience: Audience = "shared"

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What stays when another page is opened."""
        kept = {"version": self.version if self.version != self.current else "", "zoom": self._zoomed}
        return tuple((name, str(value)) for name, value in kept.items() if value)

    @property
    def _zoomed(self) -> int | str:
        return self.zoom if self.zoom != WHOLE else ""

    def url(self, **changes: str | int) -> str:
        """The address of this file at this page, or with changes."""
        given = {**dict(self.hidden()), "page": self.page if self.page > 1 else "", **changes}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"/files/{self.file}?{query}" if query else f"/files/{self.file}"

    def beginning(self, at: str) -> str:
        """The address of a new point at a spot."""
        return self.url(at=at, audience=self.audience if self.audience != "shared" else "")


def spot(text: str) -> tuple[float, float] | None:
    """`0.31,0.62`, fractions of the page; None for anything else."""
    left, comma, top = text.partition(",")
    try:
        x, y = float(left), float(top)
    except ValueError:
        return None
    return (x, y) if comma and 0 <= x <= 1 and 0 <= y <= 1 else None


def _version_of(row: Json) -> int:
    return int(row["subject"].rpartition("/")[2])


def older_points(rows: Iterable[Json], number: int) -> dict[int, list[Json]]:
    """The points that were opened on versions before this one, by their version."""
    found: dict[int, list[Json]] = {}
    for row in rows:
        if row["point"] and _version_of(row) < number:
            found.setdefault(_version_of(row), []).append(row)
    return found


def carried(rows: Sequence[Json], spots: Mapping[str, Json]) -> list[Json]:
    """The points where their words stand now; `spots` says so by the point, and whether those words have changed."""
    return [
        {**row, "point": {name: spots[row["id"]][name] for name in ("page", "x", "y")}, **_change_of(row, spots)}
        if row["id"] in spots
        else row
        for row in rows
    ]


def _change_of(row: Json, spots: Mapping[str, Json]) -> dict[str, Any]:
    return {"changed_from": row["point"]["page"]} if spots[row["id"]]["changed"] else {}


def points(
    scene: Scene, rows: Iterable[Json], reading: Reading, settling: Callable[[str, bool], Form] | None = None
) -> tuple[Point, ...]:
    """The file's points up to the version in view, numbered as they were opened, each audience by itself: the numbers
    of one tell nothing of another. `settling` makes the form that closes a point, or opens it again."""
    opened = sorted((one for one in rows if one["point"]), key=lambda one: (one["audience"], newest(one["opened_at"])))
    numbered = [
        (number, one)
        for _, group in groupby(opened, lambda one: one["audience"])
        for number, one in enumerate(group, 1)
    ]
    found = [
        _point(scene, row, number, reading, settling) for number, row in numbered if _version_of(row) <= reading.version
    ]
    return tuple(sorted(found, key=lambda one: (one.page, one.audience != "shared", one.number)))


def _point(
    scene: Scene, row: Json, number: int, reading: Reading, settling: Callable[[str, bool], Form] | None
) -> Point:
    is_closed = row["closed_at"] is not None
    may_settle = is_closed or scene.side == "provider" or row["opened_by"] == scene.reader
    page, x, y = row["point"]["page"], row["point"]["x"], row["point"]["y"]
    return Point(
        id=row["id"],
        number=number,
        page=page,
        x=x,
        y=y,
        title=row["title"] or (row.get("last_message") or {}).get("excerpt", ""),
        url=replace(reading, page=page).url(point=row["id"]) + "#points",
        audience=row["audience"],
        version=_version_of(row),
        by=scene.person(row["opened_by"]),
        at=moment(row["opened_at"]),
        messages=row["message_count"],
        unread=row["unread"] > 0,
        is_chosen=row["id"] == reading.point or (not reading.point and _is_at(row, reading)),
        original_url=_original(row, reading),
        closed_by=scene.person(row["closed_by"]),
        closed_at=moment(row["closed_at"]),
        settle=settling(row["id"], is_closed) if settling and may_settle else None,
    )


def _is_at(row: Json, reading: Reading) -> bool:
    """Whether it is the one that was just written there."""
    point = row["point"]
    here = (point["page"], (point["x"], point["y"]), row["audience"])
    return here == (reading.page, reading.at, reading.audience)


def _original(row: Json, reading: Reading) -> str:
    """The old picture of a spot that has changed since."""
    page = row.get("changed_from")
    return replace(reading, version=_version_of(row), page=page, zoom=WHOLE).url(point=row["id"]) if page else ""


def opened_at(reading: Reading, rows: Sequence[Json]) -> Reading:
    """A point's address leads to its page."""
    row = next((one for one in rows if one["id"] == reading.point and one["point"]), None)
    return replace(reading, page=row["point"]["page"]) if row else reading


def state_of(version: Json | None, preview: Json | None, *, is_away: bool) -> PreviewState:
    if version is None:
        return "checking"
    if version["status"] != "ready":
        return "rejected" if version["status"] == "rejected" else "checking"
    if preview is None:
        return "away" if is_away else "none"
    state: PreviewState = preview["state"]
    return "none" if state == "ready" and not preview["pages"] else state


def sheets(file: str, version: int, preview: Json) -> tuple[Sheet, ...]:
    """The pages of a preview."""
    return tuple(sheet(file, version, one["number"], one) for one in preview["pages"])


def sheet(file: str, version: int, number: int, size: Json) -> Sheet:
    """A page; its pictures come by addresses of our own, which stay valid."""
    address = f"/files/{file}/versions/{version}/pages/{number}"
    return Sheet(
        number=number,
        width=max(1, round(size["width"])),
        height=max(1, round(size["height"])),
        picture_url=address,
        thumbnail_url=f"{address}/thumbnail",
    )


def viewer(
    state: PreviewState, preview: Json | None, reading: Reading, shown: tuple[Point, ...], *, may_add: bool
) -> Viewer:
    """The version in view at the page that was asked for, or at the nearest there is."""
    plain = Viewer(state, reading.version, reading.current, current_url=f"/files/{reading.file}", points=shown)
    if state != "ready" or preview is None:
        return plain
    pages = sheets(reading.file, reading.version, preview)
    page = min(max(reading.page, 1), len(pages))
    counts = count_by_page(shown)
    at = replace(reading, page=page)
    return replace(
        plain,
        page=page,
        page_count=preview["page_count"],
        sheets=tuple(replace(one, url=at.url(page=one.number), points=counts.get(one.number, 0)) for one in pages),
        zoom=reading.zoom,
        hidden=reading.hidden(),
        before_url=at.url(page=page - 1) if page > 1 else "",
        next_url=at.url(page=page + 1) if page < len(pages) else "",
        smaller_url=_zoomed(at, [zoom for zoom in reversed(ZOOMS) if zoom < reading.zoom]),
        larger_url=_zoomed(at, [zoom for zoom in ZOOMS if zoom > reading.zoom]),
        add_url=at.beginning(MIDDLE) + "#points" if may_add and reading.version == reading.current else "",
    )


def _zoomed(reading: Reading, further: Sequence[int]) -> str:
    return replace(reading, zoom=further[0]).url() if further else ""


def count_by_page(shown: Iterable[Point]) -> Mapping[int, int]:
    """How many are open on each page."""
    counts: dict[int, int] = {}
    for one in shown:
        if one.is_closed:
            continue
        counts[one.page] = counts.get(one.page, 0) + 1
    return counts


def places(scene: Scene) -> tuple[Choice, ...]:
    """Spots that need no pointer."""
    names = (
        (scene._("Top left"), scene._("Top"), scene._("Top right")),
        (scene._("Left"), scene._("Middle"), scene._("Right")),
        (scene._("Bottom left"), scene._("Bottom"), scene._("Bottom right")),
    )
    fractions = ("0.150", "0.500", "0.850")
    return tuple(
        Choice(f"{x},{y}", name)
        for y, row in zip(fractions, names, strict=True)
        for x, name in zip(fractions, row, strict=True)
    )
