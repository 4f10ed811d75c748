"""A workflow's drawing: where states stand, which way arrows bend, and that nothing lies outside or on another."""

from itertools import combinations

from atrium_gateway.pages.composing.workflow_drawing import HIGH, WIDE, drawing
from atrium_gateway.pages.presenting.studio import WorkflowState, WorkflowTransition


def state(key: str) -> WorkflowState:
    return WorkflowState(key, key.upper(), f"{key}-de", "provider")


def way(source: str, target: str, words: str = "Go") -> WorkflowTransition:
    return WorkflowTransition(f"{source}-{target}-{words}", words, f"{words}-de", source, target)


STATES = tuple(state(key) for key in ("a", "b", "c", "d", "alone"))
WAYS = (way("a", "b"), way("a", "c"), way("b", "d"), way("a", "d", "Leap"), way("d", "a", "Back"), way("b", "nowhere"))


def test_states_stand_by_their_steps_and_none_on_another() -> None:
    drawn = drawing("en", STATES, WAYS)
    assert drawn is not None
    at = {box.key: box for box in drawn.boxes}
    assert at["a"].x < at["b"].x == at["c"].x < at["d"].x < at["alone"].x
    assert at["b"].y < at["c"].y
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH
    assert all(box.x > 0 and box.x + WIDE < drawn.width and 0 < box.y < drawn.height - HIGH for box in drawn.boxes)


def test_a_leap_bends_over_and_a_way_back_under_all_boxes() -> None:
    drawn = drawing("en", STATES, WAYS)
    assert drawn is not None
    words = {arrow.words: arrow for arrow in drawn.arrows}
    assert len(drawn.arrows) == len(WAYS) - 1  # what leads nowhere is not drawn
    assert words["Leap"].y < min(box.y for box in drawn.boxes)
    assert words["Back"].y > max(box.y + HIGH for box in drawn.boxes)


def test_several_buttons_of_one_way_share_an_arrow_in_the_readers_language() -> None:
    drawn = drawing("de", STATES, (way("a", "b", "Eins"), way("a", "b", "Zwei")))
    assert drawn is not None
    assert [arrow.words for arrow in drawn.arrows] == ["Eins-de, Zwei-de"]
    assert drawn.boxes[0].title == "a-de"


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing("en", (), ()) is None
