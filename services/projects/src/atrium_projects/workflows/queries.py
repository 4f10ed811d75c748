"""Reading workflows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.workflows.model import Workflow, parse
from atrium_projects.workflows.tables import workflow, workflow_version


@dataclass(frozen=True)
class Version:
    id: UUID
    key: str
    name: dict[str, str]
    purpose: str
    version: int
    revision: int
    definition: dict[str, Any]

    @cached_property
    def table(self) -> Workflow:
        """Parsed once: a plan of 5,000 items asks for the words of 5,000 states."""
        return parse(self.definition)


_VERSIONS = select(
    workflow.c.id,
    workflow.c.key,
    workflow.c.name,
    workflow.c.purpose,
    workflow.c.revision,
    workflow_version.c.version,
    workflow_version.c.definition,
).join(workflow_version, workflow_version.c.workflow_id == workflow.c.id)


def _version(row: Any) -> Version:
    return Version(row.id, row.key, row.name, row.purpose, row.version, row.revision, row.definition)


async def current_versions(connection: AsyncConnection) -> list[Version]:
    rows = await connection.execute(
        _VERSIONS.where(workflow_version.c.version == workflow.c.current_version).order_by(workflow.c.key)
    )
    return [_version(row) for row in rows]


async def current_version(connection: AsyncConnection, workflow_id: UUID) -> Version:
    """Raises NotFound."""
    row = (
        await connection.execute(
            _VERSIONS.where(workflow.c.id == workflow_id, workflow_version.c.version == workflow.c.current_version)
        )
    ).one_or_none()
    if row is None:
        raise NotFound()
    return _version(row)


async def current_by_key(connection: AsyncConnection, key: str) -> Version:
    """Raises NotFound."""
    found = (await connection.execute(select(workflow.c.id).where(workflow.c.key == key))).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return await current_version(connection, found)


async def exact_version(connection: AsyncConnection, workflow_id: UUID, version: int) -> Version:
    row = (
        await connection.execute(_VERSIONS.where(workflow.c.id == workflow_id, workflow_version.c.version == version))
    ).one()
    return _version(row)


async def all_versions(connection: AsyncConnection, pairs: set[tuple[UUID, int]]) -> dict[tuple[UUID, int], Version]:
    """The versions that these things run on, for naming their states."""
    if not pairs:
        return {}
    rows = await connection.execute(_VERSIONS.where(workflow.c.id.in_({one for one, _ in pairs})))
    return {(row.id, row.version): _version(row) for row in rows if (row.id, row.version) in pairs}


async def history_of(connection: AsyncConnection, workflow_id: UUID) -> list[dict[str, Any]]:
    rows = await connection.execute(
        select(workflow_version)
        .where(workflow_version.c.workflow_id == workflow_id)
        .order_by(workflow_version.c.version.desc())
    )
    return [{"version": row.version, "made_by": row.made_by, "made_at": row.made_at} for row in rows]
