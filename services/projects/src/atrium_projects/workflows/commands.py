"""Making workflows and new versions of them."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Viewer
from atrium_contracts.projects import WorkflowVersionPublished
from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.switching import planned_switch, running_items, switch_items
from atrium_projects.workflows.model import Workflow, WorkflowError, affected, parse
from atrium_projects.workflows.tables import workflow, workflow_version


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
    mapping: dict[str, str] | None,
    expected_revision: int | None,
    *,
    dry_run: bool,
) -> dict[str, Any]:
    """New items take the new version. Running ones keep theirs, or with a mapping of states all take the new one.

    A dry run says what is affected and changes nothing. Raises NotFound, Stale, Forbidden, Invalid.
    """
    new = checked(definition)
    row = await _locked(connection, workflow_id)
    require_revision(row.revision, expected_revision)
    _require_may_switch(viewer, row.purpose, mapping)
    running = await running_items(connection, workflow_id, lock=mapping is not None and not dry_run)
    outcome = {
        "affected": affected(new, Counter(one.state for one in running)),
        "running_items": len(running),
        "items": planned_switch(running, new, mapping or {}),
    }
    if dry_run:
        return {"id": str(workflow_id), "version": row.current_version, "revision": row.revision, **outcome}
    version = await _next(connection, workflow_id)
    await _switch(connection, workflow_id, version)
    await _add_version(connection, viewer, workflow_id, row.key, version, definition)
    if mapping is not None:
        await switch_items(connection, running, new, version, mapping, viewer.person)
    return {"id": str(workflow_id), "version": version, "revision": row.revision + 1, **outcome}


def _require_may_switch(viewer: Viewer, purpose: str, mapping: dict[str, str] | None) -> None:
    """Raises Forbidden to whoever does not see all that would be switched; Invalid for requests, which keep theirs."""
    if mapping is None:
        return
    if viewer.projects is not None:
        raise Forbidden("Switching running items takes somebody who sees all projects.")
    if purpose != "item":
        raise Invalid([FieldError("/mapping", "not_possible", "Running requests keep their version.")])


async def _locked(connection: AsyncConnection, workflow_id: UUID) -> Row[Any]:
    """Raises NotFound."""
    found = await connection.execute(select(workflow).where(workflow.c.id == workflow_id).with_for_update())
    row = found.one_or_none()
    if row is None:
        raise NotFound()
    return row


async def roll_back(connection: AsyncConnection, viewer: Viewer, workflow_id: UUID) -> dict[str, Any]:
    """The definition before the current one becomes the newest version. Raises Conflict when there is none."""
    row = await _locked(connection, workflow_id)
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
