"""What every page of the workspace shows beside itself: the customers, their projects, how much waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from atrium_chassis.database import Database
from atrium_chassis.problems import Problem
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row

from atrium_gateway.pages.composing.scene import Json
from atrium_gateway.pages.presenting.page import CustomerMark
from atrium_gateway.pages.presenting.shapes import Crumb
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.people.queries import list_customers
from atrium_gateway.signin.model import PROVIDER
from atrium_gateway.upstreams.client import Upstreams

CUSTOMERS = 500
SECONDS = 2.0
SOON = timedelta(days=14)
LATER = "9999-12-31"
NOBODY = CustomerRef("none", "?")


@dataclass(frozen=True)
class Desk:
    """`customers` by id, in the order of their names; `home` is the projects service's part, empty when it is away."""

    customers: Mapping[str, CustomerRef] = field(default_factory=dict)
    home: Json = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    def customer(self, identifier: object) -> CustomerRef:
        return self.customers.get(str(identifier), NOBODY)

    @property
    def ours(self) -> list[Json]:
        """Items and requests whose turn is the provider's."""
        turn = self.home.get("your_turn") or {"mine": [], "colleagues": []}
        asked = [row for row in self.home.get("requests", []) if row["turn"] == "provider"]
        return [*turn["mine"], *turn["colleagues"], *({**row, "kind": "request"} for row in asked)]

    @property
    def pressing(self) -> list[Json]:
        """Of ours, what is asked by name, was agreed on, or comes within two weeks; the rest is planned for later."""
        soon = (datetime.now(UTC).date() + SOON).isoformat()
        return [
            row for row in self.ours if row.get("verb") or row.get("agreed_days") or (row.get("due") or LATER) <= soon
        ]

    @property
    def theirs(self) -> list[Json]:
        """What customers and third parties have."""
        asked = [row for row in self.home.get("requests", []) if row["turn"] in {"customer", "third_party"}]
        return [*self.home.get("waiting", []), *({**row, "kind": "request"} for row in asked)]

    @property
    def counts(self) -> dict[str, int]:
        ours = self.pressing
        return {"home": len(ours), "requests": sum(row["kind"] == "request" for row in ours)}

    @property
    def marks(self) -> tuple[CustomerMark, ...]:
        """The customers in the rail."""
        return tuple(self._mark(identifier, ref) for identifier, ref in self.customers.items())

    def _mark(self, identifier: str, ref: CustomerRef) -> CustomerMark:
        projects = [row for row in self.home.get("projects", []) if row["customer_id"] == identifier]
        return CustomerMark(
            slug=ref.slug,
            name=ref.name,
            url=ref.url,
            mark_url=ref.mark_url,
            open_turns=sum(row["customer_id"] == identifier for row in self.ours),
            projects=tuple(Crumb(row["title"], f"/projects/{row['id']}") for row in projects),
        )


#: For visitors who are not staff.
EMPTY_DESK = Desk()


def reference(row: Row[Any]) -> CustomerRef:
    url = f"/customers/{row.customer_id}"
    return CustomerRef(row.slug, row.name, url, f"{url}/mark")


async def open_desk(database: Database, upstreams: Upstreams, viewer: Viewer) -> Desk:
    async with database.transaction(viewer) as connection:
        rows = await list_customers(connection, None, CUSTOMERS)
    customers = {str(row.customer_id): reference(row) for row in rows if row.customer_id != PROVIDER and row.active}
    try:
        home = await upstreams.get(viewer, "projects", "/v1/home", seconds=SECONDS)
    except Problem:
        return Desk(customers, missing=frozenset({"projects"}))
    return Desk(customers, home)
