"""A fact: what held of one subject, and from when until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

Kind = Literal["project", "item", "approval", "request", "version", "message"]

#: Kinds that some figure is computed from; the others are kept for figures to come.
COUNTED: frozenset[Kind] = frozenset({"item", "approval", "request"})


@dataclass(frozen=True)
class Fact:
    """`valid_to` None: holds still. A fact that was replaced at once held at no moment."""

    subject: str
    kind: Kind
    valid_from: datetime
    valid_to: datetime | None
    data: Mapping[str, Any]

    def holds_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment and (self.valid_to is None or moment < self.valid_to)


def known_at(facts: Sequence[Fact], moment: datetime) -> list[Fact]:
    """What was known at a moment: later facts are left out, later ends too."""
    return [
        replace(fact, valid_to=None) if fact.valid_to is not None and fact.valid_to > moment else fact
        for fact in facts
        if fact.valid_from <= moment
    ]
