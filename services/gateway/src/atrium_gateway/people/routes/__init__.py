"""Customers, their people and invitations; the provider's own people."""

from atrium_gateway.people.routes import customers, invitations, members, staff

routers = [part.router for part in (customers, members, invitations, staff)]
