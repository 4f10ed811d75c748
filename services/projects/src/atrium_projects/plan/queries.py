"""Reading plans. Staff read items, customers published items; both answers have the same keys as far as they apply."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.tables import approval, file_version
from atrium_projects.plan.tables import item, item_history, project, published_history, published_item
from atrium_projects.workflows.queries import Version, all_versions

PROJECT_FIELDS = (
    "title",
    "goal",
    "status",
    "status_text",
    "status_by",
    "status_at",
    "lead_id",
    "contacts",
    "next_touchpoint",
    "starts_on",
    "ends_on",
    "active",
    "revision",
)
COMMON = (
    "project_id",
    "parent_id",
    "position",
    "kind",
    "due",
    "state",
    "turn",
    "verb",
    "turn_since",
    "agreed_days",
    "owner_id",
    "asked_ids",
    "asked_by",
    "file_id",
    "third_party",
    "revision",
)
STAFF_ONLY = (
    "title",
    "customer_title",
    "customer_note",
    "internal_note",
    "customer_date",
    "customer_until",
    "estimate_hours",
    "visibility",
)

Json = dict[str, Any]


async def list_projects(
    connection: AsyncConnection, viewer: Viewer, limit: int, after: tuple[str, str] | None, customer: UUID | None = None
) -> list[Json]:
    query = select(project).where(project.c.active).order_by(project.c.title, project.c.id).limit(limit)
    scope = viewer.customer or customer
    if scope is not None:
        query = query.where(project.c.customer_id == scope)
    if after is not None:
        query = query.where(tuple_(project.c.title, project.c.id) > (after[0], UUID(after[1])))
    rows = (await connection.execute(query)).all()
    progress = await milestones_of(connection, viewer, rows)
    return [{**project_json(row), **progress.get(row.id, no_milestones())} for row in rows]


def project_json(row: Row[Any]) -> Json:
    return {
        "id": str(row.id),
        "customer_id": str(row.customer_id),
        **{name: getattr(row, name) for name in PROJECT_FIELDS},
    }


async def one_project(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Json:
    """Raises NotFound."""
    query = select(project).where(project.c.id == identifier)
    if viewer.customer is not None:
        query = query.where(project.c.customer_id == viewer.customer)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound()
    progress = await milestones_of(connection, viewer, [row])
    return {**project_json(row), **progress.get(row.id, no_milestones())}


def no_milestones() -> Json:
    return {"milestones": {"reached": 0, "all": 0, "next": None}}


async def milestones_of(connection: AsyncConnection, viewer: Viewer, projects: Sequence[Row[Any]]) -> dict[UUID, Json]:
    """Milestones reached of all, and the next one, as this side sees them; served by the …_milestones indexes."""
    table = item if viewer.side is Side.PROVIDER else published_item
    title = table.c.title
    rows = await connection.execute(
        select(table.c.project_id, title, table.c.due, table.c.turn)
        .where(
            table.c.customer_id.in_({row.customer_id for row in projects}),
            table.c.project_id.in_({row.id for row in projects}),
            table.c.kind == "milestone",
        )
        .order_by(table.c.due, table.c.position)
    )
    found: dict[UUID, Json] = {}
    for row in rows:
        counts = found.setdefault(row.project_id, no_milestones())["milestones"]
        counts["all"] += 1
        if row.turn == "nobody":
            counts["reached"] += 1
        elif counts["next"] is None:
            counts["next"] = {"title": row.title, "due": row.due}
    return found


def _with_words(one: Json, row: Row[Any], versions: dict[tuple[UUID, int], Version]) -> Json:
    """The state's name in each language; states are data, so only the workflow knows it."""
    version = versions.get((row.workflow_id, row.workflow_version))
    if version is not None:
        one["state_name"] = version.table.state(row.state).name
        one["workflow"] = {"id": str(version.id), "key": version.key, "name": version.name, "version": version.version}
    return one


def item_json(row: Row[Any], versions: dict[tuple[UUID, int], Version]) -> Json:
    one = {
        "id": str(row.id),
        "customer_id": str(row.customer_id),
        **{name: getattr(row, name) for name in (*COMMON, *STAFF_ONLY)},
    }
    one["customer_reads"] = row.customer_title or row.title
    return _with_words(one, row, versions)


def published_json(row: Row[Any], versions: dict[tuple[UUID, int], Version], place: int) -> Json:
    """A placeholder has its id, form, dates and place, and nothing else."""
    base = {"id": str(row.item_id), "customer_id": str(row.customer_id), "form": row.form}
    if row.form == "placeholder":
        names = ("project_id", "parent_id", "due", "until", "revision")
        return {**base, "position": place, **{name: getattr(row, name) for name in names}}
    one = {**base, **{name: getattr(row, name) for name in (*COMMON, "until", "title", "note")}, "position": place}
    return _with_words(one, row, versions)


async def _versions(connection: AsyncConnection, rows: Iterable[Row[Any]]) -> dict[tuple[UUID, int], Version]:
    return await all_versions(
        connection, {(row.workflow_id, row.workflow_version) for row in rows if row.workflow_id is not None}
    )


async def plan_of(connection: AsyncConnection, viewer: Viewer, customer: UUID, project_id: UUID) -> list[Json]:
    """The whole tree, by position; served by item_by_project and published_item_by_project."""
    if viewer.side is not Side.PROVIDER:
        return await published_plan(connection, customer, project_id)
    query = (
        select(item)
        .where(item.c.customer_id == customer, item.c.project_id == project_id)
        .order_by(item.c.position, item.c.id)
    )
    rows = (await connection.execute(query)).all()
    versions = await _versions(connection, rows)
    return [item_json(row, versions) for row in rows]


async def published_plan(connection: AsyncConnection, customer: UUID, project_id: UUID) -> list[Json]:
    """`position` counts what is visible: a gap would tell of hidden items."""
    rows = (
        await connection.execute(
            select(published_item)
            .where(published_item.c.customer_id == customer, published_item.c.project_id == project_id)
            .order_by(published_item.c.position, published_item.c.item_id)
        )
    ).all()
    versions = await _versions(connection, rows)
    return [published_json(row, versions, place) for place, row in enumerate(rows, 1)]


async def _place_of(connection: AsyncConnection, row: Row[Any]) -> int:
    """The place of a published item among those of its project."""
    before = await connection.execute(
        select(func.count())
        .select_from(published_item)
        .where(
            published_item.c.customer_id == row.customer_id,
            published_item.c.project_id == row.project_id,
            tuple_(published_item.c.position, published_item.c.item_id) < (row.position, row.item_id),
        )
    )
    return int(before.scalar_one()) + 1


def _seen(viewer: Viewer, identifier: UUID) -> Select[Any]:
    """An item that the viewer may open; of a placeholder there is nothing to open."""
    if viewer.side is Side.PROVIDER:
        return select(item).where(item.c.id == identifier)
    return select(published_item).where(
        published_item.c.customer_id == viewer.customer,
        published_item.c.item_id == identifier,
        published_item.c.form == "shared",
    )


async def _require_seen(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> UUID:
    """The customer of an item that the viewer may open. Raises NotFound."""
    row = (await connection.execute(_seen(viewer, identifier))).one_or_none()
    if row is None:
        raise NotFound()
    customer: UUID = row.customer_id
    return customer


async def one_item(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Json:
    """An item with its possible steps, decisions and the newest version of its file. Raises NotFound."""
    query = _seen(viewer, identifier)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound()
    versions = await _versions(connection, [row])
    if viewer.side is Side.PROVIDER:
        one = item_json(row, versions)
    else:
        one = published_json(row, versions, await _place_of(connection, row))
    workflow = versions[(row.workflow_id, row.workflow_version)].table
    one["transitions"] = [
        {
            "key": transition.key,
            "name": transition.name,
            "to": transition.target,
            "requires": sorted(transition.requires),
            "decision": transition.decision,
        }
        for transition in workflow.allowed(row.state, viewer.side.value, viewer.role)
    ]
    one["steps"] = [
        {"key": state.key, "name": state.name, "turn": state.turn, "verb": state.verb} for state in workflow.states
    ]
    one["approvals"] = await approvals_of(connection, row.customer_id, identifier)
    one["version"] = await _newest_version(connection, row.customer_id, row.file_id)
    return one


async def approvals_of(connection: AsyncConnection, customer: UUID, item_id: UUID) -> list[Json]:
    rows = await connection.execute(
        select(approval)
        .where(approval.c.customer_id == customer, approval.c.item_id == item_id)
        .order_by(approval.c.decided_at.desc(), approval.c.id)
    )
    names = ["decision", "comment", "person_id", "decided_at", "versions", "superseded_by", "superseded_at", "revision"]
    return [
        {
            "id": str(row.id),
            **{name: getattr(row, name) for name in names},
            "status": "superseded" if row.superseded_by is not None else "current",
        }
        for row in rows
    ]


async def _newest_version(connection: AsyncConnection, customer: UUID, file_id: UUID | None) -> Json | None:
    if file_id is None:
        return None
    row = (
        await connection.execute(
            select(file_version)
            .where(file_version.c.customer_id == customer, file_version.c.file_id == file_id)
            .order_by(file_version.c.number.desc())
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return None
    return {"file_id": str(file_id), "number": row.number, "sha256": row.sha256, "name": row.name}


async def history_of(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, limit: int, after: tuple[str, str] | None
) -> list[Json]:
    """Newest first; customers get that of published values. Raises NotFound."""
    customer = await _require_seen(connection, viewer, identifier)
    table = item_history if viewer.side is Side.PROVIDER else published_history
    query = select(table).where(table.c.customer_id == customer, table.c.item_id == identifier)
    if after is not None:
        query = query.where(tuple_(table.c.at, table.c.id) < (datetime.fromisoformat(after[0]), UUID(after[1])))
    rows = await connection.execute(query.order_by(table.c.at.desc(), table.c.id.desc()).limit(limit))
    return [
        {
            "id": str(row.id),
            "act": row.act,
            "changes": row.changes,
            "comment": row.comment,
            "versions": row.versions,
            "actor_id": row.actor_id,
            "at": row.at,
        }
        for row in rows
    ]
