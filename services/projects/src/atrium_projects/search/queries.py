"""Finding projects, items and requests. Customers find published items alone, staff items.

A customer's rows are found by the primary keys, which begin with the customer; staff read the newest first, by
item_by_act and request_by_act.
"""

from typing import Any

from atrium_chassis.search import SearchRequest, folded
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import ColumnElement, Row, Select, Table, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.tables import item, project, published_item
from atrium_projects.requests.model import label
from atrium_projects.requests.tables import request
from atrium_projects.workflows.queries import Version, all_versions

Json = dict[str, Any]
Versions = dict[tuple[Any, int], Version]


async def find_projects(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[Json]:
    at = func.coalesce(project.c.status_at, project.c.created_at)
    query = select(project, at.label("act_at")).where(
        _own(viewer, project), project.c.active, search.found_in(folded(project))
    )
    rows = await connection.execute(search.newest_first(query, at, project.c.id, "projects"))
    return [_common(row, row.id, search.excerpt(row.goal)) for row in rows]


async def find_items(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[Json]:
    query = _staff_items(viewer, search) if viewer.side is Side.PROVIDER else _published_items(viewer, search)
    rows = (await connection.execute(query)).all()
    versions = await all_versions(connection, {(row.workflow_id, row.workflow_version) for row in rows})
    return [_item(row, versions, search, viewer) for row in rows]


def _staff_items(viewer: Viewer, search: SearchRequest) -> Select[Any]:
    query = _in_project(item, item.c.id, item.c.turn_since).where(
        _own(viewer, item), search.found_in(folded(item)), project.c.active
    )
    return search.newest_first(query, item.c.turn_since, item.c.id, "items")


def _published_items(viewer: Viewer, search: SearchRequest) -> Select[Any]:
    """Of a placeholder there is nothing to find."""
    of = published_item
    query = _in_project(of, of.c.item_id, of.c.updated_at).where(
        _own(viewer, of), of.c.form == "shared", search.found_in(folded(of)), project.c.active
    )
    return search.newest_first(query, of.c.updated_at, of.c.item_id, "items")


async def find_requests(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[Json]:
    query = _in_project(request, request.c.id, request.c.turn_since, is_outer=True).where(
        _own(viewer, request), search.found_in(folded(request))
    )
    query = search.newest_first(query, request.c.turn_since, request.c.id, "requests")
    rows = (await connection.execute(query)).all()
    versions = await all_versions(connection, {(row.workflow_id, row.workflow_version) for row in rows})
    return [
        {**_in_turn(row, versions, search.excerpt(row.text)), "label": label(row.number), "kind": row.kind}
        for row in rows
    ]


def _own(viewer: Viewer, table: Table) -> ColumnElement[bool]:
    """What the policies say too, said to the planner."""
    return true() if viewer.customer is None else table.c.customer_id == viewer.customer


def _in_project(table: Table, identifier: Any, at: Any, *, is_outer: bool = False) -> Select[Any]:
    same = (project.c.customer_id == table.c.customer_id) & (project.c.id == table.c.project_id)
    told = (identifier.label("one_id"), at.label("act_at"), project.c.title.label("project_title"))
    return select(table, *told).join(project, same, isouter=is_outer)


def _common(row: Row[Any], identifier: Any, excerpt: str) -> Json:
    return {
        "id": identifier,
        "customer_id": row.customer_id,
        "title": row.title,
        "excerpt": excerpt,
        "at": row.act_at,
    }


def _in_turn(row: Row[Any], versions: Versions, excerpt: str) -> Json:
    version = versions.get((row.workflow_id, row.workflow_version))
    return {
        **_common(row, row.one_id, excerpt),
        "project_id": row.project_id,
        "project_title": row.project_title,
        "turn": row.turn,
        "state_name": version.table.state(row.state).name if version is not None else {},
    }


def _item(row: Row[Any], versions: Versions, search: SearchRequest, viewer: Viewer) -> Json:
    if viewer.side is not Side.PROVIDER:
        return {**_in_turn(row, versions, search.excerpt(row.note)), "kind": row.kind}
    excerpt = search.excerpt(row.customer_title, row.internal_note, row.customer_note)
    return {**_in_turn(row, versions, excerpt), "kind": row.kind, "visibility": row.visibility}
