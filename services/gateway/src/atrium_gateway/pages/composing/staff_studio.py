"""Workflows, as forms and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from atrium_chassis.problems import Problem

from atrium_gateway.pages.composing.problems import problem_words
from atrium_gateway.pages.composing.scene import Json, Scene
from atrium_gateway.pages.composing.workflow_drawing import drawing
from atrium_gateway.pages.presenting.shapes import FieldError, Form
from atrium_gateway.pages.presenting.studio import (
    Changed,
    WorkflowPage,
    WorkflowRow,
    WorkflowState,
    WorkflowTransition,
)

LANGUAGES = ("en", "de")
STATE = ("key", "en", "de", "turn", "verb", "days")
TRANSITION = ("key", "en", "de", "from", "to", "sides", "roles", "needs", "decision")
BOTH = "provider, customer"


def workflow_row(scene: Scene, row: Json) -> WorkflowRow:
    return WorkflowRow(
        id=str(row["id"]),
        name=scene.named(row["name"]),
        url=f"/workflows/{row['id']}",
        version=row["version"],
        states=len(row["definition"]["states"]),
    )


def states_of(definition: Json) -> tuple[WorkflowState, ...]:
    return tuple(
        WorkflowState(
            key=one["key"],
            label_en=one["name"].get("en", ""),
            label_de=one["name"].get("de", ""),
            turn=one["turn"],
            verb=one.get("verb") or "",
            days="" if one.get("agreed_days") is None else str(one["agreed_days"]),
        )
        for one in definition["states"]
    )


def transitions_of(definition: Json) -> tuple[WorkflowTransition, ...]:
    return tuple(
        WorkflowTransition(
            key=one["key"],
            label_en=one["name"].get("en", ""),
            label_de=one["name"].get("de", ""),
            source=one["from"],
            target=one["to"],
            sides=", ".join(one.get("sides") or ()) or BOTH,
            roles=", ".join(one.get("roles") or ()),
            needs=", ".join(one.get("requires") or ()),
            decision=one.get("decision") or "",
        )
        for one in definition["transitions"]
    )


def table(lists: Mapping[str, Sequence[str]], prefix: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of one of the form's tables; those without a key are not there."""
    found = [[value.strip() for value in lists.get(f"{prefix}_{name}", [])] for name in columns]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*found, strict=False))
    return [row for row in rows if row["key"]]


def several(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def named(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES if row[language]}


def definition_of(lists: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The definition as the service takes it, from the form's two tables."""
    states = [
        {
            "key": row["key"],
            "name": named(row),
            "turn": row["turn"],
            "verb": row["verb"] or None,
            "agreed_days": int(row["days"]) if row["days"].isdigit() else None,
        }
        for row in table(lists, "state", STATE)
    ]
    transitions = []
    for row in table(lists, "transition", TRANSITION):
        step: dict[str, Any] = {"key": row["key"], "name": named(row), "from": row["from"], "to": row["to"]}
        step["sides"] = several(row["sides"]) or several(BOTH)
        if row["roles"]:
            step["roles"] = several(row["roles"])
        step["requires"] = several(row["needs"])
        step["decision"] = row["decision"] or None
        transitions.append(step)
    return {"states": states, "transitions": transitions}


def workflow_errors(scene: Scene, problem: Problem) -> tuple[FieldError, ...]:
    """What keeps the tables from working, by table and row."""
    return tuple(FieldError("", _fault(scene, error.pointer)) for error in problem.errors) or (
        FieldError("", problem_words(problem, scene.words.gettext)),
    )


def _fault(scene: Scene, pointer: str) -> str:
    parts = pointer.removeprefix("/definition").strip("/").split("/")
    if parts[0] == "mapping":
        return scene._("Say where items in this state go.") + f" ({parts[-1]})"
    names = {"states": scene._("States"), "transitions": scene._("Transitions")}
    faults = {
        "from": scene._("there is no such state to begin from"),
        "to": scene._("there is no such state to lead to"),
        "key": scene._("the key is used twice or is not small letters, digits and _"),
    }
    table = names.get(parts[0], "")
    if len(parts) == 1:
        return scene._("%(table)s: one state must be nobody’s turn") % {"table": table}
    fault = faults.get(parts[-1]) or (
        scene._("nothing leads out of it") if len(parts) == 2 else scene._("something is missing or not right")
    )
    return scene._("%(table)s, row %(row)s: %(fault)s") % {
        "table": table,
        "row": int(parts[1]) + 1 if parts[1].isdigit() else parts[1],
        "fault": fault,
    }


def workflow_page(
    scene: Scene,
    workflow: Json,
    definition: Json,
    form: Form,
    rollback: Form | None,
    *,
    running: Mapping[str, int],
    **more: Any,
) -> WorkflowPage:
    """`definition` is what the tables show: the stored one, or what was typed. `running` counts items by state."""
    kept = workflow["definition"]
    states = changed_states(kept, definition, running)
    there = tuple(one for one in states if one.changed != "gone")
    transitions = changed_transitions(kept, definition)
    return WorkflowPage(
        id=str(workflow["id"]),
        name=scene.named(workflow["name"]),
        version=workflow["version"],
        form=form,
        states=there,
        transitions=transitions,
        removed=states[len(there) :],
        drawing=drawing(scene.language, states, transitions),
        rollback=rollback,
        **more,
    )


def changed_states(kept: Json, typed: Json, running: Mapping[str, int]) -> tuple[WorkflowState, ...]:
    """The states as typed, then those that only the stored definition has; each with what became of it."""
    before = {one.key: one for one in states_of(kept)}
    now = {one.key: one for one in states_of(typed)}

    def became(one: WorkflowState) -> Changed:
        known = before.get(one.key)
        if one.key not in now or known is None:
            return "gone" if known else "new"
        return "" if (known.label_en, known.label_de) == (one.label_en, one.label_de) else "renamed"

    shown = (*now.values(), *(one for key, one in before.items() if key not in now))
    return tuple(replace(one, changed=became(one), running=running.get(one.key, 0)) for one in shown)


def changed_transitions(kept: Json, typed: Json) -> tuple[WorkflowTransition, ...]:
    known = {(one["key"], one["from"], one["to"]) for one in kept["transitions"]}
    return tuple(
        one if (one.key, one.source, one.target) in known else replace(one, changed="new")
        for one in transitions_of(typed)
    )
