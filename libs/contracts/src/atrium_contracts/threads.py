"""Events of the threads service. Their audience is the thread's; `staff_ids` are those an internal one is kept to."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from atrium_contracts.envelope import Audience, EventData, Source

ANY: frozenset[Audience] = frozenset({"internal", "shared", "private"})


class ThreadsEvent(EventData):
    SOURCE: ClassVar[Source] = "threads"
    AUDIENCES: ClassVar[frozenset[Audience]] = ANY


class ThreadOpened(ThreadsEvent):
    """Subject `threads/<id>`; `about` is what the thread is about, in the grammar of event subjects.

    Sent again when its subject becomes visible to a side or ceases to be; `withdrawn` is the tombstone for those who no
    longer see it.
    """

    NAME: ClassVar[str] = "thread_opened"
    thread_id: UUID
    project_id: UUID | None
    about: str
    audience: Audience
    title: str
    opened_by: UUID
    opened_at: datetime
    withdrawn: bool = False
    staff_ids: list[UUID] | None = None


class PointChanged(ThreadsEvent):
    """Subject `threads/<id>`. A point on a page was closed, or opened again."""

    NAME: ClassVar[str] = "point_changed"
    thread_id: UUID
    project_id: UUID | None
    about: str
    closed: bool
    staff_ids: list[UUID] | None = None


class MessagePosted(ThreadsEvent):
    """Subject `threads/<id>/messages/<id>`. An overwritten text is the erasure's tombstone."""

    NAME: ClassVar[str] = "message_posted"
    thread_id: UUID
    message_id: UUID
    project_id: UUID | None
    about: str
    author_id: UUID
    text: str
    posted_at: datetime
    mention_ids: list[UUID] = []
    erased: bool = False
    staff_ids: list[UUID] | None = None
