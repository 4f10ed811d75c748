"""Making workflows and new versions of them."""

from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Viewer
from atrium_contracts.projects import WorkflowVersionPublished
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.workflows.model import Workflow, WorkflowError, affected, parse
from atrium_projects.workflows.queries import current_version
from atrium_projects.workflows.tables import workflow, workflow_version

_IN_USE = text("SELECT state, count(*) AS items FROM item WHERE workflow_id = :id AND turn <> 'nobody' GROUP BY state")


def checked(definition: dict[str, Any]) -> Workflow:
    """Raises Invalid that points to what is wrong in the definition."""
    try:
        return parse(definition)
    except WorkflowError as error:
        raise Invalid([FieldError(f"/definition{error.pointer}", "wrong_workflow", error.detail)]) from error


async def create_workflow(
    connection: AsyncConnection,
    viewer: Viewer,
    key: str,
    name: dict[str, str],
    purpose: str,
    definition: dict[str, Any],
) -> dict[str, Any]:
    checked(definition)
    known = await connection.execute(select(workflow.c.id).where(workflow.c.key == key))
    if known.one_or_none() is not None:
        raise Conflict("key_taken", f"There is a workflow “{key}” already.")
    identifier = uuid4()
    await connection.execute(
        insert(workflow).values(id=identifier, key=key, name=name, purpose=purpose, current_version=1, revision=1)
    )
    await _add_version(connection, viewer, identifier, key, 1, definition)
    return {"id": str(identifier), "key": key, "version": 1, "revision": 1}


async def add_version(
    connection: AsyncConnection,
    viewer: Viewer,
    workflow_id: UUID,
    definition: dict[str, Any],
    expected_revision: int | None,
    *,
    dry_run: bool,
) -> dict[str, Any]:
    """New items take the new version; running ones keep theirs. A dry run only says what is affected."""
    new = checked(definition)
    locked = await connection.execute(select(workflow).where(workflow.c.id == workflow_id).with_for_update())
    row = locked.one_or_none()
    if row is None:
        raise NotFound()
    require_revision(row.revision, expected_revision)
    old = (await current_version(connection, workflow_id)).table
    in_use = {one.state: one.items for one in await connection.execute(_IN_USE, {"id": workflow_id})}
    outcome = {"affected": affected(old, new, in_use), "running_items": sum(in_use.values())}
    if dry_run:
        return {"id": str(workflow_id), "version": row.current_version, "revision": row.revision, **outcome}
    version = await _next(connection, workflow_id)
    await _switch(connection, workflow_id, version)
    await _add_version(connection, viewer, workflow_id, row.key, version, definition)
    return {"id": str(workflow_id), "version": version, "revision": row.revision + 1, **outcome}


async def roll_back(connection: AsyncConnection, viewer: Viewer, workflow_id: UUID) -> dict[str, Any]:
    """The definition before the current one becomes the newest version. Raises Conflict when there is none."""
    locked = await connection.execute(select(workflow).where(workflow.c.id == workflow_id).with_for_update())
    row = locked.one_or_none()
    if row is None:
        raise NotFound()
    if row.current_version < 2:
        raise Conflict("no_earlier_version", "This workflow has no earlier version.")
    earlier = await connection.execute(
        select(workflow_version.c.definition).where(
            workflow_version.c.workflow_id == workflow_id, workflow_version.c.version == row.current_version - 1
        )
    )
    version = await _next(connection, workflow_id)
    await _switch(connection, workflow_id, version)
    await _add_version(connection, viewer, workflow_id, row.key, version, earlier.scalar_one())
    return {"id": str(workflow_id), "version": version, "revision": row.revision + 1}


async def _next(connection: AsyncConnection, workflow_id: UUID) -> int:
    newest = await connection.execute(
        select(func.max(workflow_version.c.version)).where(workflow_version.c.workflow_id == workflow_id)
    )
    return int(newest.scalar_one()) + 1


async def _switch(connection: AsyncConnection, workflow_id: UUID, version: int) -> None:
    await connection.execute(
        update(workflow)
        .where(workflow.c.id == workflow_id)
        .values(current_version=version, revision=workflow.c.revision + 1)
    )


async def _add_version(
    connection: AsyncConnection, viewer: Viewer, workflow_id: UUID, key: str, version: int, definition: dict[str, Any]
) -> None:
    await connection.execute(
        insert(workflow_version).values(
            workflow_id=workflow_id, version=version, definition=definition, made_by=viewer.person
        )
    )
    await record(
        connection,
        WorkflowVersionPublished(workflow_id=workflow_id, key=key, version=version, definition=definition),
        subject=f"workflows/{workflow_id}",
        customer=None,
        audience="internal",
        revision=version,
        key=workflow_id,
        actor=viewer.person,
    )
