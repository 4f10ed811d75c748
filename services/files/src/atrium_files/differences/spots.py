"""Where spots on the pages of one version are in another: by the words around them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from atrium_files.differences.edits import Edit, readable_edits
from atrium_files.differences.layout import Text
from atrium_files.differences.model import Aligned
from atrium_files.previews.model import Word

#: A spot so near to a word is about the word; one further aside, as in the margin, is about the line.
BESIDE = 0.03


@dataclass(frozen=True)
class Spot:
    """In fractions of the page."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Carried:
    """`changed`: the words around the spot are no longer what they were."""

    spot: Spot
    changed: bool


def carry(both: Aligned, spots: Sequence[Spot]) -> list[Carried]:
    """Spots of the old version in the new one. Where there are no words to hold on to, they stay where they are."""
    readable = readable_edits(both.old, both.new, both.edits)
    return [_carried(both, readable, spot) for spot in spots]


def _carried(both: Aligned, readable: list[Edit], spot: Spot) -> Carried:
    near = _nearest(both.old, spot)
    if near is None or not both.new.words:
        return Carried(spot, changed=False)
    _, aside = _distance(both.old.placed[near][1], spot)
    start, end = (near, near + 1) if aside <= BESIDE else both.old.lines[near]
    changed = any(edit.old_start < end and edit.old_end > start for edit in readable)
    page, word = both.new.placed[_counterpart(both.edits, start, len(both.new.words))]
    _, before = both.old.placed[start]
    x = spot.x + word.x - before.x if aside <= BESIDE else spot.x
    return Carried(Spot(page, _within(x), _within(spot.y + word.y - before.y)), changed)


def _nearest(text: Text, spot: Spot) -> int | None:
    on_page = [n for n, (page, _) in enumerate(text.placed) if page == spot.page]
    return min(on_page, key=lambda n: _distance(text.placed[n][1], spot), default=None)


def _distance(word: Word, spot: Spot) -> tuple[float, float]:
    """Of words of the same line the nearer one; a line is where the spot is at its height."""
    above = max(word.y - spot.y, spot.y - word.y - word.height, 0)
    aside = max(word.x - spot.x, spot.x - word.x - word.width, 0)
    return round(above, 3), aside


def _counterpart(exact: list[Edit], word: int, length: int) -> int:
    """The same word, or for one that has gone the one that stands where it stood."""
    at = bisect_right(exact, word, key=lambda edit: edit.old_start)
    if at == 0:
        return word
    edit = exact[at - 1]
    if word < edit.old_end:
        found = min(edit.new_start + word - edit.old_start, max(edit.new_end - 1, edit.new_start))
    else:
        found = edit.new_end + word - edit.old_end
    return min(found, length - 1)


def _within(fraction: float) -> float:
    return round(min(max(fraction, 0.0), 1.0), 4)
