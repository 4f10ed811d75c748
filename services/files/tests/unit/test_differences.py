"""Comparing by words: exact, readable, placed on the page; and fast enough to be asked for."""

import time
from collections.abc import Sequence
from random import Random

from atrium_files.differences.edits import Edit, exact_edits, readable_edits
from atrium_files.differences.layout import PageOfWords, texts_of
from atrium_files.differences.model import Aligned, Change, State, align, changed_pages, changes_of
from atrium_files.differences.spots import Spot, carry
from atrium_files.previews.model import Word
from hypothesis import given
from hypothesis import strategies as st

GLYPH, SPACE, CELL, HEIGHT = 0.01, 0.005, 0.1, 0.012


def page(number: int, lines: Sequence[str], top: float = 0.2) -> PageOfWords:
    """Lines of words; ` | ` begins a table's next cell."""
    words: list[Word] = []
    for row, line in enumerate(lines):
        x = 0.1
        for cell in line.split(" | "):
            for text in cell.split():
                words.append(Word(text, x, top + row * 2 * HEIGHT, len(text) * GLYPH, HEIGHT))
                x += len(text) * GLYPH + SPACE
            x += CELL
    return PageOfWords(number, 595, 842, words)


def compare(old: Sequence[PageOfWords], new: Sequence[PageOfWords]) -> tuple[State, list[Change]]:
    state, both = align(old, new)
    return state, changes_of(both) if both else []


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    state, found = compare([page(1, old)], [page(1, new)])
    assert state == "ready"
    return found


def read(found: list[Change]) -> list[tuple[str | None, str | None]]:
    return [(one.old and one.old.text, one.new and one.new.text) for one in found]


REST = ("An alarm is shown only when an operator has to act;", "everything else is logged as an event.")


def test_a_few_equal_words_between_changes_belong_to_them() -> None:
    old = ("The limits below apply to the four stations of the pilot.", *REST)
    new = ("The limits below apply to all twelve stations from 4 December 2026.", *REST)
    assert read(changes(old, new)) == [("the four stations of the pilot.", "all twelve stations from 4 December 2026.")]


def test_a_new_sentence_is_a_change_of_its_own() -> None:
    old = ("An operator may shelve an alarm for at most eight hours. Every shelved alarm", "stands in the handover.")
    new = (
        "An operator may shelve an alarm for at most four hours. Alarms of priority 1 are",
        "shelved by the shift lead alone. Every shelved alarm stands in the handover.",
    )
    found = changes(old, new)
    assert read(found) == [
        ("eight hours.", "four hours."),
        (None, "Alarms of priority 1 are shelved by the shift lead alone."),
    ]
    added = found[1]
    assert (added.kind, added.number) == ("added", 2)
    assert added.new is not None
    assert [round(box.y, 3) for box in added.new.boxes] == [0.2, 0.224]
    assert added.place is not None
    assert (added.place.page, added.place.y, added.place.width) == (1, 0.2, 0.0)


def test_a_tables_cell_is_shown_whole_and_apart_from_its_neighbours() -> None:
    old = ("2, medium | 10 minutes | after 60 seconds | 15 %", *REST, "Ardal | 1.20 m | 4.80 m | 0.05 m")
    new = ("2, medium | 10 minutes | after 30 seconds | 15 %", *REST, "Ardal | 1.30 m | 4.60 m | 0.05 m")
    assert read(changes(old, new)) == [
        ("after 60 seconds", "after 30 seconds"),
        ("1.20 m", "1.30 m"),
        ("4.80 m", "4.60 m"),
    ]


def test_a_change_says_which_words_of_its_sentence_or_row_it_follows() -> None:
    old = (*REST, "An operator may shelve it for eight hours. Then it returns.", "Ardal | 1.20 m | 4.80 m")
    new = (*REST, "An operator may shelve it for four hours. It is told. Then it returns.", "Ardal | 1.20 m | 4.60 m")
    assert [one.follows for one in changes(old, new)] == ["An operator may shelve it for", "", "Ardal 1.20 m"]
    (removed,) = changes(("First. Second here and gone for good.", *REST), ("First. Second here.", *REST))
    assert removed.follows == "Second"


def test_new_rows_are_one_change() -> None:
    rows = ("Ardal | Intake level | 4.80 m", "Glen Mor | Penstock pressure | 12.6 bar", "Table 4 is an excerpt.")
    found = changes(
        rows, (*rows[:2], "Loch Varn | Gate position | 96 %", "Strath Ewe | Intake level | 3.75 m", rows[2])
    )
    assert read(found) == [(None, "Loch Varn Gate position 96 % Strath Ewe Intake level 3.75 m")]
    assert found[0].new is not None
    assert len(found[0].new.boxes) == 2


def test_a_line_of_which_most_has_changed_has_changed() -> None:
    old = ("Act within three minutes or call the shift", *REST)
    new = ("Act at once and never wait for the shift", *REST)
    ((before, after),) = read(changes(old, new))
    assert before == old[0]
    assert after == new[0]


def test_running_heads_and_feet_are_no_text() -> None:
    def document(version: int, word: str) -> list[PageOfWords]:
        pages = []
        for number in range(1, 5):
            body = page(number, (f"Chapter {['one', 'two', 'three', 'four'][number - 1]} says {word}.", *REST))
            head = page(number, (f"Alarm philosophy, version {version}",), top=0.05)
            foot = page(number, (f"Page {number} of 4",), top=0.94)
            pages.append(PageOfWords(number, 595, 842, [*head.words, *body.words, *foot.words]))
        return pages

    state, found = compare(document(2, "much"), document(3, "much"))
    assert (state, found) == ("ready", [])
    state, found = compare(document(2, "much"), document(3, "little"))
    assert read(found) == [("much.", "little.")] * 4
    assert changed_pages(found) == 4


def test_other_line_breaks_are_no_change() -> None:
    assert changes(("one two three four five six",), ("one two three", "four five six")) == []


def test_what_cannot_be_compared_is_said() -> None:
    assert compare([page(1, ())], [page(1, REST)]) == ("no_text", [])
    assert compare([page(1, REST)], [page(1, ("Nothing of that is here any more.",))])[0] == "too_different"


def applied(old: Sequence[str], new: Sequence[str], edits: list[Edit]) -> list[str]:
    made: list[str] = []
    at = 0
    for edit in edits:
        made += [*old[at : edit.old_start], *new[edit.new_start : edit.new_end]]
        at = edit.old_end
    return [*made, *old[at:]]


WORDS = st.lists(st.sampled_from(["a", "b", "c.", "d", "| e", "\n f"]), min_size=1, max_size=60)


@given(WORDS, WORDS)
def test_the_old_words_with_all_edits_are_the_new_ones(one: list[str], other: list[str]) -> None:
    sides = [[page(1, " ".join(words).strip("| \n").split("\n"))] for words in (one, other)]
    old, new = texts_of(*sides)
    exact = exact_edits(old, new)
    for edits in (exact, readable_edits(old, new, exact)):
        assert applied(old.words, new.words, edits) == list(new.words)
        assert edits == sorted(edits)


def test_twenty_thousand_words_are_compared_within_a_second() -> None:
    random = Random(7)  # noqa: S311  # a text, not a secret
    vocabulary = [
        "".join(random.choices("abcdefghij", k=6)) + random.choice(("", "", "", "", ".")) for _ in range(3000)
    ]
    words = [random.choice(vocabulary) for _ in range(20_000)]
    changed = [random.choice(vocabulary) if random.random() < 0.05 else word for word in words]

    def pages(text: list[str]) -> list[PageOfWords]:
        lines = [" ".join(text[n : n + 10]) for n in range(0, len(text), 10)]
        return [page(n // 40 + 1, lines[n : n + 40]) for n in range(0, len(lines), 40)]

    old, new = pages(words), pages(changed)
    begun = time.process_time()
    state, found = compare(old, new)
    assert time.process_time() - begun < 1
    assert state == "ready"
    assert len(found) > 500


def aligned(old: Sequence[str], new: Sequence[str]) -> Aligned:
    _, both = align([page(1, old)], [page(1, new)])
    assert both is not None
    return both


def carried(old: Sequence[str], new: Sequence[str], x: float, y: float) -> tuple[int, float, float, bool]:
    (found,) = carry(aligned(old, new), [Spot(1, x, y)])
    return found.spot.page, found.spot.x, found.spot.y, found.changed


def test_a_spot_goes_with_its_words() -> None:
    beside_the_first = 0.93, 0.2 + HEIGHT / 2
    assert carried(REST, ("A new line stands before.", *REST), *beside_the_first) == (
        1,
        0.93,
        round(0.2 + 2.5 * HEIGHT, 4),
        False,
    )
    assert carried(REST, REST, *beside_the_first) == (1, 0.93, round(0.2 + HEIGHT / 2, 4), False)


def test_a_spot_whose_words_have_changed_says_so_and_stays_there() -> None:
    old, new = ("medium | after 60 seconds | 15 %", *REST), ("medium | after 30 seconds | 15 %", *REST)
    on_sixty = 0.35, 0.2 + HEIGHT / 2
    assert carried(old, new, *on_sixty) == (1, 0.35, round(on_sixty[1], 4), True)
    where, _, _, changed = carried(("Gone for good.", *REST), REST, 0.12, 0.2)
    assert (where, changed) == (1, True)


def test_a_spot_in_the_margin_is_about_its_line() -> None:
    old = ("At most eight hours. Every shelved", "alarm stands in the handover of the shift.", *REST)
    new = (
        "Before.",
        "At most four hours, by the lead.",
        "Every shelved",
        "alarm stands in the handover of the shift.",
        *REST,
    )
    assert carried(old, new, 0.93, 0.2) == (1, 0.93, round(0.2 + 2 * HEIGHT, 4), True)
    assert carried(old, new, 0.93, 0.2 + 2 * HEIGHT) == (1, 0.93, round(0.2 + 6 * HEIGHT, 4), False)


def test_a_spot_without_words_stays() -> None:
    assert carry(aligned(REST, REST), [Spot(3, 0.5, 0.5)])[0].spot == Spot(3, 0.5, 0.5)
