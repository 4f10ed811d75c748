"""What links look like from outside."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, Field, StringConstraints

from atrium_reports.links.model import SHORTEST_PASSWORD, State

Purpose = Annotated[str, StringConstraints(max_length=200)]
Password = Annotated[str, StringConstraints(min_length=SHORTEST_PASSWORD, max_length=200)]


class NewLink(Body):
    expires_at: datetime | None = Field(None, description="In 30 days when left out; within a year.")
    purpose: Purpose = Field("", examples=["Steering committee"])
    password: Password | None = Field(None, description="Asked of whoever opens the link. Only a slow hash is kept.")

    def intent(self) -> dict[str, Any]:
        """What a repeat must have in common. The password itself is in no fast hash either."""
        return {**self.model_dump(mode="json", exclude={"password"}), "has_password": self.password is not None}


class LinkChange(Body):
    expires_at: datetime | None = None
    purpose: Purpose | None = None
    password: Password | None = Field(None, description="In place of the one before, or the first.")

    def values(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True, exclude={"password"})


class Opening(BaseModel):
    network: str = Field(examples=["192.0.2.0/24"])
    device: str = Field(examples=["Firefox, Windows"])
    openings: int
    last_opened_at: datetime


class LinkShape(BaseModel):
    id: UUID
    report_id: UUID
    purpose: str
    state: State
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    has_password: bool
    openings: int
    last_opened_at: datetime | None
    opened_from: list[Opening] = Field([], description="In lists: the ten networks and devices seen last.")
    revision: int


class CreatedLink(LinkShape):
    token: str = Field(description="Shown this once; only its hash is kept.")


class Token(Body):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Annotated[str, StringConstraints(max_length=200)] = ""
    proof: Annotated[str, StringConstraints(max_length=200)] = Field("", description="Of an earlier opening.")
    network: Annotated[str, StringConstraints(max_length=60)] = ""
    device: Annotated[str, StringConstraints(max_length=60)] = ""


class OpenedLink(BaseModel):
    link_id: UUID
    report_id: UUID
    customer_id: UUID
    proof: str = Field(description="In place of the password from now on; empty where none is asked for.")
