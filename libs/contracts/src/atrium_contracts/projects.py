"""Events of the projects service. Customers' channels use the shared ones only, made from published items alone."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from atrium_contracts.envelope import Audience, EventData, Source
from atrium_contracts.words import ItemKind, Turn, Verb, Visibility

INTERNAL: frozenset[Audience] = frozenset({"internal"})
SHARED: frozenset[Audience] = frozenset({"shared"})


class ProjectsEvent(EventData):
    SOURCE: ClassVar[Source] = "projects"


class ProjectChanged(ProjectsEvent):
    """Subject `projects/<id>`. What both sides may know of a project."""

    NAME: ClassVar[str] = "project_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    project_id: UUID
    customer_id: UUID
    title: str
    goal: str
    status: str
    lead_id: UUID | None
    contact_ids: list[UUID]
    starts_on: date | None = None
    ends_on: date | None = None
    active: bool = True


class ItemChanged(ProjectsEvent):
    """Subject `projects/<id>/items/<id>`. The provider's own item, with what customers never see."""

    NAME: ClassVar[str] = "item_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = INTERNAL
    project_id: UUID
    item_id: UUID
    parent_id: UUID | None
    kind: ItemKind
    title: str
    visibility: Visibility
    state: str
    turn: Turn
    verb: Verb | None
    turn_since: datetime
    due: date | None
    owner_id: UUID | None
    asked_ids: list[UUID]
    deleted: bool = False
    changed: list[str] = []


class PublishedItemChanged(ProjectsEvent):
    """Subject `projects/<id>/items/<id>`, with the published item's own revision; sent only when that differs."""

    NAME: ClassVar[str] = "published_item_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    project_id: UUID
    item_id: UUID
    form: Literal["shared", "placeholder"]
    due: date | None
    #: The last day, where it takes from `due` to another one.
    until: date | None = None
    # All below is None or empty for a placeholder.
    parent_id: UUID | None = None
    kind: ItemKind | None = None
    title: str | None = None
    note: str | None = None
    state: str | None = None
    turn: Turn | None = None
    verb: Verb | None = None
    turn_since: datetime | None = None
    owner_id: UUID | None = None
    asked_ids: list[UUID] = []
    file_id: UUID | None = None
    done: bool = False
    changed: list[str] = []
    #: Whether who is asked by it now gets a mail about it.
    by_mail: bool = True


class PublishedItemWithdrawn(ProjectsEvent):
    """Subject `projects/<id>/items/<id>`. The tombstone of a published item."""

    NAME: ClassVar[str] = "published_item_withdrawn"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    project_id: UUID
    item_id: UUID


class ApprovalRecorded(ProjectsEvent):
    """Subject `projects/<id>/items/<id>/approvals/<id>`. A decision bound to the hash of exact file versions."""

    NAME: ClassVar[str] = "approval_recorded"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    approval_id: UUID
    project_id: UUID
    item_id: UUID
    decision: Literal["approved", "changes_requested"]
    person_id: UUID
    decided_at: datetime
    versions: list[dict[str, Any]]  # {file_id, number, sha256}


class ApprovalSuperseded(ProjectsEvent):
    """Subject `projects/<id>/items/<id>/approvals/<id>`. A newer version of a file is ready."""

    NAME: ClassVar[str] = "approval_superseded"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    approval_id: UUID
    project_id: UUID
    item_id: UUID
    file_id: UUID
    number: int


class RequestChanged(ProjectsEvent):
    """Subject `requests/<id>`."""

    NAME: ClassVar[str] = "request_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = SHARED
    request_id: UUID
    project_id: UUID | None
    number: int
    title: str
    kind: str
    urgency: str
    state: str
    turn: Turn
    verb: Verb | None
    turn_since: datetime
    raised_by: UUID
    owner_id: UUID | None
    item_ids: list[UUID] = []
    changed: list[str] = []


class WorkflowVersionPublished(ProjectsEvent):
    """Subject `workflows/<id>`. `definition` is the whole table of states and transitions."""

    NAME: ClassVar[str] = "workflow_version_published"
    AUDIENCES: ClassVar[frozenset[Audience]] = INTERNAL
    workflow_id: UUID
    key: str
    version: int
    definition: dict[str, Any]
