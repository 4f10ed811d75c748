"""Workflows: tables of states and transitions. The code knows none of their states and verbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Turn = Literal["customer", "provider", "third_party", "nobody"]
Words = Mapping[str, str]

DECIDING_ROLES = frozenset({"owner", "member", "admin", "manager"})


class WorkflowError(ValueError):
    """A definition that cannot work; `pointer` is a JSON pointer into it."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer
        self.detail = detail


@dataclass(frozen=True)
class State:
    """`verb` is what the turn's holder is asked to do; a state of nobody's turn is an end."""

    key: str
    name: Words
    turn: Turn
    verb: str | None
    agreed_days: int | None = None

    @property
    def is_final(self) -> bool:
        return self.turn == "nobody"

    def days_after(self, turn: str, agreed: int | None) -> int | None:
        """The days that are agreed here, coming from that turn: what was agreed with one side binds no other."""
        return agreed if self.agreed_days is None and self.turn == turn else self.agreed_days


@dataclass(frozen=True)
class Transition:
    """`sides` and `roles` may do it; `requires` lists what must be given: `comment`, `versions`.

    `decision` ties a transition to an approval: `approved` or `changes_requested`.
    """

    key: str
    name: Words
    source: str
    target: str
    sides: frozenset[str]
    roles: frozenset[str]
    requires: frozenset[str]
    decision: str | None


@dataclass(frozen=True)
class Workflow:
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    @property
    def initial(self) -> State:
        return self.states[0]

    def state(self, key: str) -> State:
        """Raises KeyError."""
        for state in self.states:
            if state.key == key:
                return state
        raise KeyError(key)

    def leaving(self, state: str) -> list[Transition]:
        return [transition for transition in self.transitions if transition.source == state]

    def allowed(self, state: str, side: str, role: str) -> list[Transition]:
        """What this side and role may do from here."""
        return [t for t in self.leaving(state) if side in t.sides and role in t.roles]

    def deciding(self, state: str, decision: str) -> Transition | None:
        """The transition that an approval decision takes from here."""
        return next((t for t in self.leaving(state) if t.decision == decision), None)

    def asks_for_decision(self) -> list[State]:
        """States that an approval leaves."""
        keys = {t.source for t in self.transitions if t.decision == "approved"}
        return [state for state in self.states if state.key in keys]


def _unique(keys: list[str], pointer: str) -> None:
    for position, key in enumerate(keys):
        if key in keys[:position]:
            raise WorkflowError(f"{pointer}/{position}/key", f"“{key}” is used twice.")


def parse(definition: Mapping[str, Any]) -> Workflow:
    """A workflow from its stored or posted definition. Raises WorkflowError with a pointer to what is wrong."""
    states = tuple(
        State(s["key"], s["name"], s["turn"], s.get("verb"), s.get("agreed_days")) for s in definition["states"]
    )
    if not states:
        raise WorkflowError("/states", "A workflow needs at least one state.")
    _unique([state.key for state in states], "/states")
    known = {state.key for state in states}
    transitions = tuple(
        Transition(
            t["key"],
            t["name"],
            t["from"],
            t["to"],
            frozenset(t.get("sides") or {"provider", "customer"}),
            frozenset(t.get("roles") or DECIDING_ROLES),
            frozenset(t.get("requires") or ()),
            t.get("decision"),
        )
        for t in definition["transitions"]
    )
    for position, transition in enumerate(transitions):
        for end, name in ((transition.source, "from"), (transition.target, "to")):
            if end not in known:
                raise WorkflowError(f"/transitions/{position}/{name}", f"There is no state “{end}”.")
    pairs = [f"{transition.source}/{transition.key}" for transition in transitions]
    _unique(pairs, "/transitions")
    if not any(state.is_final for state in states):
        raise WorkflowError("/states", "A workflow needs a state in which nobody has the turn.")
    for position, state in enumerate(states):
        if not state.is_final and not any(t.source == state.key for t in transitions):
            raise WorkflowError(f"/states/{position}", f"Nothing leads out of “{state.key}”.")
    return Workflow(states, transitions)


def affected(new: Workflow, in_use: Mapping[str, int]) -> list[dict[str, Any]]:
    """States that running items are in and that the new version does not have, with how many items."""
    known = {state.key for state in new.states}
    return [{"state": state, "items": count} for state, count in sorted(in_use.items()) if state not in known]


def target_of(new: Workflow, mapping: Mapping[str, str], state: str) -> str | None:
    """Where an item in this state goes in the new version; None where that has to be chosen."""
    target = mapping.get(state, state)
    return target if any(one.key == target for one in new.states) else None
