"""`/v1/reports/{report}/export.csv`, which the gateway asks for: it knows where the report is live."""

from typing import Annotated
from uuid import UUID

from atrium_chassis.csv_export import CsvResponse, csv_file, csv_lines
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import internal
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Query

from atrium_reports.exports.model import rows_of
from atrium_reports.figures.queries import live_report
from atrium_reports.figures.routes import AsOf

router = APIRouter(prefix="/v1", tags=["exports"])


@router.get(
    "/reports/{report}/export.csv",
    operation_id="export_report_csv",
    response_class=CsvResponse,
    **internal(404, 410),
)
async def export_report_csv(
    viewer: CurrentViewer,
    database: CurrentDatabase,
    report: UUID,
    as_of: AsOf = None,
    link: Annotated[
        str | None,
        Query(max_length=500, pattern="^https?://", description="Address of the live report, to be printed."),
    ] = None,
) -> CsvResponse:
    """The same numbers as on the page, with the moment they held at."""
    found = await live_report(database, viewer, report, as_of)
    return csv_file(csv_lines(rows_of(found, link)), f"report-{found['as_of']:%Y-%m-%d}.csv")
