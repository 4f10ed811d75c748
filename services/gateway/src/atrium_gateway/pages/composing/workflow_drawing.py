"""A workflow as a drawing, from left to right: states by their steps from the first, transitions as arrows.

Steps ahead go from side to side; leaps bend over the boxes, ways back bend under them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from atrium_gateway.pages.presenting.shapes import Verb
from atrium_gateway.pages.presenting.studio import Arrow, Drawing, StateBox, WorkflowState, WorkflowTransition

WIDE, HIGH = 132, 52
DOWN = 40
#: Between columns there is room for the words of the arrows there, letter by letter.
ACROSS, LETTER = 48, 6
MARGIN, BEND, WORDS = 10, 30, 14
LONGEST = 18

Way = tuple[str, str]


def drawing(
    language: str, states: Sequence[WorkflowState], transitions: Sequence[WorkflowTransition]
) -> Drawing | None:
    """None where there is nothing to draw yet."""
    if not states:
        return None
    ways = _ways(language, states, transitions)
    steps = _steps([one.key for one in states], ways)
    leaps = [way for way in ways if steps[way[1]] - steps[way[0]] > 1]
    back = [way for way in ways if steps[way[1]] <= steps[way[0]]]
    top = MARGIN + BEND * len(leaps) + (WORDS if leaps else 0)
    columns = _columns(ways, steps)
    boxes = {one.key: one for one in _boxes(language, states, steps, columns, top)}
    bottom = max(one.y for one in boxes.values()) + HIGH
    fresh = {(one.source, one.target) for one in transitions if one.changed == "new"}
    arrows = []
    for way, words in ways.items():
        one, other = boxes[way[0]], boxes[way[1]]
        if way in leaps:
            arrow = _bent(one, other, one.y, other.y, top - BEND * (leaps.index(way) + 1), words)
        elif way in back:
            low = bottom + BEND * (back.index(way) + 1)
            arrow = _bent(one, other, one.y + HIGH, other.y + HIGH, low, words)
        else:
            arrow = _ahead(one, other, words)
        arrows.append(replace(arrow, changed="new") if way in fresh else arrow)
    return Drawing(
        columns[-1] + WIDE + MARGIN,
        bottom + BEND * len(back) + MARGIN,
        WIDE,
        HIGH,
        tuple(boxes.values()),
        tuple(arrows),
    )


def _ways(language: str, states: Sequence[WorkflowState], transitions: Sequence[WorkflowTransition]) -> dict[Way, str]:
    """What leads from one state to another, by the words of its buttons."""
    known = {one.key for one in states}
    found: dict[Way, list[str]] = {}
    for one in transitions:
        if {one.source, one.target} <= known:
            words = (one.label_de if language == "de" else one.label_en) or one.key
            found.setdefault((one.source, one.target), []).append(words)
    return {way: _short(", ".join(words)) for way, words in found.items()}


def _steps(keys: Sequence[str], ways: dict[Way, str]) -> dict[str, int]:
    """How many steps each state is from the first, by the longest way along the table; what none leads to is last."""
    steps = {keys[0]: 0}
    for key in keys[1:]:
        before = [steps[source] for source, target in ways if target == key and source in steps]
        if before:
            steps[key] = max(before) + 1
    last = max(steps.values()) + 1
    return {key: steps.get(key, last) for key in keys}


def _columns(ways: dict[Way, str], steps: dict[str, int]) -> list[int]:
    """Where each column begins."""
    columns = [MARGIN]
    for step in range(max(steps.values())):
        ahead = (len(words) for (one, other), words in ways.items() if (steps[one], steps[other]) == (step, step + 1))
        columns.append(columns[-1] + WIDE + max(ACROSS, max(ahead, default=0) * LETTER + MARGIN))
    return columns


def _boxes(
    language: str, states: Sequence[WorkflowState], steps: dict[str, int], columns: list[int], top: int
) -> Iterator[StateBox]:
    filled: dict[int, int] = {}
    for one in states:
        column = steps[one.key]
        row = filled[column] = filled.get(column, -1) + 1
        title = (one.label_de if language == "de" else one.label_en) or one.key
        verb = Verb(one.verb) if one.verb else None
        yield StateBox(one.key, _short(title), one.turn, verb, columns[column], top + row * (HIGH + DOWN), one.changed)


def _ahead(one: StateBox, other: StateBox, words: str) -> Arrow:
    x, y, to_x, to_y = one.x + WIDE, one.y + HIGH // 2, other.x, other.y + HIGH // 2
    middle = (x + to_x) // 2
    return Arrow(f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}", words, middle, (y + to_y) // 2 - 7)


def _bent(one: StateBox, other: StateBox, y: int, to_y: int, level: int, words: str) -> Arrow:
    """Out of the box, along a level over or under all of them, and into the other."""
    aside = 14 if one.key == other.key else 0
    x, to_x = one.x + WIDE // 2 + 14 + aside, other.x + WIDE // 2 - 14 - aside
    return Arrow(f"M{x} {y}V{level}H{to_x}V{to_y}", words, (x + to_x) // 2, level - 6)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
