"""What of the plan belongs on someone's home: whose turn it is and what moved, over all their projects."""

from typing import Any
from uuid import UUID

from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import Row, Select, Table, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.queries import list_projects
from atrium_projects.plan.tables import item, project, published_item
from atrium_projects.requests.queries import list_requests
from atrium_projects.workflows.model import DECIDING_ROLES
from atrium_projects.workflows.queries import all_versions

LIMIT = 60
MOVED = 40
ROWS = 20
FIELDS = [
    "title",
    "verb",
    "turn",
    "due",
    "turn_since",
    "agreed_days",
    "owner_id",
    "asked_by",
    "project_id",
    "customer_id",
    "file_id",
    "third_party",
    "revision",
]

Json = dict[str, Any]


async def home_of(connection: AsyncConnection, viewer: Viewer) -> Json:
    """This service's part of the viewer's home."""
    ours, theirs = ("provider", "customer") if viewer.side is Side.PROVIDER else ("customer", "provider")
    mine, colleagues = split_mine(await open_items(connection, viewer, ours), viewer)
    return {
        "your_turn": {"mine": mine, "colleagues": colleagues},
        "waiting": await open_items(connection, viewer, theirs) + await open_items(connection, viewer, "third_party"),
        "moved": await moved_items(connection, viewer),
        "projects": await list_projects(connection, viewer, ROWS, None),
        "requests": await list_requests(connection, viewer, ROWS),
    }


def _source(viewer: Viewer) -> tuple[Table, Any, Any]:
    """Table, its id column and its note: what the viewer's side reads."""
    if viewer.side is Side.PROVIDER:
        return item, item.c.id, item.c.internal_note
    return published_item, published_item.c.item_id, published_item.c.note


def _items(viewer: Viewer) -> Select[Any]:
    """Phases have no turn."""
    table, identifier, note = _source(viewer)
    return (
        select(table, identifier.label("one_id"), note.label("said"), project.c.title.label("project_title"))
        .join(project, (project.c.customer_id == table.c.customer_id) & (project.c.id == table.c.project_id))
        .where(project.c.active, table.c.kind != "phase")
        .where(table.c.customer_id == viewer.customer if viewer.customer is not None else true())
    )


async def open_items(connection: AsyncConnection, viewer: Viewer, turn: str) -> list[Json]:
    """Items of a turn, by due date, served by item_open_by_due and published_item_open.

    A milestone or a risk that lies with the provider is a date or a watch, nobody waits for it.
    """
    table, identifier, _ = _source(viewer)
    quiet = ("milestone", "risk") if turn == "provider" else ()
    query = _items(viewer).where(table.c.turn == turn, table.c.kind.not_in(quiet))
    return await _lines(connection, query.order_by(table.c.due.nulls_last(), identifier).limit(LIMIT))


async def moved_items(connection: AsyncConnection, viewer: Viewer) -> list[Json]:
    """Whatever moved last, done or open, served by item_by_act and published_item_moved. A placeholder never moves."""
    table, identifier, _ = _source(viewer)
    query = _items(viewer).where(table.c.turn_since.is_not(None))
    return await _lines(connection, query.order_by(table.c.turn_since.desc(), identifier.desc()).limit(MOVED))


async def _lines(connection: AsyncConnection, query: Select[Any]) -> list[Json]:
    rows = (await connection.execute(query)).all()
    versions = await all_versions(connection, {(row.workflow_id, row.workflow_version) for row in rows})
    return [_line(row, versions) for row in rows]


def _line(row: Row[Any], versions: dict[tuple[UUID, int], Any]) -> Json:
    version = versions.get((row.workflow_id, row.workflow_version))
    return {
        "id": str(row.one_id),
        "kind": "item",
        "item_kind": row.kind,
        **{name: getattr(row, name) for name in FIELDS},
        "asked_ids": row.asked_ids or [],
        "note": row.said or "",
        "visibility": row._mapping.get("visibility") or row.form,
        "project_title": row.project_title,
        "state": row.state,
        "state_name": version.table.state(row.state).name if version is not None else {},
    }


def _is_mine(row: Json, viewer: Viewer) -> bool:
    """Staff's turn is the owner's. Customers are asked by name, or all who may decide."""
    if viewer.side is Side.PROVIDER:
        return row["owner_id"] in {None, viewer.person}
    return viewer.person in row["asked_ids"] or (not row["asked_ids"] and viewer.role in DECIDING_ROLES)


def split_mine(rows: list[Json], viewer: Viewer) -> tuple[list[Json], list[Json]]:
    """What asks the viewer, then what asks colleagues."""
    asked = [_is_mine(row, viewer) for row in rows]
    return (
        [row for row, is_mine in zip(rows, asked, strict=True) if is_mine],
        [row for row, is_mine in zip(rows, asked, strict=True) if not is_mine],
    )
