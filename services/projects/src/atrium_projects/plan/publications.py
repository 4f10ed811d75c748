"""Publishing: what customers see changes for many items at once. A dry run is the same, rolled back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.problems import Conflict, FieldError, Invalid, NotFound
from atrium_chassis.viewer import Side, Viewer, common
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.members.queries import contact_of, contacts_of
from atrium_projects.plan.commands import lock_plan, require_range
from atrium_projects.plan.home import home_of
from atrium_projects.plan.model import SHOWN, Item, Visibility
from atrium_projects.plan.queries import Json, one_project, published_plan
from atrium_projects.plan.saving import ancestors_of, item_of, save
from atrium_projects.plan.tables import item as items
from atrium_projects.plan.tables import project


@dataclass(frozen=True)
class Choice:
    """An item to publish, as it was previewed when `revision` is given."""

    id: UUID
    visibility: Visibility
    revision: int | None = None
    customer_title: str | None = None
    customer_note: str | None = None
    customer_date: date | None = None
    customer_until: date | None = None


class RolledBack(Exception):
    """Ends the transaction of a dry run."""


async def publish_items(
    connection: AsyncConnection, viewer: Viewer, project_id: UUID, choices: Sequence[Choice], *, by_mail: bool = True
) -> list[tuple[Item, Item]]:
    """All or none: each item before and after. `by_mail`: whether who is asked by them gets a mail.

    Raises NotFound, Conflict when an item changed since it was previewed, Invalid.
    """
    await lock_plan(connection, project_id)
    wanted = {choice.id: choice for choice in choices}
    rows = await connection.execute(
        select(items)
        .where(items.c.project_id == project_id, items.c.id.in_(wanted))
        .order_by(items.c.id)  # locked in the order in which a switch of workflows locks them
        .with_for_update()
    )
    found = sorted((item_of(row) for row in rows.all()), key=lambda one: one.position)
    if len(found) != len(wanted):
        raise NotFound()
    changed = [str(one.id) for one in found if wanted[one.id].revision not in {None, one.revision}]
    if changed:
        raise Conflict("changed_since_preview", "An item changed since the preview. Look again.", {"items": changed})
    saved = []
    for one in found:
        choice = wanted[one.id]
        await _require_possible(connection, one, choice.visibility, wanted)
        after = replace(
            one,
            visibility=choice.visibility,
            customer_title=choice.customer_title if choice.customer_title is not None else one.customer_title,
            customer_note=choice.customer_note if choice.customer_note is not None else one.customer_note,
            customer_date=choice.customer_date or one.customer_date,
            customer_until=choice.customer_until or one.customer_until,
        )
        require_range(after, "/items")
        stored = await save(connection, one, after, actor=viewer.person, act="published", by_mail=by_mail)
        saved.append((one, stored))
    return saved


async def _require_possible(
    connection: AsyncConnection, one: Item, visibility: Visibility, wanted: dict[UUID, Choice]
) -> None:
    """Nothing in an internal phase can be shared."""
    around = [] if one.parent_id in wanted else await ancestors_of(connection, one)
    if any(SHOWN[outer] < SHOWN[visibility] for outer in around):
        raise Invalid(
            [
                FieldError(
                    "/items", "hidden_phase", f"“{one.title}” lies in a phase that shows less. Publish the phase first."
                )
            ]
        )


async def customer_of(connection: AsyncConnection, project_id: UUID) -> UUID:
    """Raises NotFound."""
    found = await connection.execute(select(project.c.customer_id).where(project.c.id == project_id))
    customer: UUID | None = found.scalar_one_or_none()
    if customer is None:
        raise NotFound()
    return customer


async def preview(
    database: Database, viewer: Viewer, project_id: UUID, choices: Sequence[Choice], as_person: UUID | None = None
) -> dict[str, Any]:
    """What would become visible, to whom, what stays internal: the publication, read as the customer, rolled back.

    `seen` has plan and home as `as_person` would find them then.
    """
    outcome: dict[str, Any] = {}
    try:
        async with database.transaction(viewer) as connection:
            customer = await customer_of(connection, project_id)
            before = await _as_customer(database, connection, viewer, customer, project_id)
            await database.enter(connection, viewer)
            revisions = await _revisions(connection, choices)
            saved = await publish_items(connection, viewer, project_id, choices)
            people = await contacts_of(connection, customer, project_id)
            after = await _as_customer(database, connection, viewer, customer, project_id)
            outcome = {
                "becomes_visible": [one for key, one in after.items() if _differs(before.get(key), one)],
                "withdrawn": [one for key, one in before.items() if key not in after],
                "to": [str(person) for person, _ in people],
                "stays_internal": [kept for _, one in saved for kept in _kept(one)],
                "revisions": revisions,
            }
            if as_person is not None:
                outcome["seen"] = await _seen_by(database, connection, viewer, customer, project_id, as_person)
            raise RolledBack
    except RolledBack:
        return outcome


def _differs(before: Json | None, after: Json) -> bool:
    """Not by its place alone: that follows from what becomes visible around it."""
    return before is None or {**before, "position": after["position"]} != after


async def _revisions(connection: AsyncConnection, choices: Sequence[Choice]) -> dict[str, int]:
    """What the publication has to name, so that nothing is published that changed since."""
    chosen = [choice.id for choice in choices]
    rows = await connection.execute(select(items.c.id, items.c.revision).where(items.c.id.in_(chosen)))
    return {str(row.id): row.revision for row in rows}


async def _as_customer(
    database: Database, connection: AsyncConnection, staff: Viewer, customer: UUID, project_id: UUID
) -> dict[str, Any]:
    """The plan by the customer's own query, under the customer's role, within the running transaction."""
    eyes = Viewer(Side.CUSTOMER, None, customer, "owner", language=staff.language)
    await database.enter(connection, eyes)
    return {one["id"]: one for one in await published_plan(connection, customer, project_id)}


async def _seen_by(
    database: Database, connection: AsyncConnection, staff: Viewer, customer: UUID, project_id: UUID, person: UUID
) -> dict[str, Any]:
    """By the person's own queries and rights; never more of the customer than the staff member may see.

    Nothing can be written after this. Raises NotFound for whom the project is not for.
    """
    await database.enter(connection, staff)
    member = await contact_of(connection, customer, project_id, person)
    if member is None:
        raise NotFound()
    eyes = Viewer(
        Side.CUSTOMER,
        person,
        customer,
        member.role,
        common(None if member.project_ids is None else frozenset(member.project_ids), staff.projects),
        staff.language,
        preview=staff.person,
    )
    await database.enter(connection, eyes)
    plan = {
        "project": await one_project(connection, eyes, project_id),
        "items": await published_plan(connection, customer, project_id),
    }
    return {"plan": plan, "home": await home_of(connection, eyes)}


def _kept(one: Item) -> list[dict[str, Any]]:
    """Fields of an item that no customer sees, with their values."""
    values = asdict(one)
    kept = {"internal_note": values["internal_note"], "estimate_hours": values["estimate_hours"]}
    if one.customer_title and one.customer_title != one.title:
        kept["title"] = one.title
    if one.customer_date and one.customer_date != one.due:
        kept["due"] = values["due"]
    return [{"item": str(one.id), "field": name, "value": value} for name, value in kept.items() if value]
