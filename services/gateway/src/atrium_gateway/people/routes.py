"""Customers, their people and invitations; the provider's own people."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, MANAGERS, STAFF
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import Body, IdempotencyKey, IfMatch, revisioned
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, StringConstraints, field_validator
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway import examples
from atrium_gateway.audit.commands import Actor
from atrium_gateway.branding.brands import DEFAULT_ACCENT
from atrium_gateway.branding.commands import begin_brand
from atrium_gateway.notifications.commands import queue_invitation
from atrium_gateway.openapi import INVITERS, described
from atrium_gateway.people import commands, queries
from atrium_gateway.people.commands import NewMember, enter_house
from atrium_gateway.people.domains import Claim, Fault, claims_of, verify_domains
from atrium_gateway.people.model import (
    INVITATION_LIFETIME,
    RESERVED_SLUGS,
    SLUG,
    is_own_host,
    is_time_zone,
    require_manager,
)
from atrium_gateway.people.resolver import TxtResolver
from atrium_gateway.settings import Settings
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import EMAIL, PROVIDER, initials, normal_email

router = APIRouter()

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


def _invitation_view(row: Row[Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row._mapping.items() if name in InvitationView.model_fields}
    return InvitationView(**shown, projects=row.project_ids).model_dump(mode="json")


async def customer_json(
    database: Database, viewer: Viewer, house: UUID, settings: Settings, looked: Sequence[Claim] = ()
) -> dict[str, Any]:
    """`looked` are the claims that a verification has just looked at; staff alone see claims."""
    async with database.transaction(viewer) as connection:
        row = await queries.find_customer(connection, house)
        is_staff = viewer.side is Side.PROVIDER
        claims = looked or ((await claims_of(connection, [house])).get(house, []) if is_staff else [])
    if row is None or house == PROVIDER:
        raise NotFound
    async with database.transaction(Viewer.system(house)) as connection:
        domains = await queries.domains_of(connection, [house])
    return customer_view(row, domains.get(house, []), settings, claims)


async def list_house_people(database: Database, viewer: Viewer, house: UUID) -> list[dict[str, Any]]:
    """Members with their addresses. Memberships are read with the viewer's rights, addresses by the system."""
    async with database.transaction(viewer) as connection:
        if house != PROVIDER and await queries.find_customer(connection, house) is None:
            raise NotFound
        rows = await queries.list_members(connection, house)
    async with database.transaction(Viewer.system(house)) as connection:
        emails = await queries.emails_of(connection, [row.person_id for row in rows])
    return [member_view(row, emails.get(row.person_id, "")) for row in rows]


async def _member_json(database: Database, viewer: Viewer, house: UUID, person: UUID) -> dict[str, Any]:
    people = await list_house_people(database, viewer, house)
    return next(member for member in people if member["person_id"] == str(person))


def _customer_only(customer: UUID) -> UUID:
    """The provider's own house has operations of its own."""
    if customer == PROVIDER:
        raise NotFound
    return customer


@router.get(
    "/customers",
    operation_id="list_customers",
    response_model=Page[CustomerView],
    **described("both", EVERYONE, example=examples.page(examples.CUSTOMER)),
)
async def get_customers(
    request: Request, session: CurrentSession, database: CurrentDatabase, page: PageParameters
) -> dict[str, Any]:
    """Staff see all, a contact their own. Sorted by name."""
    cursor = decode_cursor(page.cursor, "name")
    after = (cursor[0], UUID(cursor[1])) if cursor else None
    async with database.transaction(session.viewer) as connection:
        rows = await queries.list_customers(connection, after, page.limit + 1)
        more, rows = len(rows) > page.limit, rows[: page.limit]
        houses = [row.customer_id for row in rows]
        claims = await claims_of(connection, houses) if session.viewer.side is Side.PROVIDER else {}
    async with database.transaction(Viewer.system(None)) as connection:
        domains = await queries.domains_of(connection, houses)
    settings = request.app.state.settings
    items = [
        customer_view(row, domains.get(row.customer_id, []), settings, claims.get(row.customer_id, ())) for row in rows
    ]
    next_cursor = encode_cursor([rows[-1].name, str(rows[-1].customer_id)], "name") if more else None
    return {"items": items, "next_cursor": next_cursor}


@router.post(
    "/customers",
    operation_id="create_customer",
    response_model=CustomerView,
    **described("provider", MANAGERS, 403, 409, example=examples.CUSTOMER, status=201),
)
async def post_customer(
    request: Request, body: CustomerBody, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> Response:
    """A new customer, with a portal at its address at once."""
    settings = request.app.state.settings
    async with database.transaction(actor.viewer) as connection:

        async def act() -> dict[str, Any]:
            house = await commands.create_customer(connection, actor, **body.model_dump())
            await begin_brand(connection, house, body.name, DEFAULT_ACCENT)
            row = await queries.find_customer(connection, house)
            assert row is not None  # noqa: S101  # just written
            return customer_view(row, [], settings)

        answer = await once(
            connection, actor.viewer, operation="create_customer", key=key, body=body.model_dump(), act=act
        )
    return revisioned(request, answer, answer["revision"], status=201)


@router.get(
    "/customers/{customer}",
    operation_id="get_customer",
    response_model=CustomerView,
    **described("both", EVERYONE, 404, example=examples.CUSTOMER),
)
async def get_customer(
    request: Request, customer: UUID, session: CurrentSession, database: CurrentDatabase
) -> Response:
    shown = await customer_json(database, session.viewer, customer, request.app.state.settings)
    return revisioned(request, shown, shown["revision"])


@router.patch(
    "/customers/{customer}",
    operation_id="change_customer",
    response_model=CustomerView,
    **described("provider", MANAGERS, 403, 404, 409, 412, example=examples.CUSTOMER),
)
async def patch_customer(
    request: Request,
    customer: UUID,
    body: CustomerPatch,
    actor: CurrentActor,
    database: CurrentDatabase,
    if_match: IfMatch,
) -> Response:
    settings: Settings = request.app.state.settings
    for at, domain in enumerate(body.domains or []):
        if not is_own_host(domain, settings.base_host):
            raise Invalid([FieldError(f"/domains/{at}", "not_a_host", "A host of the customer's own.")])
    async with database.transaction(actor.viewer) as connection:
        changes = body.model_dump(exclude_none=True)
        await commands.change_customer(connection, actor, _customer_only(customer), changes, if_match)
    shown = await customer_json(database, actor.viewer, customer, settings)
    return revisioned(request, shown, shown["revision"])


@router.post(
    "/customers/{customer}/domain/verification",
    operation_id="verify_domains",
    response_model=CustomerView,
    **described("provider", MANAGERS, 403, 404, example=examples.CUSTOMER),
)
async def post_domain_verification(
    request: Request, customer: UUID, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """Looks the pending hosts up in the DNS, now. Those that are proven lead to the portal at once."""
    resolver: TxtResolver = request.app.state.resolver
    waiting = await verify_domains(database, actor, _customer_only(customer), resolver)
    shown = await customer_json(database, actor.viewer, customer, request.app.state.settings, waiting)
    return revisioned(request, shown, shown["revision"])


@router.get(
    "/customers/{customer}/people",
    operation_id="list_people",
    response_model=Page[MemberView],
    **described("both", EVERYONE, 404, example=examples.page(examples.MEMBER)),
)
async def get_people(customer: UUID, session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    people = await list_house_people(database, session.viewer, _customer_only(customer))
    return {"items": people, "next_cursor": None}


@router.patch(
    "/customers/{customer}/people/{person}",
    operation_id="change_person",
    response_model=MemberView,
    **described("both", INVITERS, 403, 404, 409, 412, example=examples.MEMBER),
)
async def patch_person(
    request: Request,
    customer: UUID,
    person: UUID,
    body: MemberPatch,
    actor: CurrentActor,
    database: CurrentDatabase,
    if_match: IfMatch,
) -> Response:
    return await _change_member(request, database, actor, _customer_only(customer), person, body, if_match)


async def _change_member(
    request: Request,
    database: Database,
    actor: Actor,
    house: UUID,
    person: UUID,
    body: MemberPatch,
    expected: int | None,
) -> Response:
    changes = body.model_dump(exclude_unset=True)
    for required in ("name", "role", "language", "time_zone"):
        if required in changes and changes[required] is None:
            raise Invalid([FieldError(f"/{required}", "missing", "This cannot be empty.")])
    if "projects" in changes:
        changes["project_ids"] = changes.pop("projects")
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, house)
        await commands.change_member(connection, actor, house, person, changes, expected)
    shown = await _member_json(database, actor.viewer, house, person)
    return revisioned(request, shown, shown["revision"])


@router.delete(
    "/customers/{customer}/people/{person}",
    operation_id="remove_person",
    **described("both", INVITERS, 403, 404, 409, 412, status=204),
)
async def delete_person(
    customer: UUID, person: UUID, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch
) -> Response:
    """Signs the person out everywhere at once. The last owner stays."""
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, _customer_only(customer))
        await commands.remove_member(connection, actor, customer, person, if_match)
    return Response(status_code=204)


@router.get(
    "/customers/{customer}/invitations",
    operation_id="list_invitations",
    response_model=Page[InvitationView],
    **described("both", INVITERS, 403, 404, example=examples.page(examples.INVITATION)),
)
async def get_invitations(customer: UUID, session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    """Those neither accepted nor withdrawn, newest first."""
    async with database.transaction(session.viewer) as connection:
        if await queries.find_customer(connection, _customer_only(customer)) is None:
            raise NotFound
        require_manager(session.viewer, customer)
        rows = await queries.list_invitations(connection, customer)
    return {"items": [_invitation_view(row) for row in rows], "next_cursor": None}


@router.post(
    "/customers/{customer}/invitations",
    operation_id="invite_person",
    response_model=InvitationView,
    **described("both", INVITERS, 403, 404, 409, example=examples.INVITATION, status=201),
)
async def post_invitation(
    customer: UUID, body: InvitationBody, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> Response:
    """Mails an invitation in the customer's brand. The person belongs here from their first sign-in on."""
    return await _invite(database, actor, _customer_only(customer), body, key)


async def _invite(database: Database, actor: Actor, house: UUID, body: InvitationBody, key: str | None) -> Response:
    async with database.transaction(actor.viewer) as connection:
        if house != PROVIDER and await queries.find_customer(connection, house) is None:
            raise NotFound
        require_manager(actor.viewer, house)

        async def act() -> dict[str, Any]:
            await enter_house(connection, actor, house)
            return await _invited(connection, actor, house, body)

        operation = f"invite_person/{house}"
        asked = body.model_dump(mode="json")
        answer = await once(connection, actor.viewer, operation=operation, key=key, body=asked, act=act)
    return JSONResponse(answer, status_code=201)


async def _invited(connection: AsyncConnection, actor: Actor, house: UUID, body: InvitationBody) -> dict[str, Any]:
    projects = None if body.projects is None else tuple(body.projects)
    new = NewMember(normal_email(body.email), body.name, body.role, body.language, projects)
    expires_at = datetime.now(UTC) + INVITATION_LIFETIME
    invitation_id = await commands.invite(connection, actor, house, new, expires_at)
    await queue_invitation(connection, house, invitation_id)
    rows = await queries.list_invitations(connection, house)
    return next(_invitation_view(row) for row in rows if row.id == invitation_id)


@router.delete(
    "/invitations/{invitation}",
    operation_id="withdraw_invitation",
    **described("both", INVITERS, 403, 404, status=204),
)
async def delete_invitation(invitation: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    async with database.transaction(actor.viewer) as connection:
        await commands.withdraw_invitation(connection, actor, invitation)
    return Response(status_code=204)


def _staff_only(viewer: Viewer) -> None:
    if viewer.side is not Side.PROVIDER:
        raise NotFound


@router.get(
    "/staff",
    operation_id="list_staff",
    response_model=Page[MemberView],
    **described("provider", STAFF, 404, example=examples.page(examples.MEMBER)),
)
async def get_staff(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    _staff_only(session.viewer)
    return {"items": await list_house_people(database, session.viewer, PROVIDER), "next_cursor": None}


@router.post(
    "/staff/invitations",
    operation_id="invite_staff",
    response_model=InvitationView,
    **described("provider", ("admin",), 403, 404, 409, example=examples.INVITATION, status=201),
)
async def post_staff_invitation(
    body: InvitationBody, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> Response:
    _staff_only(actor.viewer)
    return await _invite(database, actor, PROVIDER, body, key)


@router.patch(
    "/staff/{person}",
    operation_id="change_staff",
    response_model=MemberView,
    **described("provider", ("admin",), 403, 404, 409, 412, example=examples.MEMBER),
)
async def patch_staff(
    request: Request, person: UUID, body: MemberPatch, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch
) -> Response:
    _staff_only(actor.viewer)
    return await _change_member(request, database, actor, PROVIDER, person, body, if_match)


@router.delete(
    "/staff/{person}",
    operation_id="remove_staff",
    **described("provider", ("admin",), 403, 404, 409, 412, status=204),
)
async def delete_staff(person: UUID, actor: CurrentActor, database: CurrentDatabase, if_match: IfMatch) -> Response:
    _staff_only(actor.viewer)
    async with database.transaction(actor.viewer) as connection:
        await enter_house(connection, actor, PROVIDER)
        await commands.remove_member(connection, actor, PROVIDER, person, if_match)
    return Response(status_code=204)
