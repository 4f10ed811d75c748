"""Texts as search compares them: without case and accents. Pure functions, for whoever shows where words were found.

The database compares by `atrium.folded()` (see `migration.make_searchable`), which folds in the same way.
"""

import re
import unicodedata

# Capitals without a mark, from Latin to Armenian; ASCII and what is decomposed need none.
CAPITALS = "".join(
    letter
    for letter in map(chr, range(0x80, 0x590))
    if letter != letter.lower() and unicodedata.normalize("NFKD", letter) == letter
)
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
# Followed by a consonant, so that "due" and "value" stay words of their own.
_TWO_LETTERS = re.compile("(ae|oe|ue)(?=[b-df-hj-np-tv-zß])")
_MARKS = ("\u0300", "\u036f")


def words_of(text: str) -> tuple[str, ...]:
    """The different words of what someone typed, in their order. A mark alone is none."""
    words = dict.fromkeys(unicodedata.normalize("NFC", text).lower().split())
    return tuple(word for word in words if folded(word))


def spellings(word: str) -> tuple[str, ...]:
    """The folded forms that a word may have: "Müller" is written with two letters too, and the other way round."""
    apart = "".join(_UMLAUTS.get(letter, letter) for letter in word)
    together = _TWO_LETTERS.sub(lambda found: found[1][0], word)
    return tuple(dict.fromkeys(folded(one) for one in (word, apart, together)))


def folded(text: str) -> str:
    return _placed(text)[0]


def _placed(text: str) -> tuple[str, list[int]]:
    """The folded text, and the place in the text that each of its letters comes from; last, where the text ends."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in unicodedata.normalize("NFKD", letter).lower().replace("ß", "ss"):
            if not _MARKS[0] <= one <= _MARKS[1]:
                letters.append(one)
                places.append(place)
    return "".join(letters), [*places, len(text)]


def spots(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where any of the words stands in a text: begin and end of each place, in order, without overlaps."""
    letters, places = _placed(text)
    found: list[tuple[int, int]] = []
    for spelling in {one for word in words for one in spellings(word)}:
        for match in re.finditer(re.escape(spelling), letters):
            last = places[match.end() - 1] + 1
            found.append((places[match.start()], max(last, places[match.end()])))
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def excerpt(text: str, words: tuple[str, ...], length: int = 160) -> str:
    """One line out of a text, around the first place where a word stands; its beginning where none does."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    first = next((begin for begin, _ in spots(line, words)), 0)
    start = 0 if first < length // 2 else line.rfind(" ", 0, first - length // 4) + 1
    end = start + length
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + length // 2)
    return ("… " if start else "") + line[start:end] + (" …" if end < len(line) else "")
