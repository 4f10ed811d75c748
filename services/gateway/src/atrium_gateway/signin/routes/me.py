"""Who is asking, and what they set for themselves."""

from dataclasses import replace
from typing import Literal
from uuid import UUID

from atrium_chassis.database import continue_as_system
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.problems import NotFound
from atrium_chassis.requests import Body
from atrium_chassis.viewer import Side
from fastapi import APIRouter
from pydantic import BaseModel, Field, field_validator

from atrium_gateway import examples
from atrium_gateway.openapi import described
from atrium_gateway.people.commands import change_member
from atrium_gateway.people.model import is_time_zone
from atrium_gateway.people.queries import find_customer
from atrium_gateway.signin.identity import (
    CurrentActor,
    CurrentSession,
)
from atrium_gateway.signin.model import PROVIDER, Session, initials

router = APIRouter(prefix="/api/v1")


class HouseView(BaseModel):
    id: UUID
    slug: str
    name: str


class Me(BaseModel):
    person_id: UUID
    name: str
    initials: str
    email: str
    side: Side
    role: str
    customer: HouseView | None
    projects: list[UUID] | None = Field(description="Permitted projects; null for all.")
    language: str
    time_zone: str


class MePatch(Body):
    language: Literal["de", "en"] | None = None
    time_zone: str | None = Field(None, max_length=64, examples=["Europe/Zurich"])

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and not is_time_zone(name):
            raise ValueError("a time zone of the IANA list, such as Europe/Zurich")
        return name


async def me_of(database: CurrentDatabase, session: Session) -> Me:
    viewer, house = session.viewer, None
    if session.house != PROVIDER:
        async with database.transaction(viewer) as connection:
            row = await find_customer(connection, session.house)
        if row is None:
            raise NotFound
        house = HouseView(id=row.customer_id, slug=row.slug, name=row.name)
    return Me(
        person_id=session.person,
        name=session.name,
        initials=initials(session.name),
        email=session.email,
        side=viewer.side,
        role=viewer.role,
        customer=house,
        projects=None if viewer.projects is None else sorted(viewer.projects, key=str),
        language=viewer.language,
        time_zone=viewer.time_zone,
    )


@router.get(
    "/me",
    operation_id="get_me",
    response_model=Me,
    **described("both", EVERYONE, example=examples.ME),
)
async def get_me(session: CurrentSession, database: CurrentDatabase) -> Me:
    return await me_of(database, session)


@router.patch(
    "/me",
    operation_id="change_me",
    response_model=Me,
    **described("both", EVERYONE, 403, example=examples.ME),
)
async def patch_me(body: MePatch, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Me:
    """One's own language and time zone; role and projects are others' to give."""
    changes = body.model_dump(exclude_none=True)
    async with database.transaction(session.viewer) as connection:
        await continue_as_system(connection, "gateway", session.house)
        await change_member(connection, actor, session.house, session.person, changes, None)
    return await me_of(database, replace(session, viewer=replace(session.viewer, **changes)))
