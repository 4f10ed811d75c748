"""Two versions side by side: the same number on both, what one lacks at its place, what a reader has seen."""

from datetime import UTC, datetime
from typing import Any

from atrium_gateway.pages.composing.compare import Comparing, compare_page, differences, marks
from atrium_gateway.pages.composing.files import compared_with
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
COMPARING = Comparing("f", 2, 3, change=2)


def scene(role: str = "owner") -> Scene:
    return Scene("maya", "customer", role, "en", NOW, "Europe/Zurich", {}.get, translations("en"))


def side(text: str, *tops: float, page: int = 7) -> dict[str, Any]:
    return {"text": text, "boxes": [{"page": page, "x": 0.1, "y": top, "width": 0.5, "height": 0.02} for top in tops]}


REPLACED = {"number": 1, "kind": "replaced", "from": side("four", 0.2), "to": side("twelve", 0.2, 0.22), "place": None}
ADDED = {"number": 2, "kind": "added", "from": None, "to": side("new", 0.21), "place": {"page": 6, "x": 0.4, "y": 0.9}}
REMOVED = {
    "number": 3,
    "kind": "removed",
    "from": side("old", 0.5),
    "to": None,
    "place": {"page": 7, "x": 0.1, "y": 0.5},
}
CHANGES = [REPLACED, ADDED, REMOVED]


def version(number: int, *, status: str = "ready", current: bool = False) -> dict[str, Any]:
    return {
        "number": number,
        "status": status,
        "current": current,
        "sha256": f"{number}" * 64,
        "size": 10,
        "uploaded_by": "jan",
        "uploaded_at": "2026-11-17T09:00:00Z",
        "note": "",
        "reason": None,
    }


FILE: dict[str, Any] = {
    "id": "f",
    "name": "Alarm philosophy.pdf",
    "project_id": "p",
    "current_version": 3,
    "versions": [version(1), version(2), version(3, current=True)],
}
ITEM: dict[str, Any] = {
    "id": "i",
    "turn": "customer",
    "verb": "sign_off",
    "due": "2026-11-19",
    "note": "",
    "asked_ids": ["maya"],
    "approvals": [],
    "version": {"file_id": "f", "number": 3, "name": "Alarm philosophy.pdf", "sha256": "3" * 64},
    "transitions": [{"key": "approve", "name": {"en": "Sign off"}, "requires": [], "decision": "approved"}],
}


def page(file: dict[str, Any] = FILE, comparing: Comparing = COMPARING, role: str = "owner", **found: Any) -> Any:
    said = {"state": "ready", "page_count": {"from": 8, "to": 8}, "changed_pages": 2, "changes": CHANGES, **found}
    return compare_page(
        scene(role),
        comparing,
        file,
        project={"title": "Control room"},
        item=ITEM,
        form=Form("/items/i/transitions", "k"),
        found=said,
        previews={},
        seen={},
        missing=(),
    )


def test_both_sides_carry_the_same_number_and_what_is_missing_its_place() -> None:
    older, newer = marks(CHANGES, "from", 2), marks(CHANGES, "to", 2)
    assert [one.change for one in older[7]] == [1, 3]
    assert [one.change for one in newer[7]] == [1, 2, 3]
    (lacking,) = older[6]
    assert (lacking.change, lacking.boxes, lacking.caret) == (2, (), ("40.00%", "90.00%"))
    assert newer[7][2].caret == ("10.00%", "50.00%")
    assert [one.is_chosen for one in newer[7]] == [False, True, False]


def test_what_was_is_struck_through_and_what_is_new_is_underlined() -> None:
    struck, underlined = marks([REPLACED], "from", 0)[7][0].boxes[0], marks([REPLACED], "to", 0)[7][0].boxes[0]
    assert (struck.y, struck.rule, struck.right) == ("20.00%", "21.10%", "60.00%")
    assert underlined.rule == "22.00%"


def test_numbers_do_not_lie_upon_each_other() -> None:
    close = [{**REPLACED, "number": n} for n in (1, 2, 3)]
    found = marks(close, "to", 0)[7]
    assert [(one.is_right, one.top) for one in found] == [(False, "20.00%"), (True, "20.00%"), (True, "23.00%")]


def test_what_this_person_has_stepped_to_is_counted() -> None:
    shown = differences(COMPARING, CHANGES, {"files/f/changes/2-3/1"})
    assert [(one.number, one.page, one.is_seen, one.is_chosen) for one in shown] == [
        (1, 7, True, False),
        (2, 7, False, True),
        (3, 7, False, False),
    ]
    assert shown[1].url == "/files/f/compare?from=2&to=3&change=2#change-2"


def test_the_act_is_on_the_newer_version_only_if_it_is_the_current_one() -> None:
    assert page().decision.versions[0].number == 3
    older = page(comparing=Comparing("f", 1, 2))
    assert (older.decision, older.verb, older.act_url) == (None, None, "")
    assert page(role="reader").decision is None


def test_changes_are_listed_only_once_they_are_known() -> None:
    assert len(page().changes) == 3
    for state in ("making", "same", "no_text", "too_different", "none"):
        assert page(state=state).changes == ()
        assert page(state=state).state == state


def test_a_reader_compares_with_the_version_that_they_signed() -> None:
    signed = {1: {"person_id": "maya"}, 2: {"person_id": "tom"}}
    assert compared_with(scene(), FILE, 3, signed) == 1
    assert compared_with(scene(), FILE, 3, {}) == 2
    assert compared_with(scene(), FILE, 1, {}) == 0
    unfit = {**FILE, "versions": [version(1, status="rejected"), version(2)]}
    assert compared_with(scene(), unfit, 2, {}) == 0
