"""From the words on pages to a text that can be compared: lines, cells of tables, sentences; no running heads."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from atrium_files.previews.model import Word

#: A line at the edge of this many pages, and of half of all, is no part of the text.
RUNNING_PAGES = 3
EDGE = 0.12
#: Words further apart than the line is high stand in different cells of a table.
WIDEST_SPACE = 1.0
#: So many words before a change say where it is.
MOST_BEFORE = 8
_NUMBER = re.compile(r"\d+")
_SENTENCE_ENDS = (".", "!", "?", ":", ";")

Line = tuple[int, list[Word]]  # the page's number, words


@dataclass(frozen=True)
class PageOfWords:
    number: int
    width: float
    height: float
    words: Sequence[Word]


@dataclass(frozen=True)
class Text:
    """All words in order. `lines` and `cells` hold for each word where its line and cell begin and end."""

    words: tuple[str, ...]
    placed: tuple[tuple[int, Word], ...]  # with the page's number
    lines: tuple[tuple[int, int], ...]
    cells: tuple[tuple[int, int], ...]

    def is_in_table(self, word: int) -> bool:
        return self.cells[word] != self.lines[word]

    def parts(self, before: int, after: int) -> bool:
        """Whether two words that follow each other stand in different cells or rows of a table."""
        if self.lines[before] == self.lines[after]:
            return self.cells[before] != self.cells[after]
        return self.is_in_table(before) or self.is_in_table(after)

    def sentences(self) -> list[tuple[int, int]]:
        """Spans of words that hold whatever the width of the lines: to the end of a sentence, or of a table's row."""
        ends = [n + 1 for n, word in enumerate(self.words) if ends_sentence(word)]
        starts_of_rows = [n for n, line in enumerate(self.lines) if line[0] == n and n and self._is_at_row(n)]
        cuts = sorted({0, len(self.words), *ends, *starts_of_rows})
        return list(pairwise(cuts))

    def before(self, word: int) -> str:
        """The last words before it in its sentence, or in its row of a table."""
        start = self._starts[bisect_right(self._starts, word) - 1]
        return " ".join(self.words[max(start, word - MOST_BEFORE) : word])

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences()]

    def _is_at_row(self, first: int) -> bool:
        return self.is_in_table(first) or self.is_in_table(first - 1)


def ends_sentence(word: str) -> bool:
    return word.endswith(_SENTENCE_ENDS)


def texts_of(one: Sequence[PageOfWords], other: Sequence[PageOfWords]) -> tuple[Text, Text]:
    """Both without the heads and feet that run through both, be it with other numbers."""
    both = [[(line, page) for page in pages for line in _lines(page)] for pages in (one, other)]
    running = _running(both[0], len(one)) & _running(both[1], len(other))
    return tuple(  # type: ignore[return-value]  # two in, two out
        _text((line, page) for line, page in lines if not (_at_edge(line) and _unnumbered(line) in running))
        for lines in both
    )


def _lines(page: PageOfWords) -> list[Line]:
    lines: list[Line] = []
    for word in page.words:
        if lines and _continues(lines[-1][1][-1], word):
            lines[-1][1].append(word)
        else:
            lines.append((page.number, [word]))
    return lines


def _continues(before: Word, word: Word) -> bool:
    overlap = min(before.y + before.height, word.y + word.height) - max(before.y, word.y)
    return word.x >= before.x and overlap > min(before.height, word.height) / 2


def _unnumbered(line: Line) -> str:
    return _NUMBER.sub("0", " ".join(word.text for word in line[1]))


def _at_edge(line: Line) -> bool:
    first = line[1][0]
    return first.y < EDGE or first.y + first.height > 1 - EDGE


def _running(lines: Iterable[tuple[Line, PageOfWords]], pages: int) -> set[str]:
    at_edge = {(page.number, _unnumbered(line)) for line, page in lines if _at_edge(line)}
    counted = Counter(text for _, text in at_edge)
    return {text for text, count in counted.items() if count >= max(RUNNING_PAGES, pages / 2)}


def _text(lines: Iterable[tuple[Line, PageOfWords]]) -> Text:
    placed: list[tuple[int, Word]] = []
    spans: list[tuple[int, int]] = []
    cells: list[tuple[int, int]] = []
    for (number, words), page in lines:
        start = len(placed)
        placed.extend((number, word) for word in words)
        spans.extend([(start, len(placed))] * len(words))
        cuts = [start + n + 1 for n, pair in enumerate(pairwise(words)) if _is_apart(*pair, page)]
        for cell in pairwise([start, *cuts, len(placed)]):
            cells.extend([cell] * (cell[1] - cell[0]))
    return Text(tuple(word.text for _, word in placed), tuple(placed), tuple(spans), tuple(cells))


def _is_apart(before: Word, word: Word, page: PageOfWords) -> bool:
    space = (word.x - before.x - before.width) * page.width
    return space > WIDEST_SPACE * min(before.height, word.height) * page.height
