"""`/v1/reports/{report}/links` and `/v1/report-links`: who else may read a report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import described, internal
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.problems import NotFound
from atrium_chassis.requests import IdempotencyKey, IfMatch, etag
from atrium_chassis.viewer import CurrentViewer, Side
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_reports.answers import SHARERS, require_sharer
from atrium_reports.links import commands, queries
from atrium_reports.links.passwords import keep_password, salted
from atrium_reports.links.shapes import CreatedLink, LinkChange, LinkShape, NewLink, OpenedLink, Token

router = APIRouter(prefix="/v1", tags=["links"])


@router.get(
    "/reports/{report}/links",
    operation_id="list_report_links",
    response_model=Page[LinkShape],
    **described("both", SHARERS, 403, 404),
)
async def list_report_links(
    viewer: CurrentViewer, database: CurrentDatabase, page: PageParameters, report: UUID
) -> Response:
    """All links of a report, newest first, with how often each was opened, and from where."""
    require_sharer(viewer)
    values = decode_cursor(page.cursor, "-created_at", str(report))
    after = None if values is None else (datetime.fromisoformat(values[0]), UUID(values[1]))
    async with database.transaction(viewer) as connection:
        customer = await queries.customer_of_report(connection, viewer, report)
        rows = await queries.list_links(connection, customer, report, page.limit + 1, after)
    shown = rows[: page.limit]
    further = None
    if len(rows) > page.limit:
        further = encode_cursor([shown[-1]["created_at"].isoformat(), str(shown[-1]["id"])], "-created_at", str(report))
    return Response(json.dumps({"items": shown, "next_cursor": further}), media_type="application/json")


@router.post(
    "/reports/{report}/links",
    operation_id="create_report_link",
    response_model=CreatedLink,
    **described("both", SHARERS, 403, 404, status=201),
)
async def create_report_link(
    viewer: CurrentViewer, database: CurrentDatabase, report: UUID, body: NewLink, key: IdempotencyKey
) -> Response:
    """A new address of the report. A repeat with the same key gets the same link with a new token, the old one ends."""
    require_sharer(viewer)

    password = await salted(body.password) if body.password else None

    async def act() -> dict[str, Any]:
        return await commands.create_link(
            connection, viewer, report, body.expires_at, body.purpose, has_password=password is not None
        )

    async with database.transaction(viewer) as connection:
        # The token is made outside of what is kept for repeats: nothing but its hash is stored anywhere.
        operation = f"create_link/{report}"
        link = await once(connection, viewer, operation=operation, key=key, body=body.intent(), act=act)
        customer = UUID(str(link.pop("customer_id")))
        link["token"] = await commands.issue_token(connection, customer, UUID(str(link["id"])))
        if password is not None:
            await keep_password(connection, customer, UUID(str(link["id"])), password)
    return Response(
        json.dumps(link), status_code=201, media_type="application/json", headers={"ETag": etag(link["revision"])}
    )


@router.patch(
    "/report-links/{link}",
    operation_id="change_report_link",
    response_model=LinkShape,
    **described("both", SHARERS, 403, 404, 409, 412),
)
async def change_report_link(
    viewer: CurrentViewer, database: CurrentDatabase, link: UUID, body: LinkChange, expected: IfMatch
) -> Response:
    """Extend a link, say what it is for, or give it a password."""
    require_sharer(viewer)
    password = await salted(body.password) if body.password else None
    async with database.transaction(viewer) as connection:
        answer = await commands.change_link(connection, viewer, link, body.values(), expected, password)
    return Response(json.dumps(answer), media_type="application/json", headers={"ETag": etag(answer["revision"])})


@router.post(
    "/report-links/{link}/address",
    operation_id="renew_report_link_address",
    response_model=CreatedLink,
    **described("both", SHARERS, 403, 404, 409, 412),
)
async def renew_report_link_address(
    viewer: CurrentViewer, database: CurrentDatabase, link: UUID, expected: IfMatch
) -> Response:
    """A new address for the same link; the one before opens nothing any more."""
    require_sharer(viewer)
    async with database.transaction(viewer) as connection:
        answer = await commands.renew_address(connection, viewer, link, expected)
    return Response(json.dumps(answer), media_type="application/json", headers={"ETag": etag(answer["revision"])})


@router.delete(
    "/report-links/{link}",
    operation_id="revoke_report_link",
    **described("both", SHARERS, 403, 404, 412, status=204),
)
async def revoke_report_link(
    viewer: CurrentViewer, database: CurrentDatabase, link: UUID, expected: IfMatch
) -> Response:
    """End a link at once, for pages that are open as well."""
    require_sharer(viewer)
    async with database.transaction(viewer) as connection:
        await commands.revoke_link(connection, viewer, link, expected)
    return Response(status_code=204)


@router.post(
    "/report-links/resolution",
    operation_id="resolve_report_link",
    response_model=OpenedLink,
    **internal(403, 404, 410, 429),
)
async def resolve_report_link(viewer: CurrentViewer, database: CurrentDatabase, body: Token) -> Response:
    """What a token opens; asked by the gateway on behalf of somebody of whom nothing else is known.

    A link with a password opens with that, or with the proof that an earlier opening gave.
    """
    if viewer.side is not Side.LINK:
        raise NotFound()
    opened = await commands.open_link(database, body.token, body.password, body.proof, (body.network, body.device))
    return Response(json.dumps(opened), media_type="application/json")
