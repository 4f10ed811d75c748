"""What is done to projects and items. Each function is one use case, in the caller's transaction."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts.projects import ProjectChanged
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.members.queries import unknown_people
from atrium_projects.plan.model import Item
from atrium_projects.plan.saving import item_of, save
from atrium_projects.plan.tables import item as items
from atrium_projects.plan.tables import project, published_item
from atrium_projects.workflows.model import State, Transition
from atrium_projects.workflows.queries import Version, current_by_key, current_version, exact_version

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
        values = {**values, "status_by": viewer.person, "status_at": datetime.now(UTC)}
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


async def lock_item(connection: AsyncConnection, identifier: UUID) -> Item:
    """The item, locked for this transaction. Raises NotFound."""
    row = (await connection.execute(select(items).where(items.c.id == identifier).with_for_update())).one_or_none()
    if row is None:
        raise NotFound()
    return item_of(row)


async def lock_item_for_act(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Item:
    """The item that the viewer acts on. A customer must see it as shared; from there on the system acts for them.

    The customer's role has no right on `item`, so whatever a command shows to a customer afterwards has to be read
    from `published_item` in a transaction of the viewer's own. Raises NotFound.
    """
    if viewer.side is Side.CUSTOMER:
        assert viewer.customer is not None  # noqa: S101  # a customer's viewer has one
        seen = await connection.execute(
            select(published_item.c.form).where(
                published_item.c.customer_id == viewer.customer, published_item.c.item_id == identifier
            )
        )
        if seen.scalar_one_or_none() != "shared":
            raise NotFound()
        await continue_as_system(connection, SERVICE, viewer.customer)
    return await lock_item(connection, identifier)


async def require_people(connection: AsyncConnection, customer: UUID, people: list[UUID], pointer: str) -> None:
    """Raises Invalid when somebody is neither of the customer nor of the provider."""
    if await unknown_people(connection, customer, people):
        raise Invalid([FieldError(pointer, "unknown_person", "This person does not belong to this project.")])


async def create_item(
    connection: AsyncConnection, viewer: Viewer, project_id: UUID, values: dict[str, Any]
) -> dict[str, Any]:
    """Raises NotFound, Invalid."""
    found = await connection.execute(select(project.c.customer_id).where(project.c.id == project_id).with_for_update())
    customer = found.scalar_one_or_none()
    if customer is None:
        raise NotFound()
    workflow = await _workflow(connection, values.pop("workflow_id", None), values.pop("workflow", None))
    state = _state(workflow, values.pop("state", None))
    parent = values.get("parent_id")
    if parent is not None and not await _is_in(connection, customer, project_id, parent):
        raise Invalid([FieldError("/parent_id", "unknown_item", "There is no such item in this project.")])
    await require_people(connection, customer, list(values.get("asked_ids") or ()), "/asked_ids")
    last = await connection.execute(
        select(func.coalesce(func.max(items.c.position), 0)).where(
            items.c.customer_id == customer, items.c.project_id == project_id
        )
    )
    now = datetime.now(UTC)
    agreed = values.pop("agreed_days", None)
    turn_since = values.pop("turn_since", None) or now
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
        created_at=now,
        **values,
    )
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
    before = await lock_item(connection, identifier)
    require_revision(before.revision, expected)
    if "asked_ids" in values:
        values["asked_ids"] = tuple(values["asked_ids"])
        await require_people(connection, before.customer_id, list(values["asked_ids"]), "/asked_ids")
    parent = values.get("parent_id")
    if parent is not None:
        inside = await _is_in(connection, before.customer_id, before.project_id, parent)
        if not inside or parent == before.id:
            raise Invalid([FieldError("/parent_id", "unknown_item", "There is no such item in this project.")])
    saved = await save(connection, before, replace(before, **values), actor=viewer.person, act="changed")
    return {"id": str(saved.id), "revision": saved.revision}


def allowed_transition(workflow: Version, one: Item, viewer: Viewer, key: str) -> Transition:
    """Raises Conflict when the state has no such transition, Forbidden when it is not the viewer's to take."""
    leaving = [transition for transition in workflow.table.leaving(one.state) if transition.key == key]
    if not leaving:
        raise Conflict("wrong_state", f"“{key}” is not possible from the state this is in now.")
    if viewer.side.value not in leaving[0].sides or viewer.role not in leaving[0].roles:
        raise Forbidden("Your role does not allow this step.")
    return leaving[0]


def moved(one: Item, workflow: Version, transition: Transition, asked: list[UUID] | None, actor: UUID | None) -> Item:
    """The item in its next state; whoever was asked stays asked while the turn stays with the same side."""
    state = workflow.table.state(transition.target)
    keeps = state.turn == one.turn
    return replace(
        one,
        state=state.key,
        turn=state.turn,
        verb=state.verb,
        turn_since=one.turn_since if keeps else datetime.now(UTC),
        agreed_days=state.agreed_days if state.agreed_days is not None else one.agreed_days,
        asked_ids=tuple(asked) if asked is not None else one.asked_ids,
        asked_by=actor if asked is not None or not keeps else one.asked_by,
    )


async def take_transition(
    connection: AsyncConnection,
    viewer: Viewer,
    identifier: UUID,
    key: str,
    comment: str,
    versions: list[dict[str, Any]],
    asked: list[UUID] | None,
    expected: int | None,
) -> dict[str, Any]:
    """Moves an item's turn and verb. Raises NotFound, Conflict, Forbidden, Invalid, Stale."""
    before = await lock_item_for_act(connection, viewer, identifier)
    if viewer.side is Side.PROVIDER:
        require_revision(before.revision, expected)
    workflow = await exact_version(connection, before.workflow_id, before.workflow_version)
    transition = allowed_transition(workflow, before, viewer, key)
    if transition.decision is not None:
        raise Conflict("decision_needed", "This step is a decision about exact versions; record an approval instead.")
    missing = [
        name
        for name, given in (("comment", comment), ("versions", versions))
        if name in transition.requires and not given
    ]
    if missing:
        raise Invalid(
            [
                FieldError(f"/{name}", "required", f"This step needs a {name[:-1] if name == 'versions' else name}.")
                for name in missing
            ]
        )
    if asked is not None:
        await require_people(connection, before.customer_id, asked, "/asked_ids")
    after = moved(before, workflow, transition, asked, viewer.person)
    saved = await save(
        connection, before, after, actor=viewer.person, act=transition.key, comment=comment, versions=versions
    )
    return {"id": str(saved.id), "state": saved.state, "turn": saved.turn, "verb": saved.verb}


async def delegate(connection: AsyncConnection, viewer: Viewer, identifier: UUID, person: UUID) -> dict[str, Any]:
    """Ask someone else: the trace and the clock stay. Raises NotFound, Forbidden, Invalid."""
    before = await lock_item_for_act(connection, viewer, identifier)
    if viewer.role == "reader":
        raise Forbidden("Readers cannot hand a decision on.")
    await require_people(connection, before.customer_id, [person], "/person")
    after = replace(before, asked_ids=(person,), asked_by=viewer.person)
    saved = await save(connection, before, after, actor=viewer.person, act="delegated")
    return {"id": str(saved.id), "asked_ids": [str(one) for one in saved.asked_ids]}
