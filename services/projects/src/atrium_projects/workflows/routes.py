"""`/v1/workflows`: reading and making tables of states and transitions. Staff only; making takes a manager."""

from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import MANAGERS, STAFF, described
from atrium_chassis.idempotency import once
from atrium_chassis.problems import Forbidden, NotFound
from atrium_chassis.requests import Body, IdempotencyKey, IfMatch, revisioned
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field, StringConstraints

from atrium_projects import examples
from atrium_projects.answers import created, shown
from atrium_projects.viewers import PersonViewer, Writer
from atrium_projects.workflows import commands, queries

router = APIRouter(prefix="/v1/workflows", tags=["workflows"])

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Name = dict[Literal["en", "de"], Annotated[str, StringConstraints(min_length=1, max_length=120)]]


class StateBody(Body):
    key: Key
    name: Name
    turn: Literal["customer", "provider", "third_party", "nobody"]
    verb: Key | None = None
    agreed_days: int | None = Field(None, ge=0, le=365)


class TransitionBody(Body):
    key: Key
    name: Name
    from_: Key = Field(alias="from")
    to: Key
    sides: list[Literal["provider", "customer"]] = ["provider", "customer"]
    roles: list[Literal["admin", "manager", "member", "owner", "reader"]] = ["admin", "manager", "member", "owner"]
    requires: list[Literal["comment", "versions"]] = []
    decision: Literal["approved", "changes_requested"] | None = None


class DefinitionBody(Body):
    states: list[StateBody] = Field(min_length=1, max_length=60)
    transitions: list[TransitionBody] = Field(max_length=200)

    def plain(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)


class WorkflowBody(Body):
    model_config = shown({"key": "tasting", "name": {"en": "Tasting"}, "definition": examples.DEFINITION})
    key: Key
    name: Name
    purpose: Literal["item", "request"] = "item"
    definition: DefinitionBody

    def words(self) -> dict[str, str]:
        return {str(language): name for language, name in self.name.items()}


class VersionBody(Body):
    model_config = shown({"definition": examples.DEFINITION, "mapping": {"on_hold": "tasting"}, "dry_run": True})
    definition: DefinitionBody
    mapping: dict[Key, Key] | None = Field(
        None, description="States of running items to states of the new version. Without it running items keep theirs."
    )
    dry_run: bool = False


def _staff(viewer: Viewer) -> None:
    if viewer.side is not Side.PROVIDER:
        raise NotFound()


def _manager(viewer: Viewer) -> None:
    _staff(viewer)
    if viewer.role not in MANAGERS:
        raise Forbidden("Only admins and managers change workflows.")


def _json(version: queries.Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "key": version.key,
        "name": version.name,
        "purpose": version.purpose,
        "version": version.version,
        "revision": version.revision,
        "definition": version.definition,
    }


@router.get(
    "",
    operation_id="list_workflows",
    **described("provider", STAFF, 404, example=examples.page(examples.WORKFLOW_SHOWN)),
)
async def list_workflows(database: CurrentDatabase, viewer: PersonViewer) -> Response:
    _staff(viewer)
    async with database.transaction(viewer) as connection:
        found = [_json(version) for version in await queries.current_versions(connection)]
    return created({"items": found, "next_cursor": None}, 200)


@router.post(
    "",
    operation_id="create_workflow",
    **described("provider", MANAGERS, 403, 404, 409, example=examples.WORKFLOW_MADE, status=201),
)
async def create_workflow(
    database: CurrentDatabase, viewer: Writer, body: WorkflowBody, key: IdempotencyKey
) -> Response:
    _manager(viewer)
    definition = body.definition.plain()
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.create_workflow(connection, viewer, body.key, body.words(), body.purpose, definition)

        answer = await once(connection, viewer, operation="create_workflow", key=key, body=body, act=act)
    return created(answer)


@router.get(
    "/{workflow}", operation_id="get_workflow", **described("provider", STAFF, 404, example=examples.WORKFLOW_SHOWN)
)
async def get_workflow(request: Request, database: CurrentDatabase, viewer: PersonViewer, workflow: UUID) -> Response:
    _staff(viewer)
    async with database.transaction(viewer) as connection:
        version = await queries.current_version(connection, workflow)
        history = await queries.history_of(connection, workflow)
    return revisioned(request, {**_json(version), "versions": history}, version.revision)


@router.post(
    "/{workflow}/versions",
    operation_id="add_workflow_version",
    **described("provider", MANAGERS, 403, 404, 409, 412, example=examples.VERSION_MADE, status=201),
)
async def add_version(
    database: CurrentDatabase,
    viewer: Writer,
    workflow: UUID,
    body: VersionBody,
    key: IdempotencyKey,
    expected: IfMatch,
) -> Response:
    """New items take the new version; running items too when a mapping is given. A dry run tells what is affected."""
    _manager(viewer)
    definition = body.definition.plain()
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.add_version(
                connection, viewer, workflow, definition, body.mapping, expected, dry_run=body.dry_run
            )

        operation = f"add_workflow_version/{workflow}"
        answer = await once(connection, viewer, operation=operation, key=key, body=body, act=act)
    return created(answer, 200 if body.dry_run else 201)


@router.post(
    "/{workflow}/rollback",
    operation_id="roll_back_workflow",
    **described("provider", MANAGERS, 403, 404, 409, example=examples.WORKFLOW_MADE),
)
async def roll_back(database: CurrentDatabase, viewer: Writer, workflow: UUID, key: IdempotencyKey) -> Response:
    _manager(viewer)
    async with database.transaction(viewer) as connection:

        async def act() -> dict[str, Any]:
            return await commands.roll_back(connection, viewer, workflow)

        operation = f"roll_back_workflow/{workflow}"
        answer = await once(connection, viewer, operation=operation, key=key, body={}, act=act)
    return created(answer, 200)
