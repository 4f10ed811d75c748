"""Raising requests, moving them, turning them into items."""

from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.database import continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts.projects import RequestChanged
from atrium_contracts.promises import promised
from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.commands import SERVICE, create_item, require_people
from atrium_projects.plan.tables import project, published_item
from atrium_projects.requests.model import MOST_FILES, turned
from atrium_projects.requests.tables import request
from atrium_projects.workflows.queries import current_by_key, exact_version

WORKFLOW = "request"

_NUMBER = text(
    "INSERT INTO request_counter VALUES (:customer, 1)"
    " ON CONFLICT (customer_id) DO UPDATE SET last = request_counter.last + 1 RETURNING last"
)


async def raise_request(connection: AsyncConnection, viewer: Viewer, values: dict[str, Any]) -> dict[str, Any]:
    """Raises Invalid for a project that the viewer does not see."""
    project_id, customer = values.get("project_id"), viewer.customer
    if project_id is not None:
        customer = await _customer_of(connection, project_id)
    if customer is None or viewer.person is None:
        raise Invalid([FieldError("/project_id", "unknown_project", "There is no such project.")])
    await continue_as_system(connection, SERVICE, customer)
    workflow = await current_by_key(connection, WORKFLOW)
    state = workflow.table.initial
    identifier = uuid4()
    await connection.execute(
        insert(request).values(
            customer_id=customer,
            id=identifier,
            number=(await connection.execute(_NUMBER, {"customer": customer})).scalar_one(),
            workflow_id=workflow.id,
            workflow_version=workflow.version,
            state=state.key,
            turn=state.turn,
            verb=state.verb,
            turn_since=now(),
            turns=turned([], state.turn, now()),
            agreed_days=state.agreed_days,
            raised_by=viewer.person,
            raised_at=now(),
            due=promised(values["urgency"], now().date()),
            asked_ids=[],
            third_party="",
            question="",
            item_ids=[],
            revision=1,
            **values,
        )
    )
    saved = await _tell(connection, customer, identifier, viewer.person, ["title"])
    return {"id": str(identifier), "number": saved.number, "revision": 1}


async def lock_request(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Row[Any]:
    """The request that the viewer acts on; a customer acts through the system, once it is sure they see it."""
    query = select(request).where(request.c.id == identifier)
    if viewer.customer is not None:
        query = query.where(request.c.customer_id == viewer.customer)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound()
    if viewer.side is Side.CUSTOMER:
        await continue_as_system(connection, SERVICE, row.customer_id)
    locked = await connection.execute(
        select(request).where(request.c.customer_id == row.customer_id, request.c.id == identifier).with_for_update()
    )
    return locked.one()


async def change_request(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, values: dict[str, Any], expected: int | None
) -> dict[str, Any]:
    row = await lock_request(connection, viewer, identifier)
    require_revision(row.revision, expected)
    if values.get("owner_id") is not None:
        await require_people(connection, row.customer_id, [values["owner_id"]], "/owner_id")
    return await _store(connection, row, viewer, values)


async def _store(
    connection: AsyncConnection, row: Row[Any], viewer: Viewer, values: dict[str, Any], *, told: bool = True
) -> dict[str, Any]:
    """A change that the customer cannot see counts no revision and sends no event: both are shared."""
    where = (request.c.customer_id == row.customer_id, request.c.id == row.id)
    revision = row.revision + 1 if told else row.revision
    await connection.execute(update(request).where(*where).values(**values, revision=revision))
    saved = await _tell(connection, row.customer_id, row.id, viewer.person, sorted(values)) if told else row
    return {"id": str(row.id), "state": saved.state, "turn": saved.turn, "verb": saved.verb, "revision": saved.revision}


async def move_request(
    connection: AsyncConnection,
    viewer: Viewer,
    identifier: UUID,
    key: str,
    comment: str,
    third_party: str,
    expected: int | None = None,
) -> dict[str, Any]:
    """Raises NotFound, Conflict, Forbidden, Invalid, Stale."""
    row = await lock_request(connection, viewer, identifier)
    require_revision(row.revision, expected)
    workflow = await exact_version(connection, row.workflow_id, row.workflow_version)
    leaving = [transition for transition in workflow.table.leaving(row.state) if transition.key == key]
    if not leaving:
        raise Conflict("wrong_state", f"“{key}” is not possible from the state this is in now.")
    transition = leaving[0]
    if viewer.side.value not in transition.sides or (
        viewer.role not in transition.roles and viewer.person != row.raised_by
    ):
        raise Forbidden("Your role does not allow this step.")
    if "comment" in transition.requires and not comment:
        raise Invalid([FieldError("/comment", "required", "This step needs a comment.")])
    state = workflow.table.state(transition.target)
    values: dict[str, Any] = {
        "state": state.key,
        "turn": state.turn,
        "verb": state.verb,
        "agreed_days": state.agreed_days,
        "third_party": third_party,
        "question": comment if state.turn == "customer" else "",
        "asked_ids": [row.raised_by] if state.turn == "customer" else [],
    }
    if state.turn != row.turn:
        values |= {"turn_since": now(), "turns": turned(row.turns, state.turn, now())}
    return await _store(connection, row, viewer, values)


async def add_file(connection: AsyncConnection, viewer: Viewer, identifier: UUID, file_id: UUID) -> dict[str, Any]:
    """The request names one more file; who may see it is the files service's to say. Raises NotFound, Conflict."""
    row = await lock_request(connection, viewer, identifier)
    if file_id not in row.file_ids and len(row.file_ids) >= MOST_FILES:
        raise Conflict("too_many_files", f"A request names at most {MOST_FILES} files.")
    files = list(dict.fromkeys([*row.file_ids, file_id]))
    return await _store(connection, row, viewer, {"file_ids": files})


async def turn_into_items(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, project_id: UUID | None, wanted: list[dict[str, Any]]
) -> dict[str, Any]:
    """Triage: the wanted items are made in the request's project, and it names them. Raises Invalid, NotFound."""
    row = await lock_request(connection, viewer, identifier)
    where = row.project_id or project_id
    if where is None:
        raise Invalid([FieldError("/project_id", "required", "Name the project that the items belong to.")])
    if await _customer_of(connection, where) != row.customer_id:
        raise Invalid([FieldError("/project_id", "unknown_project", "This customer has no such project.")])
    made = [await create_item(connection, viewer, where, values) for values in wanted]
    new = [UUID(one["id"]) for one in made]
    values = {"item_ids": [*(row.item_ids or []), *new], "project_id": where}
    told = where != row.project_id or bool(await _shown(connection, row.customer_id, new))
    outcome = await _store(connection, row, viewer, values, told=told)
    return {**outcome, "items": made}


async def _customer_of(connection: AsyncConnection, project_id: UUID) -> UUID | None:
    found = await connection.execute(select(project.c.customer_id).where(project.c.id == project_id))
    customer: UUID | None = found.scalar_one_or_none()
    return customer


async def _shown(connection: AsyncConnection, customer: UUID, item_ids: list[UUID]) -> list[UUID]:
    """Those of the items that the customer sees."""
    found = await connection.execute(
        select(published_item.c.item_id).where(
            published_item.c.customer_id == customer,
            published_item.c.item_id.in_(item_ids),
            published_item.c.form == "shared",
            published_item.c.withdrawn.is_(False),
        )
    )
    return list(found.scalars())


async def _tell(
    connection: AsyncConnection, customer: UUID, identifier: UUID, actor: UUID | None, changed: list[str]
) -> Row[Any]:
    found = await connection.execute(
        select(request).where(request.c.customer_id == customer, request.c.id == identifier)
    )
    row = found.one()
    # The event is shared, so it names only items that the customer sees.
    shown = await _shown(connection, customer, row.item_ids or [])
    names = RequestChanged.model_fields.keys() - {"request_id", "item_ids", "changed"}
    data = RequestChanged(
        request_id=row.id,
        item_ids=shown,
        changed=changed,
        **{name: getattr(row, name) for name in names},
    )
    await record(
        connection,
        data,
        subject=f"requests/{row.id}",
        customer=customer,
        audience="shared",
        revision=row.revision,
        key=row.id,
        actor=actor,
    )
    return row
