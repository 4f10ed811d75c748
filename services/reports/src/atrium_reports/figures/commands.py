"""Making reports."""

from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.clock import now
from atrium_chassis.events import record
from atrium_chassis.problems import FieldError, Invalid
from atrium_chassis.viewer import Viewer
from atrium_contracts.reports import ReportChanged
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.facts.tables import project
from atrium_reports.figures.queries import one_report, summary_of
from atrium_reports.figures.tables import report


async def create_report(
    connection: AsyncConnection,
    viewer: Viewer,
    *,
    project_id: UUID,
    title: str,
    introduction: str,
    figures: list[str],
) -> dict[str, Any]:
    """Raises Invalid for a project that is not there or not the viewer's."""
    query = select(project.c.customer_id).where(project.c.id == project_id)
    if viewer.customer is not None:
        query = query.where(project.c.customer_id == viewer.customer)
    customer = (await connection.execute(query)).scalar_one_or_none()
    if customer is None:
        raise Invalid([FieldError("/project_id", "unknown_project", "There is no such project.")])
    identifier = uuid4()
    keys = list(dict.fromkeys(figures))
    await connection.execute(
        insert(report).values(
            customer_id=customer,
            id=identifier,
            project_id=project_id,
            title=title,
            introduction=introduction,
            figures=keys,
            created_by=viewer.person,
            created_at=now(),
            revision=1,
        )
    )
    await record(
        connection,
        ReportChanged(report_id=identifier, project_id=project_id, title=title, figures=keys),
        subject=f"reports/{identifier}",
        customer=customer,
        audience="shared",
        revision=1,
        key=identifier,
        actor=viewer.person,
    )
    return summary_of(await one_report(connection, viewer, identifier))
