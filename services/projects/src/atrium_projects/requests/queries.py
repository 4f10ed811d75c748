"""Reading requests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.search import SearchRequest, folded
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.tables import project, published_item
from atrium_projects.requests.model import label
from atrium_projects.requests.tables import request
from atrium_projects.workflows.queries import Version, all_versions

FIELDS = (
    "customer_id",
    "project_id",
    "title",
    "kind",
    "urgency",
    "text",
    "state",
    "turn",
    "verb",
    "turn_since",
    "agreed_days",
    "raised_by",
    "raised_at",
    "owner_id",
    "asked_ids",
    "third_party",
    "question",
    "due",
    "file_ids",
    "turns",
    "revision",
)

Json = dict[str, Any]


def _json(row: Row[Any], versions: dict[tuple[UUID, int], Version]) -> Json:
    version = versions[(row.workflow_id, row.workflow_version)]
    return {
        "id": str(row.id),
        "number": row.number,
        "label": label(row.number),
        **{name: getattr(row, name) for name in FIELDS},
        "project_title": row.project_title,
        "state_name": version.table.state(row.state).name,
    }


async def list_requests(
    connection: AsyncConnection,
    viewer: Viewer,
    limit: int,
    after: tuple[str, str] | None = None,
    *,
    turn: str | None = None,
    project_id: UUID | None = None,
    q: str = "",
) -> list[Json]:
    """Newest first; served by request_by_time. `q` are words that must all stand in it."""
    query = _query(viewer)
    if turn is not None:
        query = query.where(request.c.turn == turn)
    if project_id is not None:
        query = query.where(request.c.project_id == project_id)
    search = SearchRequest(q, limit)
    if search.words:
        query = query.where(search.found_in(folded(request)))
    if after is not None:
        query = query.where(
            tuple_(request.c.raised_at, request.c.id) < (datetime.fromisoformat(after[0]), UUID(after[1]))
        )
    query = query.order_by(request.c.raised_at.desc(), request.c.id.desc()).limit(limit)
    rows = (await connection.execute(query)).all()
    versions = await all_versions(connection, {(row.workflow_id, row.workflow_version) for row in rows})
    return [_json(row, versions) for row in rows]


def _query(viewer: Viewer) -> Any:
    same = (project.c.customer_id == request.c.customer_id) & (project.c.id == request.c.project_id)
    query = select(request, project.c.title.label("project_title")).join(project, same, isouter=True)
    if viewer.customer is not None:
        query = query.where(request.c.customer_id == viewer.customer)
    return query


async def one_request(connection: AsyncConnection, viewer: Viewer, identifier: UUID) -> Json:
    """With the steps that the viewer may take; customers learn only of items they see. Raises NotFound."""
    row = (await connection.execute(_query(viewer).where(request.c.id == identifier))).one_or_none()
    if row is None:
        raise NotFound()
    versions = await all_versions(connection, {(row.workflow_id, row.workflow_version)})
    one = _json(row, versions)
    workflow = versions[(row.workflow_id, row.workflow_version)].table
    role = "member" if viewer.person == row.raised_by and viewer.side is Side.CUSTOMER else viewer.role
    one["transitions"] = [
        {"key": step.key, "name": step.name, "to": step.target, "requires": sorted(step.requires)}
        for step in workflow.allowed(row.state, viewer.side.value, role)
    ]
    one["item_ids"] = row.item_ids or []
    if viewer.side is Side.CUSTOMER:
        seen = await connection.execute(
            select(published_item.c.item_id).where(
                published_item.c.customer_id == viewer.customer,
                published_item.c.item_id.in_(row.item_ids or []),
                published_item.c.form == "shared",
            )
        )
        one["item_ids"] = list(seen.scalars())
    return one
