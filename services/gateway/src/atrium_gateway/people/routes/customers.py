"""Customers: their portals, and hosts of their own."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, MANAGERS
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page, PageParameters, decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import IdempotencyKey, IfMatch, revisioned
from atrium_chassis.viewer import Side, Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway import examples
from atrium_gateway.branding.brands import DEFAULT_ACCENT
from atrium_gateway.branding.commands import begin_brand
from atrium_gateway.openapi import described
from atrium_gateway.people import commands, queries
from atrium_gateway.people.domains import Claim, claims_of, verify_domains
from atrium_gateway.people.model import (
    is_own_host,
)
from atrium_gateway.people.resolver import TxtResolver
from atrium_gateway.people.routes.shapes import (
    CustomerBody,
    CustomerPatch,
    CustomerView,
    customer_only,
    customer_view,
)
from atrium_gateway.settings import Settings
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import PROVIDER

router = APIRouter(prefix="/api/v1")


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
        await commands.change_customer(connection, actor, customer_only(customer), changes, if_match)
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
    waiting = await verify_domains(database, actor, customer_only(customer), resolver)
    shown = await customer_json(database, actor.viewer, customer, request.app.state.settings, waiting)
    return revisioned(request, shown, shown["revision"])
