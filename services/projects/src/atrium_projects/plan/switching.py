"""Running items take a new version of their workflow: all of them in one transaction, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.clock import now
from atrium_chassis.problems import FieldError, Invalid
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.model import Item
from atrium_projects.plan.saving import item_of, save
from atrium_projects.plan.tables import item as items
from atrium_projects.workflows.model import State, Workflow, target_of


async def running_items(connection: AsyncConnection, workflow_id: UUID, *, lock: bool) -> list[Item]:
    """Items of any version of a workflow in which somebody has the turn; served by item_in_state."""
    query = select(items).where(items.c.workflow_id == workflow_id, items.c.turn != "nobody").order_by(items.c.id)
    rows = await connection.execute(query.with_for_update() if lock else query)
    return [item_of(row) for row in rows.all()]


def planned_switch(running: Sequence[Item], new: Workflow, mapping: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every running item with the state it goes to; `to` is None where a choice is still to be made."""
    return [
        {
            "id": str(one.id),
            "title": one.title,
            "customer_id": str(one.customer_id),
            "project_id": str(one.project_id),
            "state": one.state,
            "to": target_of(new, mapping, one.state),
        }
        for one in running
    ]


async def switch_items(
    connection: AsyncConnection,
    running: Sequence[Item],
    new: Workflow,
    version: int,
    mapping: Mapping[str, str],
    actor: UUID | None,
) -> None:
    """Raises Invalid that names the states for which nothing is chosen. Clocks go on where the turn stays."""
    missing = sorted({one.state for one in running if target_of(new, mapping, one.state) is None})
    if missing:
        raise Invalid(
            [
                FieldError(f"/mapping/{state}", "choice_missing", f"Say where items in “{state}” go.")
                for state in missing
            ]
        )
    for one in running:
        state = new.state(str(target_of(new, mapping, one.state)))
        await save(connection, one, _in_state(one, state, version), actor=actor, act="workflow_changed")


def _in_state(one: Item, state: State, version: int) -> Item:
    return replace(
        one,
        workflow_version=version,
        state=state.key,
        turn=state.turn,
        verb=state.verb,
        turn_since=one.turn_since if state.turn == one.turn else now(),
        agreed_days=state.days_after(one.turn, one.agreed_days),
    )
