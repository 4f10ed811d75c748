"""What a new version of a workflow would do: which states changed, where items go, what people notice."""

from datetime import UTC, datetime
from typing import Any

import pytest
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.staff_studio import changed_states, changed_transitions
from atrium_gateway.pages.composing.workflow_dry_run import counted, dry_run, mapping_of
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.presenting.studio import DryRun, TurnChange
from atrium_gateway.pages.translation import translations

BLUEPEAK = CustomerRef("bluepeak", "Bluepeak Energy")


def state(key: str, turn: str = "provider", verb: str | None = None, name: str = "") -> dict[str, Any]:
    return {"key": key, "name": {"en": name or key.capitalize()}, "turn": turn, "verb": verb}


def way(key: str, source: str, target: str) -> dict[str, Any]:
    return {"key": key, "name": {"en": key}, "from": source, "to": target}


KEPT = {
    "states": [state("draft"), state("hold"), state("review", "customer", "review"), state("done", "nobody")],
    "transitions": [way("submit", "draft", "review"), way("finish", "review", "done")],
}
TYPED = {
    "states": [
        state("draft"),
        state("review", "customer", "review", "Technical review"),
        state("safety", "third_party"),
        state("done", "nobody"),
    ],
    "transitions": [way("submit", "draft", "review"), way("finish", "safety", "done")],
}


def item(key: str, to: str | None, title: str = "One") -> dict[str, Any]:
    return {"id": title, "title": title, "customer_id": "b", "project_id": "p", "state": key, "to": to}


SCENE = Scene(
    reader="n",
    side="provider",
    role="admin",
    language="en",
    now=datetime(2026, 11, 20, tzinfo=UTC),
    time_zone="UTC",
    person=lambda _: None,
    words=translations("en"),
)


def tried(*items: dict[str, Any]) -> DryRun:
    return dry_run(SCENE, KEPT, TYPED, items, lambda _: BLUEPEAK, {"p": "Control room"})


def test_states_say_what_became_of_them() -> None:
    found = changed_states(KEPT, TYPED, counted([item("hold", None), item("draft", "draft"), item("draft", "draft")]))
    assert [(one.key, one.changed, one.running) for one in found] == [
        ("draft", "", 2),
        ("review", "renamed", 0),
        ("safety", "new", 0),
        ("done", "", 0),
        ("hold", "gone", 1),
    ]


def test_a_way_that_leads_elsewhere_is_new() -> None:
    assert [(one.key, one.changed) for one in changed_transitions(KEPT, TYPED)] == [("submit", ""), ("finish", "new")]


def test_items_find_their_state_by_themselves_or_wait_for_a_choice() -> None:
    found = tried(item("draft", "draft"), item("review", "review"), item("hold", None, "Held"))
    assert [(one.before, one.after, one.items) for one in found.mapped] == [
        ("Draft", "Draft", 1),
        ("Review", "Technical review", 1),
    ]
    (gone,) = found.gone
    assert (gone.title, gone.chosen, gone.items[0].project) == ("Hold", "", "Control room")
    assert (found.running, found.by_choice, found.left) == (3, 1, 1)
    assert found.turns == ()
    assert not found.mails


def test_people_notice_whose_turn_it_becomes() -> None:
    found = tried(item("hold", "review"), item("hold", "review", "Two"), item("draft", "draft"))
    assert found.left == 0
    assert found.turns == (TurnChange(2, "provider", "customer"),)
    assert found.mails


def test_a_state_of_an_older_version_is_called_by_its_key() -> None:
    (gone,) = tried(item("ancient", None)).gone
    assert gone.title == "ancient"


@pytest.mark.parametrize(("to", "found"), [(["review", ""], {"hold": "review"}), ([], {})])
def test_what_is_not_chosen_is_not_mapped(to: list[str], found: dict[str, str]) -> None:
    assert mapping_of({"mapping_from": ["hold", "ancient"], "mapping_to": to}) == found
