"""`/v1/reports`: reports and their live figures."""

import hashlib
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, STAFF, described, internal
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.requests import IdempotencyKey, etag, revisioned
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from atrium_reports.answers import require_person, require_staff
from atrium_reports.figures import commands, queries
from atrium_reports.figures.shapes import ALL_FIGURES, Home, LiveReport, NewReport, ReportSummary

router = APIRouter(prefix="/v1", tags=["reports"])

AsOf = Annotated[
    datetime | None,
    Query(description="An earlier moment; now when left out.", examples=["2026-11-01T12:00:00Z"]),
]


@router.get(
    "/reports", operation_id="list_reports", response_model=Page[ReportSummary], **described("both", EVERYONE, 404)
)
async def list_reports(
    viewer: CurrentViewer,
    database: CurrentDatabase,
    page: PageParameters,
    project: Annotated[UUID | None, Query(description="Of this project alone.")] = None,
) -> Response:
    """Reports the viewer may read, newest first."""
    require_person(viewer)
    values = decode_cursor(page.cursor, "-created_at", str(project))
    after = None if values is None else (datetime.fromisoformat(values[0]), UUID(values[1]))
    async with database.transaction(viewer) as connection:
        rows = await queries.list_reports(connection, viewer, page.limit + 1, after, project_id=project)
    shown = rows[: page.limit]
    further = None
    if len(rows) > page.limit:
        further = encode_cursor(
            [shown[-1]["created_at"].isoformat(), str(shown[-1]["id"])], "-created_at", str(project)
        )
    return Response(json.dumps({"items": shown, "next_cursor": further}), media_type="application/json")


@router.post(
    "/reports",
    operation_id="create_report",
    response_model=ReportSummary,
    **described("provider", STAFF, 404, status=201),
)
async def create_report(
    viewer: CurrentViewer, database: CurrentDatabase, body: NewReport, key: IdempotencyKey
) -> Response:
    """A live report of a project, which its customer sees as well."""
    require_staff(viewer)

    async def act() -> dict[str, Any]:
        return await commands.create_report(
            connection,
            viewer,
            project_id=body.project_id,
            title=body.title,
            introduction=body.introduction,
            figures=list(body.figures or ALL_FIGURES),
        )

    async with database.transaction(viewer) as connection:
        answer = await once(connection, viewer, operation="create_report", key=key, body=body, act=act)
    return Response(
        json.dumps(answer), status_code=201, media_type="application/json", headers={"ETag": etag(answer["revision"])}
    )


@router.get(
    "/reports/{report}",
    operation_id="get_report",
    response_model=LiveReport,
    **described("link", EVERYONE, 404, 410),
)
async def get_report(
    request: Request, viewer: CurrentViewer, database: CurrentDatabase, report: UUID, as_of: AsOf = None
) -> Response:
    """The report and its figures, computed from what is shared with the customer; for both sides and link holders."""
    found = await queries.live_report(database, viewer, report, as_of)
    # Figures change without the report: time passes, and clocks run.
    seen = {name: value for name, value in found.items() if name not in {"as_of", "figures_revision"}}
    digest = hashlib.sha256(json.dumps(seen)).hexdigest()[:16]
    return revisioned(request, found, f"{found['revision']}-{digest}")


@router.get("/home", operation_id="get_reports_home", response_model=Home, **internal(404))
async def get_home(viewer: CurrentViewer, database: CurrentDatabase) -> Response:
    """The reports' part of a viewer's home."""
    require_person(viewer)
    async with database.transaction(viewer) as connection:
        reports = await queries.home(connection, viewer)
    return Response(json.dumps({"reports": reports}), media_type="application/json")
