"""What is done to projects and items. Each function is one use case, in the caller's transaction."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.events import record
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Viewer
from atrium_contracts.projects import ProjectChanged
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.members.queries import unknown_people
from atrium_projects.plan.model import Item, ends_too_early, reordered
from atrium_projects.plan.saving import descendants_of, item_of, save
from atrium_projects.plan.tables import item as items
from atrium_projects.plan.tables import project
from atrium_projects.workflows.model import State
from atrium_projects.workflows.queries import Version, current_by_key, current_version

SERVICE = "projects"
DEFAULT_WORKFLOW = "task"


async def create_project(
    connection: AsyncConnection, viewer: Viewer, customer: UUID, values: dict[str, Any]
) -> dict[str, Any]:
    identifier = uuid4()
    await connection.execute(insert(project).values(customer_id=customer, id=identifier, revision=1, **values))
    await tell_project(connection, customer, identifier, viewer.person)
    return {"id": str(identifier), "revision": 1}


async def change_project(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, values: dict[str, Any], expected: int | None
) -> dict[str, Any]:
    """Raises NotFound, Stale."""
    row = (await connection.execute(select(project).where(project.c.id == identifier).with_for_update())).one_or_none()
    if row is None:
        raise NotFound()
    require_revision(row.revision, expected)
    if values.keys() & {"status", "status_text"}:
        values = {**values, "status_by": viewer.person, "status_at": now()}
    await connection.execute(
        update(project)
        .where(project.c.customer_id == row.customer_id, project.c.id == identifier)
        .values(**values, revision=row.revision + 1)
    )
    await tell_project(connection, row.customer_id, identifier, viewer.person)
    return {"id": str(identifier), "revision": row.revision + 1}


async def tell_project(connection: AsyncConnection, customer: UUID, identifier: UUID, actor: UUID | None) -> None:
    row = (
        await connection.execute(select(project).where(project.c.customer_id == customer, project.c.id == identifier))
    ).one()
    data = ProjectChanged(
        project_id=row.id,
        customer_id=customer,
        title=row.title,
        goal=row.goal,
        status=row.status,
        lead_id=row.lead_id,
        contact_ids=[UUID(contact["person_id"]) for contact in row.contacts],
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        active=row.active,
    )
    await record(
        connection,
        data,
        subject=f"projects/{row.id}",
        customer=customer,
        audience="shared",
        revision=row.revision,
        key=row.id,
        actor=actor,
    )


async def lock_plan(connection: AsyncConnection, project_id: UUID) -> UUID:
    """Orders whatever changes the shape of a plan or what shows of it; returns its customer. Raises NotFound.

    Without it a phase could be hidden while something in it is being shown. Steps of single items go on meanwhile.
    """
    found = await connection.execute(
        select(project.c.customer_id).where(project.c.id == project_id).with_for_update(key_share=True)
    )
    customer: UUID | None = found.scalar_one_or_none()
    if customer is None:
        raise NotFound()
    return customer


async def lock_item(connection: AsyncConnection, identifier: UUID) -> Item:
    """The item, locked for this transaction. Raises NotFound."""
    row = (await connection.execute(select(items).where(items.c.id == identifier).with_for_update())).one_or_none()
    if row is None:
        raise NotFound()
    return item_of(row)


async def require_people(
    connection: AsyncConnection, customer: UUID, people: list[UUID], pointer: str, project_id: UUID | None = None
) -> None:
    """Raises Invalid when somebody is neither of the customer, with access to the project, nor of the provider."""
    if await unknown_people(connection, customer, people, project_id):
        raise Invalid([FieldError(pointer, "unknown_person", "This person does not belong to this project.")])


def require_range(one: Item, pointer: str = "/customer_until") -> None:
    """Raises Invalid when an item ends before the day on which it begins, or never begins."""
    if ends_too_early(one):
        raise Invalid([FieldError(pointer, "ends_too_early", "It ends on or after the day on which it begins.")])


async def create_item(
    connection: AsyncConnection, viewer: Viewer, project_id: UUID, values: dict[str, Any]
) -> dict[str, Any]:
    """Raises NotFound, Invalid."""
    customer = await lock_plan(connection, project_id)
    workflow = await _workflow(connection, values.pop("workflow_id", None), values.pop("workflow", None))
    state = _state(workflow, values.pop("state", None))
    parent = values.get("parent_id")
    if parent is not None and not await _is_in(connection, customer, project_id, parent):
        raise Invalid([FieldError("/parent_id", "unknown_item", "There is no such item in this project.")])
    await require_people(connection, customer, list(values.get("asked_ids") or ()), "/asked_ids", project_id)
    last = await connection.execute(
        select(func.coalesce(func.max(items.c.position), 0)).where(
            items.c.customer_id == customer, items.c.project_id == project_id
        )
    )
    moment = now()
    agreed = values.pop("agreed_days", None)
    turn_since = values.pop("turn_since", None) or moment
    asked = tuple(values.pop("asked_ids", None) or ())
    made = Item(
        customer_id=customer,
        project_id=project_id,
        id=uuid4(),
        position=int(last.scalar_one()) + 1,
        workflow_id=workflow.id,
        workflow_version=workflow.version,
        state=state.key,
        turn=state.turn,
        verb=state.verb,
        turn_since=turn_since,
        agreed_days=agreed if agreed is not None else state.agreed_days,
        asked_ids=asked,
        asked_by=viewer.person,
        revision=0,
        created_at=moment,
        **values,
    )
    require_range(made)
    saved = await save(connection, None, made, actor=viewer.person, act="created")
    return {"id": str(saved.id), "revision": saved.revision}


async def _is_in(connection: AsyncConnection, customer: UUID, project_id: UUID, identifier: UUID) -> bool:
    found = await connection.execute(
        select(items.c.id).where(
            items.c.customer_id == customer, items.c.project_id == project_id, items.c.id == identifier
        )
    )
    return found.one_or_none() is not None


async def _workflow(connection: AsyncConnection, identifier: UUID | None, key: str | None) -> Version:
    try:
        if identifier is not None:
            return await current_version(connection, identifier)
        return await current_by_key(connection, key or DEFAULT_WORKFLOW)
    except NotFound:
        raise Invalid([FieldError("/workflow", "unknown_workflow", "There is no such workflow.")]) from None


def _state(workflow: Version, key: str | None) -> State:
    if key is None:
        return workflow.table.initial
    try:
        return workflow.table.state(key)
    except KeyError:
        raise Invalid([FieldError("/state", "unknown_state", f"The workflow has no state “{key}”.")]) from None


async def change_item(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, values: dict[str, Any], expected: int | None
) -> dict[str, Any]:
    """Fields of an item. Raises NotFound, Stale, Invalid. Visibility is changed by publications alone."""
    if values.keys() & {"parent_id", "before_id"}:
        await _lock_plan_of(connection, identifier)
    before = await lock_item(connection, identifier)
    require_revision(before.revision, expected)
    if "asked_ids" in values:
        values["asked_ids"] = tuple(values["asked_ids"])
        await require_people(connection, before.customer_id, list(values["asked_ids"]), "/asked_ids", before.project_id)
    if values.get("parent_id") is not None:
        await _require_place(connection, before, values["parent_id"])
    is_placed, following = "before_id" in values, values.pop("before_id", None)
    after = replace(before, **values)
    require_range(after)
    if is_placed:
        after = replace(after, position=await _make_room(connection, viewer, after, following))
    saved = await save(connection, before, after, actor=viewer.person, act="changed")
    return {"id": str(saved.id), "revision": saved.revision}


async def _make_room(connection: AsyncConnection, viewer: Viewer, one: Item, following: UUID | None) -> int:
    """The position of an item before another of the place it lies in; those between move by one. Raises Invalid."""
    rows = await connection.execute(
        select(items)
        .where(
            items.c.customer_id == one.customer_id,
            items.c.project_id == one.project_id,
            items.c.parent_id == one.parent_id,
            items.c.id != one.id,
        )
        .order_by(items.c.id)
        .with_for_update()
    )
    around = sorted(map(item_of, rows.all()), key=lambda other: (other.position, other.id))
    if following is not None and following not in {other.id for other in around}:
        raise Invalid([FieldError("/before_id", "unknown_item", "There is no such item in this place.")])
    positions = reordered([(other.id, other.position) for other in around], one.id, one.position, following)
    for other in around:
        moved = replace(other, position=positions[other.id])
        await save(connection, other, moved, actor=viewer.person, act="changed")
    return positions[one.id]


async def _lock_plan_of(connection: AsyncConnection, identifier: UUID) -> None:
    """Raises NotFound."""
    found = await connection.execute(select(items.c.project_id).where(items.c.id == identifier))
    project_id = found.scalar_one_or_none()
    if project_id is None:
        raise NotFound()
    await lock_plan(connection, project_id)


async def _require_place(connection: AsyncConnection, one: Item, parent: UUID) -> None:
    """An item lies in another item of its project, never in itself. Raises Invalid."""
    if not await _is_in(connection, one.customer_id, one.project_id, parent):
        raise Invalid([FieldError("/parent_id", "unknown_item", "There is no such item in this project.")])
    if parent == one.id or any(below.id == parent for below in await descendants_of(connection, one)):
        raise Invalid([FieldError("/parent_id", "in_itself", "An item cannot lie in itself.")])
