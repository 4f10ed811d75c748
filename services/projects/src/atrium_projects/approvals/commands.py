"""Recording a decision, and ending it when a newer version of its file is ready. Both lock the file first."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid
from atrium_chassis.viewer import Viewer
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import ApprovalRecorded, ApprovalSuperseded
from sqlalchemy import any_, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.model import Exact, outdated, supersedes
from atrium_projects.approvals.tables import approval
from atrium_projects.plan.commands import lock_item_for_act, moved
from atrium_projects.plan.model import Item
from atrium_projects.plan.saving import item_of, save, subject_of
from atrium_projects.plan.tables import item as items
from atrium_projects.workflows.queries import exact_version

# One lock per file orders a decision and the coming of a newer version, whichever is first.
_LOCK_FILE = text("SELECT pg_advisory_xact_lock(hashtextextended(:file, 1))")
_NEWEST = text(
    "SELECT DISTINCT ON (file_id) file_id, number, sha256 FROM file_version"
    " WHERE customer_id = :customer AND file_id = ANY (:files) ORDER BY file_id, number DESC"
)


async def _lock_files(connection: AsyncConnection, files: list[UUID]) -> None:
    for file in sorted(set(files)):
        await connection.execute(_LOCK_FILE, {"file": str(file)})


async def _newest(connection: AsyncConnection, customer: UUID, files: list[UUID]) -> dict[UUID, Exact]:
    rows = await connection.execute(_NEWEST, {"customer": customer, "files": files})
    return {row.file_id: Exact(row.file_id, row.number, row.sha256) for row in rows}


def _plain(versions: list[Exact]) -> list[dict[str, Any]]:
    return [{"file_id": str(one.file_id), "number": one.number, "sha256": one.sha256} for one in versions]


async def decide(
    connection: AsyncConnection,
    viewer: Viewer,
    identifier: UUID,
    decision: str,
    comment: str,
    versions: list[Exact],
) -> dict[str, Any]:
    """Record a decision on exact versions and take the workflow's step for it.

    Raises NotFound, Forbidden, Invalid; Conflict `version_superseded` when a newer version came meanwhile,
    `wrong_state` when this is decided already.
    """
    await _lock_files(connection, [one.file_id for one in versions])
    one = await lock_item_for_act(connection, viewer, identifier)
    workflow = await exact_version(connection, one.workflow_id, one.workflow_version)
    transition = workflow.table.deciding(one.state, decision)
    if transition is None:
        raise Conflict("wrong_state", "There is nothing to decide here now.")
    if viewer.side.value not in transition.sides or viewer.role not in transition.roles:
        raise Forbidden("Your role cannot decide this.")
    if decision == "changes_requested" and not comment:
        raise Invalid([FieldError("/comment", "required", "Say what should change.")])
    await _require_newest(connection, one, versions)
    approval_id = uuid4()
    files = [version.file_id for version in versions]
    row = await connection.execute(
        insert(approval)
        .values(
            customer_id=one.customer_id,
            id=approval_id,
            project_id=one.project_id,
            item_id=one.id,
            decision=decision,
            comment=comment,
            person_id=viewer.person,
            versions=_plain(versions),
            file_ids=files,
            revision=1,
        )
        .returning(approval.c.decided_at)
    )
    decided_at = row.scalar_one()
    after = moved(one, workflow, transition, None, viewer.person)
    await save(connection, one, after, actor=viewer.person, act=decision, comment=comment, versions=_plain(versions))
    await record(
        connection,
        ApprovalRecorded(
            approval_id=approval_id,
            project_id=one.project_id,
            item_id=one.id,
            decision=decision,
            person_id=viewer.person,
            decided_at=decided_at,
            versions=_plain(versions),
        ),
        subject=f"{subject_of(one.project_id, one.id)}/approvals/{approval_id}",
        customer=one.customer_id,
        audience="shared",
        revision=1,
        key=one.project_id,
        actor=viewer.person,
    )
    return {"id": str(approval_id), "decision": decision, "state": after.state, "turn": after.turn}


async def _require_newest(connection: AsyncConnection, one: Item, versions: list[Exact]) -> None:
    if not versions:
        raise Invalid([FieldError("/versions", "required", "Name the versions that this decision is about.")])
    if one.file_id is not None and all(version.file_id != one.file_id for version in versions):
        raise Invalid([FieldError("/versions", "wrong_file", "The decision must be about this item's file.")])
    newest = await _newest(connection, one.customer_id, [version.file_id for version in versions])
    if set(newest) != {version.file_id for version in versions}:
        raise Invalid([FieldError("/versions", "unknown_version", "There is no such version.")])
    if outdated(versions, newest):
        raise Conflict(
            "version_superseded",
            "A newer version came meanwhile, so nothing was recorded. Look at the new version first.",
            {"current_versions": _plain(list(newest.values()))},
        )


async def take_version(connection: AsyncConnection, data: VersionReady, customer: UUID, audience: str) -> None:
    """A version is ready: remember its hash, end decisions on older ones, and give the turn back to who is asked."""
    await _lock_files(connection, [data.file_id])
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
    newest = await _newest(connection, customer, [data.file_id])
    if newest[data.file_id].number != data.number:
        return
    rows = await connection.execute(
        select(approval)
        .where(
            approval.c.customer_id == customer,
            literal(data.file_id) == any_(approval.c.file_ids),
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
        .values(superseded_by=data.number, superseded_at=text("now()"), revision=revision)
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
        turn_since=datetime.now(UTC),
        agreed_days=state.agreed_days if state.agreed_days is not None else one.agreed_days,
        asked_by=data.uploaded_by,
    )
    version = {"file_id": str(data.file_id), "number": data.number, "sha256": data.sha256}
    await save(connection, one, after, actor=data.uploaded_by, act="superseded", versions=[version])
