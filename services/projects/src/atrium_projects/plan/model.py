"""The plan's rules: what an item is, and what of it a customer may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Visibility = Literal["internal", "placeholder", "shared"]
Kind = Literal["phase", "task", "milestone", "risk", "issue", "decision"]

SHOWN: dict[Visibility, int] = {"internal": 0, "placeholder": 1, "shared": 2}


@dataclass(frozen=True)
class Item:
    """The provider's own item, with what customers never see."""

    customer_id: UUID
    project_id: UUID
    id: UUID
    parent_id: UUID | None
    position: int
    kind: Kind
    title: str
    internal_note: str
    customer_title: str | None
    customer_note: str
    customer_date: date | None
    customer_until: date | None
    due: date | None
    estimate_hours: float | None
    visibility: Visibility
    workflow_id: UUID
    workflow_version: int
    state: str
    turn: str
    verb: str | None
    turn_since: datetime
    agreed_days: int | None
    owner_id: UUID | None
    asked_ids: tuple[UUID, ...]
    asked_by: UUID | None
    file_id: UUID | None
    third_party: str
    revision: int
    created_at: datetime


@dataclass(frozen=True)
class Published:
    """What the customer sees of an item. Of a placeholder only its existence and when: `due`, or from there `until`."""

    customer_id: UUID
    project_id: UUID
    item_id: UUID
    form: Literal["shared", "placeholder"]
    due: date | None
    until: date | None = None
    parent_id: UUID | None = None
    position: int = 0
    kind: Kind | None = None
    title: str | None = None
    note: str | None = None
    state: str | None = None
    turn: str | None = None
    verb: str | None = None
    turn_since: datetime | None = None
    agreed_days: int | None = None
    owner_id: UUID | None = None
    asked_ids: tuple[UUID, ...] = field(default=())
    asked_by: UUID | None = None
    file_id: UUID | None = None
    third_party: str = ""
    workflow_id: UUID | None = None
    workflow_version: int | None = None


def reordered(around: Sequence[tuple[UUID, int]], one: UUID, position: int, following: UUID | None) -> dict[UUID, int]:
    """Positions of all in one place when `one` stands before `following`, else last.

    They share the positions that they had, so that what stands elsewhere stays where it is.
    """
    order = [key for key, _ in around]
    order.insert(len(order) if following is None else order.index(following), one)
    found: dict[UUID, int] = {}
    last = -1
    for key, free in zip(order, sorted([position, *(held for _, held in around)]), strict=True):
        found[key] = last = max(free, last + 1)
    return found


def narrowest(visibilities: list[Visibility]) -> Visibility:
    """Nothing shows more than what it lies in."""
    return min(visibilities, key=lambda visibility: SHOWN[visibility])


def begin_of(item: Item) -> date | None:
    """When it is, to the customer; where it has an end, when it begins."""
    return item.customer_date or item.due


def ends_too_early(item: Item) -> bool:
    begin, until = begin_of(item), item.customer_until
    return until is not None and (begin is None or until < begin)


def published(item: Item, ancestors: list[Visibility] | None = None) -> Published | None:
    """What the customer may see of an item that lies in these ancestors; None for nothing."""
    visibility = narrowest([item.visibility, *(ancestors or [])])
    due, until = begin_of(item), item.customer_until
    if visibility == "internal":
        return None
    if visibility == "placeholder":
        return Published(
            item.customer_id, item.project_id, item.id, "placeholder", due, until, item.parent_id, item.position
        )
    return Published(
        customer_id=item.customer_id,
        project_id=item.project_id,
        item_id=item.id,
        form="shared",
        due=due,
        until=until,
        parent_id=item.parent_id,
        position=item.position,
        kind=item.kind,
        title=item.customer_title or item.title,
        note=item.customer_note,
        state=item.state,
        turn=item.turn,
        verb=item.verb,
        turn_since=item.turn_since,
        agreed_days=item.agreed_days,
        owner_id=item.owner_id,
        asked_ids=item.asked_ids,
        asked_by=item.asked_by,
        file_id=item.file_id,
        third_party=item.third_party,
        workflow_id=item.workflow_id,
        workflow_version=item.workflow_version,
    )


def differences(before: Published | None, after: Published | None) -> list[str]:
    """Names of the published fields that differ."""
    if before is None or after is None:
        return [] if before is after else ["form"]
    return [name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
