"""What customers, people and invitations look like, as they come in and as they go out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.requests import Body
from pydantic import BaseModel, Field, StringConstraints, field_validator
from sqlalchemy import Row

from atrium_gateway.people.domains import Claim, Fault
from atrium_gateway.people.model import (
    RESERVED_SLUGS,
    SLUG,
    is_time_zone,
)
from atrium_gateway.settings import Settings
from atrium_gateway.signin.model import EMAIL, PROVIDER, initials

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\u202a-\u202e\u2066-\u2069<>]+$")
]
Email = Annotated[str, StringConstraints(max_length=254, pattern=EMAIL)]
Language = Literal["de", "en"]
Role = Literal["admin", "manager", "member", "owner", "reader"]


def _zone(name: str | None) -> str | None:
    if name is not None and not is_time_zone(name):
        raise ValueError("a time zone of the IANA list, such as Europe/Zurich")
    return name


class CustomerBody(Body):
    slug: str = Field(pattern=SLUG, examples=["bluepeak"])
    name: Name = Field(examples=["Bluepeak Energy"])
    language: Language = "en"
    time_zone: str = Field("Europe/Zurich", max_length=64)

    _known_zone = field_validator("time_zone")(_zone)

    @field_validator("slug")
    @classmethod
    def _free(cls, slug: str) -> str:
        if slug in RESERVED_SLUGS:
            raise ValueError("this name is kept for the portal itself")
        return slug


class CustomerPatch(Body):
    name: Name | None = None
    language: Language | None = None
    time_zone: str | None = Field(None, max_length=64)
    active: bool | None = None
    domains: list[Annotated[str, StringConstraints(max_length=253, to_lower=True)]] | None = Field(None, max_length=10)

    _known_zone = field_validator("time_zone")(_zone)


class PendingDomain(BaseModel):
    """The owner of the host sets a TXT record of this name and value; then the host can be verified."""

    host: str
    record_name: str
    record_value: str
    fault: Fault = Field(description="What the last verification lacked.")


class CustomerView(BaseModel):
    id: UUID
    slug: str
    name: str
    language: str
    time_zone: str
    active: bool
    domains: list[str] = Field(description="Hosts of the customer's own, verified.")
    pending_domains: list[PendingDomain] = Field(description="Hosts that wait for their TXT record.")
    address: str = Field(description="Where the customer's portal is.")
    created_at: datetime
    revision: int


class MemberView(BaseModel):
    person_id: UUID
    name: str
    initials: str
    email: str
    role: str
    language: str
    time_zone: str
    projects: list[UUID] | None = Field(description="Permitted projects; null for all.")
    last_seen_at: datetime | None
    revision: int


class MemberPatch(Body):
    name: Name | None = None
    role: Role | None = None
    language: Language | None = None
    time_zone: str | None = Field(None, max_length=64)
    projects: list[UUID] | None = Field(None, max_length=500, description="Permitted projects; null for all.")

    _known_zone = field_validator("time_zone")(_zone)


class InvitationBody(Body):
    email: Email = Field(examples=["helen.marsh@bluepeak.example"])
    name: Name = Field(examples=["Helen Marsh"])
    role: Role = "member"
    language: Language = "en"
    projects: list[UUID] | None = Field(None, max_length=500, description="Permitted projects; null for all.")


class InvitationView(BaseModel):
    id: UUID
    email: str
    name: str
    role: str
    language: str
    projects: list[UUID] | None
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime


def pending_view(claim: Claim) -> PendingDomain:
    return PendingDomain(
        host=claim.host, record_name=claim.record_name, record_value=claim.record_value, fault=claim.fault
    )


def customer_view(
    row: Row[Any], domains: list[str], settings: Settings, claims: Sequence[Claim] = ()
) -> dict[str, Any]:
    host = domains[0] if domains else f"{row.slug}.{settings.base_host}"
    return CustomerView(
        id=row.customer_id,
        slug=row.slug,
        name=row.name,
        language=row.language,
        time_zone=row.time_zone,
        active=row.active,
        domains=domains,
        pending_domains=[pending_view(claim) for claim in claims],
        address=settings.origin(host),
        created_at=row.created_at,
        revision=row.revision,
    ).model_dump(mode="json")


def member_view(row: Row[Any], email: str) -> dict[str, Any]:
    return MemberView(
        person_id=row.person_id,
        name=row.name,
        initials=initials(row.name),
        email=email,
        role=row.role,
        language=row.language,
        time_zone=row.time_zone,
        projects=row.project_ids,
        last_seen_at=row.last_seen_at,
        revision=row.revision,
    ).model_dump(mode="json")


def invitation_view(row: Row[Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row._mapping.items() if name in InvitationView.model_fields}
    return InvitationView(**shown, projects=row.project_ids).model_dump(mode="json")


def customer_only(customer: UUID) -> UUID:
    """The provider's own house has operations of its own."""
    if customer == PROVIDER:
        raise NotFound
    return customer
