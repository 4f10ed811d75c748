"""`/api/v1/reports/{report}/export.{pdf,xlsx,csv}`: a report to take along, now or as of an earlier moment."""

from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.describing import EVERYONE
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import AwareDatetime

from atrium_gateway.exports.answering import MEDIA_TYPES, Kind, exported
from atrium_gateway.exports.reading import Wanted
from atrium_gateway.openapi import described_file
from atrium_gateway.signin.identity import CurrentSession

router = APIRouter(prefix="/api/v1/reports/{report}")

AsOf = Annotated[
    AwareDatetime | None,
    Query(description="An earlier moment; now when left out.", examples=["2026-11-01T12:00:00Z"]),
]


def _described(kind: Kind) -> dict[str, Any]:
    return described_file(MEDIA_TYPES[kind], "both", EVERYONE, 404, 503)


@router.get("/export.pdf", operation_id="export_report_pdf", **_described("pdf"))
async def export_pdf(request: Request, session: CurrentSession, report: UUID, as_of: AsOf = None) -> Response:
    """In the customer's brand and the reader's language, with the moment and the address of the live report."""
    return await exported(Wanted(request, session.viewer, report, as_of), "pdf")


@router.get("/export.xlsx", operation_id="export_report_xlsx", **_described("xlsx"))
async def export_xlsx(request: Request, session: CurrentSession, report: UUID, as_of: AsOf = None) -> Response:
    """A sheet a figure, each with the moment and the address of the live report."""
    return await exported(Wanted(request, session.viewer, report, as_of), "xlsx")


@router.get("/export.csv", operation_id="export_report_csv", **_described("csv"))
async def export_csv(request: Request, session: CurrentSession, report: UUID, as_of: AsOf = None) -> Response:
    """For programs: the keys and values of every figure, with the moment and the address of the live report."""
    return await exported(Wanted(request, session.viewer, report, as_of), "csv")
