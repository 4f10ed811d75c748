"""Uploads and downloads over HTTP. Bytes never pass here: answers hold addresses of the object store."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import ALL_BUT_READERS, EVERYONE, described
from atrium_chassis.problems import NotFound
from atrium_chassis.requests import IdempotencyKey, revisioned
from atrium_chassis.viewer import CurrentViewer, Viewer
from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from atrium_files.access import members_only
from atrium_files.library.queries import read_version
from atrium_files.library.routes import Number
from atrium_files.library.schemas import VersionView
from atrium_files.transfers import commands, queries
from atrium_files.transfers.commands import Intended
from atrium_files.transfers.schemas import Completion, FormUploadView, NewFormUpload, NewUpload, UploadView
from atrium_files.transfers.setup import Transfers

router = APIRouter(prefix="/v1", tags=["transfers"], dependencies=[Depends(members_only)])


async def _transfers(request: Request) -> Transfers:
    transfers: Transfers = request.app.state.transfers
    return transfers


CurrentTransfers = Annotated[Transfers, Depends(_transfers)]


@router.post(
    "/files/{file}/uploads",
    response_model=UploadView,
    operation_id="start_upload",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 503, status=201),
)
async def start_upload(
    database: CurrentDatabase,
    transfers: CurrentTransfers,
    viewer: CurrentViewer,
    file: UUID,
    body: NewUpload,
    key: IdempotencyKey,
) -> Response:
    """Reserve the next version and get an address for each part. Repeated, it gives fresh addresses."""
    intended = Intended(**body.model_dump())
    upload = await commands.start_upload(database, transfers.store, transfers.limits, viewer, file, intended, key)
    return await _upload(database, transfers, viewer, upload, status=201)


@router.post(
    "/files/{file}/uploads/form",
    response_model=FormUploadView,
    operation_id="start_form_upload",
    **described("both", ALL_BUT_READERS, 403, 404, 409, status=201),
)
async def start_form_upload(
    database: CurrentDatabase,
    transfers: CurrentTransfers,
    viewer: CurrentViewer,
    file: UUID,
    body: NewFormUpload,
    key: IdempotencyKey,
) -> Response:
    """Reserve the next version for a browser without scripts: one form that goes straight to the store."""
    intended = Intended(media_type=body.media_type, note=body.note)
    upload_id = await commands.start_form_upload(database, transfers.limits, viewer, file, intended, key)
    async with database.transaction(viewer) as connection:
        upload = await queries.load_upload(connection, viewer, upload_id)
    seconds = transfers.upload_seconds
    form = transfers.uploads.form(upload.object_key, transfers.limits.bytes, seconds, body.redirect)
    answer = {
        "upload": upload_id,
        "file": upload.file_id,
        "url": form.url,
        "fields": form.fields,
        "expires_at": datetime.now(UTC) + timedelta(seconds=seconds),
    }
    return _json(answer, 201)


@router.get(
    "/uploads/{upload}",
    response_model=UploadView,
    operation_id="read_upload",
    **described("both", ALL_BUT_READERS, 404, 503),
)
async def read_upload(
    database: CurrentDatabase, transfers: CurrentTransfers, viewer: CurrentViewer, upload: UUID
) -> Response:
    """After a break: which parts are there, and fresh addresses for the others. Only for the uploader."""
    return await _upload(database, transfers, viewer, upload)


@router.post(
    "/uploads/{upload}/completion",
    response_model=VersionView,
    operation_id="complete_upload",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 503),
)
async def complete_upload(
    request: Request,
    database: CurrentDatabase,
    transfers: CurrentTransfers,
    viewer: CurrentViewer,
    upload: Annotated[UUID, Path()],
    body: Completion,
    key: IdempotencyKey,
) -> Response:
    """Put the parts together; the version is then checked. Repeating it changes nothing, with a key or without."""
    parts = [(part.number, part.etag) for part in body.parts]
    file, number = await commands.complete_upload(database, transfers.store, viewer, upload, parts, key)
    async with database.transaction(viewer) as connection:
        found = await read_version(connection, viewer, file, number)
    return revisioned(request, found, found["revision"])


@router.get(
    "/files/{file}/versions/{n}/content",
    response_class=Response,
    operation_id="download_version",
    **described("both", EVERYONE, 404, 409, status=302),
)
async def download_version(
    database: CurrentDatabase, transfers: CurrentTransfers, viewer: CurrentViewer, file: UUID, number: Number
) -> Response:
    """On to the object store, which hands the content out as an attachment; the address ends within a minute."""
    async with database.transaction(viewer) as connection:
        address = await queries.download_address(
            connection, transfers.downloads, viewer, file, number, transfers.download_seconds
        )
    return Response(status_code=302, headers={"Location": address, "Cache-Control": "no-store"})


async def _upload(
    database: CurrentDatabase, transfers: Transfers, viewer: Viewer, upload_id: UUID, status: int = 200
) -> Response:
    if viewer.person is None:
        raise NotFound
    async with database.transaction(viewer) as connection:
        answer = await queries.read_upload(
            connection, transfers.store, transfers.uploads, viewer, upload_id, transfers.upload_seconds
        )
    return _json(answer, status)


def _json(body: object, status: int = 200) -> Response:
    return Response(
        json.dumps(body), status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )
