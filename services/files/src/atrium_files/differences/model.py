"""What changed between two versions, as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from atrium_files.differences.edits import Edit, exact_edits, readable_edits
from atrium_files.differences.layout import PageOfWords, Text, texts_of

State = Literal["making", "ready", "same", "no_text", "too_different", "none"]
Kind = Literal["replaced", "added", "removed"]

#: Where more than this share of both texts differs, marks would cover the pages.
MOST_DIFFERENT = 0.6
#: More words are not compared.
MOST_WORDS = 200_000


@dataclass(frozen=True)
class Box:
    """In fractions of the page from its upper left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Passage:
    """Words of one version; a box for each line."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Change:
    """`place`: after which word, on the side that lacks it, a passage that was added or removed would stand.
    `follows`: the last words before it in its sentence, or in its row of a table."""

    number: int
    old: Passage | None
    new: Passage | None
    place: Box | None
    follows: str

    @property
    def kind(self) -> Kind:
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "replaced"


@dataclass(frozen=True)
class Aligned:
    """Both texts, and how exactly the one becomes the other."""

    old: Text
    new: Text
    edits: list[Edit]


def align(old_pages: Sequence[PageOfWords], new_pages: Sequence[PageOfWords]) -> tuple[State, Aligned | None]:
    """`ready` with both aligned, or why they cannot be."""
    lengths = [sum(len(page.words) for page in pages) for pages in (old_pages, new_pages)]
    if min(lengths) == 0:
        return "no_text", None
    if max(lengths) > MOST_WORDS:
        return "too_different", None
    old, new = texts_of(old_pages, new_pages)
    edits = exact_edits(old, new)
    if sum(edit.size for edit in edits) > MOST_DIFFERENT * (len(old.words) + len(new.words)):
        return "too_different", None
    return "ready", Aligned(old, new, edits)


def changes_of(both: Aligned) -> list[Change]:
    readable = readable_edits(both.old, both.new, both.edits)
    return [_change(number, both.old, both.new, edit) for number, edit in enumerate(readable, 1)]


def changed_pages(changes: list[Change]) -> int:
    """How many pages of the newer version; what was removed counts where it stood."""
    shown = [change.new or change.old for change in changes]
    return len({box.page for passage in shown if passage for box in passage.boxes})


def _change(number: int, old: Text, new: Text, edit: Edit) -> Change:
    before, after = _passage(old, edit.old_start, edit.old_end), _passage(new, edit.new_start, edit.new_end)
    place = None
    if before is None:
        place = _place(old, edit.old_start)
    elif after is None:
        place = _place(new, edit.new_start)
    follows = new.before(edit.new_start) if after else old.before(edit.old_start)
    return Change(number, before, after, place, follows)


def _passage(text: Text, start: int, end: int) -> Passage | None:
    if start == end:
        return None
    by_line = groupby(range(start, end), lambda word: text.lines[word])
    boxes = tuple(_box(text, list(words)) for _, words in by_line)
    return Passage(" ".join(text.words[start:end]), boxes)


def _box(text: Text, words: list[int]) -> Box:
    placed = [text.placed[word][1] for word in words]
    left, top = min(word.x for word in placed), min(word.y for word in placed)
    right = max(word.x + word.width for word in placed)
    bottom = max(word.y + word.height for word in placed)
    return Box(text.placed[words[0]][0], left, top, round(right - left, 6), round(bottom - top, 6))


def _place(text: Text, at: int) -> Box | None:
    """Without width: the end of the word before, or the beginning of the first."""
    if not text.words:
        return None
    page, word = text.placed[max(at - 1, 0)]
    return Box(page, round(word.x + word.width, 6) if at else word.x, word.y, 0.0, word.height)
