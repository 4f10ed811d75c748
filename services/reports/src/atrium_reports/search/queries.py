"""Finding reports; served by report_by_time for customers and report_by_latest for staff."""

from typing import Any

from atrium_chassis.search import SearchRequest, folded
from atrium_chassis.viewer import Viewer
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.facts.tables import project
from atrium_reports.figures.tables import report

KIND = "reports"


async def find_reports(connection: AsyncConnection, viewer: Viewer, search: SearchRequest) -> list[dict[str, Any]]:
    same = (project.c.customer_id == report.c.customer_id) & (project.c.id == report.c.project_id)
    query = (
        select(report, project.c.title.label("project_title"))
        .join(project, same)
        .where(search.found_in(folded(report)))
        .where(report.c.customer_id == viewer.customer if viewer.customer is not None else true())
    )
    rows = await connection.execute(search.newest_first(query, report.c.created_at, report.c.id, KIND))
    return [
        {
            **{name: getattr(row, name) for name in ("id", "customer_id", "project_id", "project_title", "title")},
            "excerpt": search.excerpt(row.introduction),
            "at": row.created_at,
        }
        for row in rows
    ]
