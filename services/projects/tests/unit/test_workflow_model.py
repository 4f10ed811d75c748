"""Workflows are data: these states and verbs are known to no code."""

from dataclasses import replace
from typing import Any

import pytest
from atrium_projects.workflows.model import WorkflowError, affected, parse, target_of
from hypothesis import given
from hypothesis import strategies as st

TURNS = ["customer", "provider", "third_party", "nobody"]


def state(key: str, turn: str = "customer", verb: str | None = "taste") -> dict[str, Any]:
    return {"key": key, "name": {"en": key}, "turn": turn, "verb": verb}


def step(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"key": f"to_{target}", "name": {"en": target}, "from": source, "to": target, **more}


TASTING = {
    "states": [state("brewing", "provider", "stir"), state("tasting"), state("drunk", "nobody", None)],
    "transitions": [
        step("brewing", "tasting", sides=["provider"]),
        step("tasting", "drunk", sides=["customer"], roles=["owner"], requires=["comment"], decision="approved"),
    ],
}


def test_a_workflow_nobody_has_heard_of_works() -> None:
    workflow = parse(TASTING)
    assert workflow.initial.verb == "stir"
    assert [one.key for one in workflow.allowed("brewing", "provider", "manager")] == ["to_tasting"]
    assert workflow.allowed("brewing", "customer", "owner") == []
    assert workflow.allowed("tasting", "customer", "reader") == []
    assert [one.key for one in workflow.asks_for_decision()] == ["tasting"]
    assert workflow.deciding("tasting", "changes_requested") is None


def test_days_agreed_with_one_side_bind_no_other() -> None:
    """A task that was sent back waits for whoever has it now, without the days that the customer agreed to."""
    brewing, tasting = parse(TASTING).states[:2]
    assert brewing.days_after("customer", 5) is None
    assert tasting.days_after("customer", 5) == 5
    assert replace(brewing, agreed_days=3).days_after("customer", 5) == 3


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"states": []}, "/states"),
        ({"states": [*TASTING["states"], state("tasting")]}, "/states/3/key"),
        ({"transitions": [step("brewing", "cellar")]}, "/transitions/0/to"),
        ({"transitions": [step("cellar", "drunk")]}, "/transitions/0/from"),
        ({"states": [state("brewing"), state("tasting")], "transitions": [step("brewing", "tasting")]}, "/states"),
        ({"transitions": [step("brewing", "tasting")]}, "/states/1"),
        ({"transitions": [*TASTING["transitions"], step("tasting", "drunk")]}, "/transitions/2/key"),
    ],
)
def test_a_table_that_cannot_work_is_refused_with_the_place(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(WorkflowError) as caught:
        parse({**TASTING, **change})
    assert caught.value.pointer == pointer


def test_states_that_are_gone_are_counted() -> None:
    shorter = parse({"states": TASTING["states"][1:], "transitions": TASTING["transitions"][1:]})
    assert affected(shorter, {"brewing": 3, "tasting": 1}) == [{"state": "brewing", "items": 3}]


def test_an_item_goes_where_it_is_mapped_or_stays_where_it_is_if_that_is_there() -> None:
    workflow = parse(TASTING)
    assert target_of(workflow, {}, "tasting") == "tasting"
    assert target_of(workflow, {"on_hold": "brewing"}, "on_hold") == "brewing"
    assert target_of(workflow, {}, "on_hold") is None
    assert target_of(workflow, {"tasting": "cellar"}, "tasting") is None


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=5, unique=True))
    states = [state(key, draw(st.sampled_from(TURNS))) for key in keys]
    pairs = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=8, unique=True))
    return {"states": states, "transitions": [step(source, target) for source, target in pairs]}


@given(definitions())
def test_an_accepted_workflow_leads_nowhere_unknown_and_is_never_stuck(definition: dict[str, Any]) -> None:
    try:
        workflow = parse(definition)
    except WorkflowError:
        return
    for one in workflow.states:
        assert one.is_final or workflow.leaving(one.key)
        for leaving in workflow.leaving(one.key):
            assert workflow.state(leaving.target)
