"""An empty system with one customer: Nora of the provider, Maya who owns the customer, Rob who only reads."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from atrium_testkit.demo_people import PROVIDER, gateway_command
from atrium_testkit.system import System

from tests.isolation.conftest import NORA, Client


@dataclass
class House:
    """`stranger` has no token, at the customer's host."""

    system: System
    nora: Client
    maya: Client
    rob: Client
    stranger: Client
    project: str
    slug: str

    def email(self, name: str) -> str:
        return f"{name}@{self.slug}.example"

    def item(self, **fields: object) -> str:
        made = self.nora.post(f"/projects/{self.project}/items", {"title": "An item", "visibility": "shared", **fields})
        return str(made["id"])


@pytest.fixture(scope="module")
def house(system: System) -> House:
    environment = system.environment("gateway")
    gateway_command(["bootstrap", *PROVIDER], environment)
    nora = Client(system.public_url, gateway_command(["token", NORA], environment).strip())
    slug = f"c{uuid4().hex[:8]}"
    customer = nora.post("/customers", {"slug": slug, "name": "A customer", "language": "en"})["id"]

    def invited(name: str, role: str) -> Client:
        email = f"{name.lower()}@{slug}.example"
        nora.post(f"/customers/{customer}/invitations", {"email": email, "name": name, "role": role})
        return Client(system.portal_url(slug), gateway_command(["token", email], environment).strip())

    project = nora.post("/projects", {"customer_id": customer, "title": "A project"})["id"]
    maya, rob = invited("Maya", "owner"), invited("Rob", "reader")
    return House(system, nora, maya, rob, Client(system.portal_url(slug), ""), project, slug)
