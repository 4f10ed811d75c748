"""Recording a decision, and ending it when a newer version of its file is ready. Both lock the file first."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid
from atrium_chassis.viewer import Viewer
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import ApprovalRecorded, ApprovalSuperseded
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.model import Exact, supersedes
from atrium_projects.approvals.tables import approval
from atrium_projects.approvals.versions import lock_files, newest_of, plain, require_newest
from atrium_projects.plan.acts import answer_of, lock_item_for_act, moved, published_revision
from atrium_projects.plan.model import Item
from atrium_projects.plan.saving import item_of, save, subject_of
from atrium_projects.plan.tables import item as items
from atrium_projects.workflows.queries import exact_version


async def decide(
    connection: AsyncConnection,
    viewer: Viewer,
    identifier: UUID,
    decision: str,
    comment: str,
    versions: list[Exact],
    expected: int | None = None,
) -> dict[str, Any]:
    """Record a decision on exact versions and take the workflow's step for it.

    Raises NotFound, Forbidden, Invalid, Stale; Conflict `version_superseded` when a newer version came meanwhile,
    `wrong_state` when this is decided already, `not_shared` for an item that the customer does not see.
    """
    await lock_files(connection, [one.file_id for one in versions])
    one = await lock_item_for_act(connection, viewer, identifier, expected)
    await _require_shared(connection, one)
    workflow = await exact_version(connection, one.workflow_id, one.workflow_version)
    transition = workflow.table.deciding(one.state, decision)
    if transition is None:
        raise Conflict("wrong_state", "There is nothing to decide here now.")
    if viewer.side.value not in transition.sides or viewer.role not in transition.roles:
        raise Forbidden("Your role cannot decide this.")
    if decision == "changes_requested" and not comment:
        raise Invalid([FieldError("/comment", "required", "Say what should change.")])
    await require_newest(connection, one.customer_id, one.file_id, versions)
    exact = plain(versions)
    approval_id = await _record(connection, viewer, one, decision, comment, versions)
    after = moved(one, workflow, transition, None, viewer.person)
    saved = await save(connection, one, after, actor=viewer.person, act=decision, comment=comment, versions=exact)
    answer = await answer_of(connection, viewer, saved)
    return {**answer, "id": str(approval_id), "item_id": str(one.id), "decision": decision}


async def _require_shared(connection: AsyncConnection, one: Item) -> None:
    """Decisions are told to both sides, so nothing that the customer does not see can be decided."""
    if await published_revision(connection, one.customer_id, one.id) is None:
        raise Conflict("not_shared", "The customer does not see this item. Publish it first.")


async def _record(
    connection: AsyncConnection, viewer: Viewer, one: Item, decision: str, comment: str, versions: list[Exact]
) -> UUID:
    approval_id, exact = uuid4(), plain(versions)
    stored = await connection.execute(
        insert(approval)
        .values(
            customer_id=one.customer_id,
            id=approval_id,
            project_id=one.project_id,
            item_id=one.id,
            decision=decision,
            comment=comment,
            person_id=viewer.person,
            versions=exact,
            file_ids=[version.file_id for version in versions],
            revision=1,
        )
        .returning(approval.c.decided_at)
    )
    await record(
        connection,
        ApprovalRecorded(
            approval_id=approval_id,
            project_id=one.project_id,
            item_id=one.id,
            decision=decision,
            person_id=viewer.person,
            decided_at=stored.scalar_one(),
            versions=exact,
        ),
        subject=f"{subject_of(one.project_id, one.id)}/approvals/{approval_id}",
        customer=one.customer_id,
        audience="shared",
        revision=1,
        key=one.project_id,
        actor=viewer.person,
    )
    return approval_id


async def take_version(connection: AsyncConnection, data: VersionReady, customer: UUID, audience: str) -> None:
    """A version is ready: remember its hash, end decisions on older ones, and give the turn back to who is asked."""
    await lock_files(connection, [data.file_id])
    await connection.execute(
        text(
            "INSERT INTO file_version VALUES (:customer, :file, :number, :sha256, :name, :audience, :by, :at)"
            " ON CONFLICT DO NOTHING"
        ),
        {
            "customer": customer,
            "file": data.file_id,
            "number": data.number,
            "sha256": data.sha256,
            "name": data.name,
            "audience": audience,
            "by": data.uploaded_by,
            "at": data.uploaded_at,
        },
    )
    newest = (await newest_of(connection, customer, [data.file_id])).get(data.file_id)
    if newest is None or newest.number != data.number:
        return
    rows = await connection.execute(
        select(approval)
        .where(
            approval.c.customer_id == customer,
            approval.c.file_ids.contains([data.file_id]),
            approval.c.superseded_by.is_(None),
            approval.c.decision == "approved",
        )
        .with_for_update()
    )
    reopened: set[UUID] = set()
    for row in rows.all():
        decided = [Exact(UUID(v["file_id"]), v["number"], v["sha256"]) for v in row.versions]
        if supersedes(data.number, decided, data.file_id):
            await _supersede(connection, customer, row.id, row.project_id, row.item_id, data, row.revision + 1)
            reopened.add(row.item_id)
    for item_id in sorted(reopened):
        await _ask_again(connection, customer, item_id, data)


async def _supersede(
    connection: AsyncConnection,
    customer: UUID,
    approval_id: UUID,
    project: UUID,
    item_id: UUID,
    data: VersionReady,
    revision: int,
) -> None:
    await connection.execute(
        update(approval)
        .where(approval.c.customer_id == customer, approval.c.id == approval_id)
        .values(superseded_by=data.number, superseded_at=now(), revision=revision)
    )
    await record(
        connection,
        ApprovalSuperseded(
            approval_id=approval_id,
            project_id=project,
            item_id=item_id,
            file_id=data.file_id,
            number=data.number,
        ),
        subject=f"{subject_of(project, item_id)}/approvals/{approval_id}",
        customer=customer,
        audience="shared",
        revision=revision,
        key=project,
        actor=data.uploaded_by,
    )


async def _ask_again(connection: AsyncConnection, customer: UUID, item_id: UUID, data: VersionReady) -> None:
    """Back to the state whose decision has ended, if the workflow has one."""
    found = await connection.execute(
        select(items).where(items.c.customer_id == customer, items.c.id == item_id).with_for_update()
    )
    one = item_of(found.one())
    workflow = await exact_version(connection, one.workflow_id, one.workflow_version)
    asking = workflow.table.asks_for_decision()
    if not asking or one.state in {state.key for state in asking}:
        return
    state = asking[-1]
    after = replace(
        one,
        state=state.key,
        turn=state.turn,
        verb=state.verb,
        turn_since=now(),
        agreed_days=state.days_after(one.turn, one.agreed_days),
        asked_by=data.uploaded_by,
    )
    version = {"file_id": str(data.file_id), "number": data.number, "sha256": data.sha256}
    await save(connection, one, after, actor=data.uploaded_by, act="superseded", versions=[version])
