"""Files and versions over HTTP."""

from typing import Annotated
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import ALL_BUT_READERS, EVERYONE, described, internal
from atrium_chassis.paging import Page, PageParameters
from atrium_chassis.requests import IdempotencyKey, IfMatch, revisioned
from atrium_chassis.viewer import CurrentViewer
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from atrium_files.access import members_only
from atrium_files.library import commands, queries
from atrium_files.library.schemas import (
    FileSummary,
    FileView,
    HomePart,
    NewFile,
    Restoration,
    VersionChange,
    VersionView,
)

router = APIRouter(prefix="/v1", tags=["library"], dependencies=[Depends(members_only)])
Number = Annotated[int, Path(alias="n", ge=1, le=2**31 - 1, description="Number in the version stack.")]


@router.get("/home", response_model=HomePart, operation_id="files_home", **internal())
async def home(database: CurrentDatabase, viewer: CurrentViewer) -> Response:
    async with database.transaction(viewer) as connection:
        return _json(await queries.latest_files(connection, viewer))


@router.get(
    "/files",
    response_model=Page[FileSummary],
    operation_id="list_files",
    **described("both", EVERYONE),
)
async def list_files(
    database: CurrentDatabase,
    viewer: CurrentViewer,
    page: PageParameters,
    project: Annotated[UUID | None, Query(description="Only files of this project.")] = None,
) -> Response:
    """Files of all projects the viewer may see, changed last first."""
    async with database.transaction(viewer) as connection:
        return _json(await queries.list_files(connection, viewer, page, project))


@router.get(
    "/projects/{project}/files",
    response_model=Page[FileSummary],
    operation_id="list_project_files",
    **described("both", EVERYONE, 404),
)
async def list_project_files(
    database: CurrentDatabase, viewer: CurrentViewer, page: PageParameters, project: UUID
) -> Response:
    async with database.transaction(viewer) as connection:
        return _json(await queries.list_project_files(connection, viewer, page, project))


@router.post(
    "/projects/{project}/files",
    response_model=FileView,
    operation_id="create_file",
    **described("both", ALL_BUT_READERS, 403, 404, 409, status=201),
)
async def create_file(
    request: Request,
    database: CurrentDatabase,
    viewer: CurrentViewer,
    project: UUID,
    body: NewFile,
    key: IdempotencyKey,
) -> Response:
    """A file without versions; its audience never changes. Staff choose `internal` or `shared`, customers `shared` or
    `private`."""
    file_id = await commands.create_file(database, viewer, project, name=body.name, audience=body.audience, key=key)
    return await _file(request, database, viewer, file_id, status=201)


@router.get(
    "/files/{file}",
    response_model=FileView,
    operation_id="read_file",
    **described("both", EVERYONE, 404),
)
async def read_file(request: Request, database: CurrentDatabase, viewer: CurrentViewer, file: UUID) -> Response:
    return await _file(request, database, viewer, file)


@router.get(
    "/files/{file}/versions/{n}",
    response_model=VersionView,
    operation_id="read_version",
    **described("both", EVERYONE, 404),
)
async def read_version(
    request: Request, database: CurrentDatabase, viewer: CurrentViewer, file: UUID, number: Number
) -> Response:
    return await _version(request, database, viewer, file, number)


@router.patch(
    "/files/{file}/versions/{n}",
    response_model=VersionView,
    operation_id="annotate_version",
    **described("both", ALL_BUT_READERS, 403, 404, 412),
)
async def annotate_version(
    request: Request,
    database: CurrentDatabase,
    viewer: CurrentViewer,
    file: UUID,
    number: Number,
    body: VersionChange,
    expected: IfMatch,
) -> Response:
    """Change the note; the content of a version never changes."""
    await commands.annotate_version(database, viewer, file, number, note=body.note, expected=expected)
    return await _version(request, database, viewer, file, number)


@router.post(
    "/files/{file}/versions/{n}/restoration",
    response_model=VersionView,
    operation_id="restore_version",
    **described("both", ALL_BUT_READERS, 403, 404, 409, status=201),
)
async def restore_version(
    request: Request,
    database: CurrentDatabase,
    viewer: CurrentViewer,
    file: UUID,
    number: Number,
    body: Restoration,
    key: IdempotencyKey,
) -> Response:
    """A new version with the content of this one; it is checked like any other."""
    restored = await commands.restore_version(database, viewer, file, number, note=body.note, key=key)
    return await _version(request, database, viewer, file, restored, status=201)


@router.put(
    "/files/{file}/lock",
    response_model=FileView,
    operation_id="lock_file",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412),
)
async def lock_file(
    request: Request, database: CurrentDatabase, viewer: CurrentViewer, file: UUID, expected: IfMatch
) -> Response:
    """Check the file out: until it is released, only its holder adds versions."""
    await commands.lock_file(database, viewer, file, expected)
    return await _file(request, database, viewer, file)


@router.delete(
    "/files/{file}/lock",
    response_model=FileView,
    operation_id="unlock_file",
    **described("both", ALL_BUT_READERS, 403, 404, 409, 412),
)
async def unlock_file(
    request: Request, database: CurrentDatabase, viewer: CurrentViewer, file: UUID, expected: IfMatch
) -> Response:
    """Release it; admins, managers and owners may release a colleague's."""
    await commands.unlock_file(database, viewer, file, expected)
    return await _file(request, database, viewer, file)


async def _file(
    request: Request, database: CurrentDatabase, viewer: CurrentViewer, file_id: UUID, status: int = 200
) -> Response:
    async with database.transaction(viewer) as connection:
        found = await queries.read_file(connection, viewer, file_id)
    return revisioned(request, found, found["revision"], status)


async def _version(
    request: Request, database: CurrentDatabase, viewer: CurrentViewer, file_id: UUID, number: int, status: int = 200
) -> Response:
    async with database.transaction(viewer) as connection:
        found = await queries.read_version(connection, viewer, file_id, number)
    return revisioned(request, found, found["revision"], status)


def _json(body: object) -> Response:
    return Response(json.dumps(body), media_type="application/json")
