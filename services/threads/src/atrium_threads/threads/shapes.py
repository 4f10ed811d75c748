"""Bodies of requests and answers about conversations."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Row

from atrium_threads.threads.model import TEXT_LENGTH, TITLE_LENGTH, Audience, excerpt

THREAD = "0b0f2a3e-6f0a-4c56-9a55-0d3a7c1f4e10"
PERSON = "5f0c1a5e-51a8-4b0e-b1c5-2a4e8f6d9c33"
FILE_POINT = "files/9d1f7c62-3a5b-4f7e-8a40-6c2f1b7e5d21/versions/3?page=4&x=0.31&y=0.62"

SUMMARY: dict[str, Any] = {
    "id": THREAD,
    "customer_id": "7a7c2f0e-1b9d-4d64-9c3c-3f2a6a0d8b55",
    "project_id": "c1d5b0a4-52e8-4e6f-8a58-9e0b7d3f2c11",
    "subject": FILE_POINT.partition("?")[0],
    "subject_title": "Alarm philosophy",
    "point": {"page": 4, "x": 0.31, "y": 0.62},
    "title": "",
    "audience": "shared",
    "effective_audience": "shared",
    "opened_by": PERSON,
    "opened_at": "2026-11-17T09:12:00Z",
    "closed_by": None,
    "closed_at": None,
    "last_act_at": "2026-11-17T09:40:00Z",
    "message_count": 2,
    "unread": 1,
    "seen": 1,
    "last_message": {"author_id": PERSON, "excerpt": "Yes, 30 seconds.", "posted_at": "2026-11-17T09:40:00Z"},
    "revision": 3,
}
MESSAGE: dict[str, Any] = {
    "id": "e2b9a6d1-0c47-4c8e-b7f3-5d1a9e4c6b20",
    "thread_id": THREAD,
    "number": 2,
    "author_id": PERSON,
    "text": "Yes, 30 seconds.",
    "mentions": [],
    "posted_at": "2026-11-17T09:40:00Z",
}

Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LENGTH)]
People = Annotated[list[UUID], Field(max_length=50)]


class NewThread(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"subject": FILE_POINT, "audience": "shared", "text": "Should this be 30 seconds?"}]
        }
    )
    subject: Annotated[str | None, Field(max_length=300, description="What it is about; also as `?subject=`.")] = None
    audience: Audience
    title: Annotated[str, StringConstraints(max_length=TITLE_LENGTH)] = ""
    text: Annotated[Text | None, Field(description="The first message.")] = None
    mentions: People = []
    staff_ids: Annotated[People | None, Field(description="Limits an internal thread to these and its opener.")] = None


class NewMessage(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Yes, 30 seconds.", "mentions": [PERSON]}]})
    text: Text
    mentions: People = []


class Spot(BaseModel):
    page: int
    x: float
    y: float


class LastMessage(BaseModel):
    author_id: UUID
    excerpt: str
    posted_at: datetime


class ThreadSummary(BaseModel):
    """`audience` never changes; `effective_audience` is the narrower of it and its subject's."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})
    id: UUID
    customer_id: UUID
    project_id: UUID | None
    subject: str
    subject_title: Annotated[str, Field(description="What its subject is called, for this viewer.")]
    point: Spot | None
    title: str
    audience: Audience
    effective_audience: Audience
    opened_by: UUID
    opened_at: datetime
    closed_by: UUID | None
    closed_at: Annotated[datetime | None, Field(description="Only a point on a page is ever closed.")]
    last_act_at: datetime
    message_count: int
    unread: int
    seen: Annotated[int, Field(description="Number of the last message that the viewer has seen.")]
    last_message: LastMessage | None
    revision: int


class ThreadDetail(ThreadSummary):
    model_config = ConfigDict(json_schema_extra={"examples": [{**SUMMARY, "readers": [PERSON], "staff_ids": None}]})
    readers: Annotated[list[UUID], Field(description="Persons who read it now, the provider's first.")]
    staff_ids: Annotated[list[UUID] | None, Field(description="Those an internal thread is limited to.")]


class MessageShape(BaseModel):
    model_config = ConfigDict(title="Message", json_schema_extra={"examples": [MESSAGE]})
    id: UUID
    thread_id: UUID
    number: int
    author_id: UUID
    text: Annotated[str, Field(description="As written: plain text or Markdown, never HTML to be trusted.")]
    mentions: list[UUID]
    posted_at: datetime


class Home(BaseModel):
    threads: list[ThreadSummary]
    unread_threads: Annotated[int, Field(description="Threads with something not seen yet.")]


def summary_of(row: Row[Any]) -> dict[str, Any]:
    """The fields of ThreadSummary from a row of the queries."""
    last = None
    if row.last_text is not None:
        last = {"author_id": row.last_author, "excerpt": excerpt(row.last_text), "posted_at": row.last_at}
    fields = (
        *("id", "customer_id", "project_id", "subject", "point", "title", "audience", "opened_by", "opened_at"),
        *("closed_by", "closed_at", "last_act_at", "message_count", "unread", "seen", "revision", "subject_title"),
    )
    return {name: getattr(row, name) for name in fields} | {
        "effective_audience": row.effective,
        "last_message": last,
    }


def message_of(row: Row[Any]) -> dict[str, Any]:
    """The fields of a message from its row."""
    fields = ("id", "thread_id", "number", "author_id", "text", "mentions", "posted_at")
    return {name: getattr(row, name) for name in fields}
