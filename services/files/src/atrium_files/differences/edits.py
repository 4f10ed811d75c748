"""The edits that make one text of another, as few as can be read: first exact, then joined and widened for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

from rapidfuzz.distance import Indel

from atrium_files.differences.layout import Text, ends_sentence

#: Work that one comparison may make: the product of both lengths. More means that nothing stayed the same.
MOST_COMPARED = 25_000_000
#: Up to so many equal words between two changes belong to the change, and with long changes up to so many.
BRIDGE, LONG_BRIDGE = 2, 4
#: Of a line of which more than this has changed, all has; of a table's cell of so few words, with any change.
MOST_OF_LINE = 0.6
SHORT_CELL = 5


@dataclass(frozen=True, order=True)
class Edit:
    """Words from `old_start` to `old_end` become those from `new_start` to `new_end`; either may be none."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def size(self) -> int:
        return self.old_end - self.old_start + self.new_end - self.new_start


def exact_edits(old: Text, new: Text) -> list[Edit]:
    """By sentences first, which is fast and keeps together what belongs together; then by words between equal ones."""
    old_cuts, new_cuts = old.sentences(), new.sentences()
    blocks = _opcodes([old.words[a:b] for a, b in old_cuts], [new.words[a:b] for a, b in new_cuts])
    found: list[Edit] = []
    for block in blocks:
        changed = Edit(
            *_span(old_cuts, block.old_start, block.old_end, len(old.words)),
            *_span(new_cuts, block.new_start, block.new_end, len(new.words)),
        )
        within = _opcodes(old.words[slice(*_old(changed))], new.words[slice(*_new(changed))])
        found += [_moved(edit, changed.old_start, changed.new_start) for edit in within]
    return found


def _span(cuts: list[tuple[int, int]], start: int, end: int, length: int) -> tuple[int, int]:
    first = cuts[start][0] if start < len(cuts) else length
    return first, cuts[end - 1][1] if end > start else first


def _old(edit: Edit) -> tuple[int, int]:
    return edit.old_start, edit.old_end


def _new(edit: Edit) -> tuple[int, int]:
    return edit.new_start, edit.new_end


def _moved(edit: Edit, old: int, new: int) -> Edit:
    return Edit(edit.old_start + old, edit.old_end + old, edit.new_start + new, edit.new_end + new)


def _opcodes(old: Sequence[object], new: Sequence[object]) -> list[Edit]:
    """What differs, touching edits as one; all of it where it is too much to compare."""
    if len(old) * len(new) > MOST_COMPARED:
        return [Edit(0, len(old), 0, len(new))]
    edits: list[Edit] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            continue
        edit = Edit(code.src_start, code.src_end, code.dest_start, code.dest_end)
        if edits and (edits[-1].old_end, edits[-1].new_end) == (edit.old_start, edit.new_start):
            edits[-1] = _joined(edits[-1], edit)
        else:
            edits.append(edit)
    return edits


def _joined(first: Edit, last: Edit) -> Edit:
    return Edit(first.old_start, last.old_end, first.new_start, last.new_end)


def readable_edits(old: Text, new: Text, exact: list[Edit]) -> list[Edit]:
    """Joined over a few equal words, then widened: to cells and lines of which most has changed, to the next word."""
    edits = _bridged(old, new, exact)
    edits = _widened(old, new, edits, lambda text, word: text.cells[word], _is_changed_cell(old))
    edits = _widened(old, new, edits, lambda text, word: text.lines[word], _is_changed_line)
    starts = [edit.old_start for edit in edits[1:]]
    return [
        edit if edit.old_end == following else _with_its_noun(old, new, edit)
        for edit, following in zip_longest(edits, starts)
    ]


def _bridged(old: Text, new: Text, edits: list[Edit]) -> list[Edit]:
    joined: list[Edit] = []
    for edit in edits:
        if joined and _belong_together(old, new, joined[-1], edit):
            joined[-1] = _joined(joined[-1], edit)
        else:
            joined.append(edit)
    return joined


def _belong_together(old: Text, new: Text, first: Edit, second: Edit) -> bool:
    between = second.old_start - first.old_end
    if between > LONG_BRIDGE or (between > BRIDGE and min(first.size, second.size) < 2 * between):
        return False
    if any(ends_sentence(word) for word in old.words[first.old_end : second.old_start]):
        return False
    return not (
        _is_parted(old, first.old_end - 1, second.old_start) or _is_parted(new, first.new_end - 1, second.new_start)
    )


def _is_parted(text: Text, first: int, last: int) -> bool:
    """Whether a cell or row of a table ends from one word to another."""
    around = range(max(first, 0), min(last, len(text.words) - 1) + 1)
    return any(text.parts(*pair) for pair in pairwise(around))


def _with_its_noun(old: Text, new: Text, edit: Edit) -> Edit:
    """“four” for “eight” says little; “four hours” for “eight hours” does."""
    is_single = edit.old_end - edit.old_start == edit.new_end - edit.new_start == 1
    if not is_single or edit.old_end == len(old.words) or edit.new_end == len(new.words):
        return edit
    ends = ends_sentence(old.words[edit.old_start]) or ends_sentence(new.words[edit.new_start])
    if ends or old.parts(edit.old_start, edit.old_end) or new.parts(edit.new_start, edit.new_end):
        return edit
    return Edit(edit.old_start, edit.old_end + 1, edit.new_start, edit.new_end + 1)


Unit = Callable[[Text, int], tuple[int, int]]
Wanted = Callable[[tuple[int, int], int, tuple[int, int], int], bool]


def _is_changed_cell(old: Text) -> Wanted:
    def wanted(cell: tuple[int, int], _: int, other: tuple[int, int], __: int) -> bool:
        return old.is_in_table(cell[0]) and max(cell[1] - cell[0], other[1] - other[0]) <= SHORT_CELL

    return wanted


def _is_changed_line(line: tuple[int, int], changed: int, other: tuple[int, int], other_changed: int) -> bool:
    return min(changed / (line[1] - line[0]), other_changed / (other[1] - other[0])) > MOST_OF_LINE


def _widened(old: Text, new: Text, edits: list[Edit], unit: Unit, wanted: Wanted) -> list[Edit]:
    """Edits within one unit on both sides become one of all the unit, where that is wanted."""

    def units(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]] | None:
        if edit.old_start == edit.old_end or edit.new_start == edit.new_end:
            return None
        one, other = unit(old, edit.old_start), unit(new, edit.new_start)
        return (one, other) if edit.old_end <= one[1] and edit.new_end <= other[1] else None

    widened: list[Edit] = []
    for place, found in groupby(edits, units):
        group = list(found)
        if place is not None and _fits(old, new, group, *place):
            one, other = place
            changed = sum(edit.old_end - edit.old_start for edit in group)
            other_changed = sum(edit.new_end - edit.new_start for edit in group)
            if wanted(one, changed, other, other_changed):
                widened.append(Edit(*one, *other))
                continue
        widened += group
    return widened


def _fits(old: Text, new: Text, group: list[Edit], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether what is before the group in both units is the same, and what is after it."""
    first, last = group[0], group[-1]
    before = old.words[one[0] : first.old_start] == new.words[other[0] : first.new_start]
    after = old.words[last.old_end : one[1]] == new.words[last.new_end : other[1]]
    return before and after
