"""What the workspace shows of each customer's brand: its mark, and its colours as classes."""

import hashlib
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Side
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.branding.brands import Brands
from atrium_gateway.branding.serving import PICTURE_HEADERS, letter_mark
from atrium_gateway.pages.colours import colours
from atrium_gateway.people.queries import list_customers
from atrium_gateway.signin.identity import CurrentVisitor
from atrium_gateway.signin.model import Session

router = APIRouter(include_in_schema=False)

CUSTOMERS = 500
FRESH = {"Cache-Control": "private, no-cache"}
PICTURE = {**PICTURE_HEADERS, **FRESH}


def _staff(visitor: Session | None) -> Session:
    if visitor is None or visitor.viewer.side is not Side.PROVIDER:
        raise NotFound
    return visitor


@router.get("/customers.css")
async def customers_css(request: Request, visitor: CurrentVisitor, database: CurrentDatabase) -> Response:
    brands: Brands = request.app.state.brands
    async with database.transaction(_staff(visitor).viewer) as connection:
        rows = await list_customers(connection, None, CUSTOMERS)
    css = "".join([colours(row.slug, await brands.of(row.customer_id)) for row in rows])
    tag = f'"{hashlib.sha256(css.encode()).hexdigest()[:16]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**FRESH, "ETag": tag})
    return Response(css, media_type="text/css", headers={**FRESH, "ETag": tag})


@router.get("/customers/{customer}/mark")
async def customer_mark(request: Request, visitor: CurrentVisitor, customer: UUID) -> Response:
    """The customer's picture; its first letter on its colour where there is none."""
    _staff(visitor)
    brands: Brands = request.app.state.brands
    brand = await brands.of(customer)
    logos = brand.choices.logos
    sha256 = logos.get("mark") or logos.get("light")
    found = await brands.picture(customer, sha256) if sha256 else None
    if found is None:
        return Response(letter_mark(brand), media_type="image/svg+xml", headers=PICTURE)
    return Response(found.content, media_type=found.media_type, headers=PICTURE)
