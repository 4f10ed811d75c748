"""What links look like from outside."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, Field, StringConstraints

from atrium_reports.links.model import State

Purpose = Annotated[str, StringConstraints(max_length=200)]


class NewLink(Body):
    expires_at: datetime | None = Field(None, description="In 30 days when left out; within a year.")
    purpose: Purpose = Field("", examples=["Steering committee"])


class LinkChange(Body):
    expires_at: datetime | None = None
    purpose: Purpose | None = None

    def values(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class LinkShape(BaseModel):
    id: UUID
    report_id: UUID
    purpose: str
    state: State
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    openings: int
    last_opened_at: datetime | None
    revision: int


class CreatedLink(LinkShape):
    token: str = Field(description="Shown this once; only its hash is kept.")


class Token(Body):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class OpenedLink(BaseModel):
    link_id: UUID
    report_id: UUID
    customer_id: UUID
