"""Customers, their people and invitations; the provider's own people."""

from fastapi import APIRouter

from atrium_gateway.people.routes import customers, invitations, members, staff

router = APIRouter()
for part in (customers, members, invitations, staff):
    router.include_router(part.router)
