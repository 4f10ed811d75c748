"""A report as its reader may see it, gathered for an export: its figures, and the brand of whose report it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from atrium_chassis.viewer import Viewer
from fastapi import Request

from atrium_gateway.branding.model import Brand
from atrium_gateway.exports.composing import report_document
from atrium_gateway.exports.model import Document
from atrium_gateway.exports.printing import Logo, logo_of
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.shapes import Person
from atrium_gateway.pages.translation import translations
from atrium_gateway.signin.model import Tenant
from atrium_gateway.upstreams.client import Answer, Upstreams


@dataclass(frozen=True)
class Wanted:
    """Which report, as of which moment, for whom. `link` is where it is live: its page, where nothing else is said."""

    request: Request
    viewer: Viewer
    report: UUID
    as_of: datetime | None = None
    link: str = ""

    @property
    def upstreams(self) -> Upstreams:
        upstreams: Upstreams = self.request.app.state.upstreams
        return upstreams

    @property
    def query(self) -> dict[str, str]:
        return {"as_of": self.as_of.isoformat()} if self.as_of else {}


async def report_of(wanted: Wanted) -> dict[str, Any]:
    """The report with its figures. Raises the service's Problem."""
    path = f"/v1/reports/{wanted.report}"
    report: dict[str, Any] = await wanted.upstreams.get(wanted.viewer, "reports", path, query=urlencode(wanted.query))
    return report


async def _tenant(wanted: Wanted, customer: UUID) -> Tenant:
    tenant: Tenant = await wanted.request.app.state.identity.tenant_of_house(customer)
    return tenant


def _page_of(wanted: Wanted, tenant: Tenant) -> str:
    return f"{tenant.origin}/reports/{wanted.report}"


async def document_of(wanted: Wanted) -> tuple[Document, Brand, Logo]:
    """Raises the service's Problem."""
    report = await report_of(wanted)
    tenant = await _tenant(wanted, UUID(report["customer_id"]))
    brand = await wanted.request.app.state.brands.of(tenant.house)
    return await composed(wanted, report, tenant, brand)


async def composed(
    wanted: Wanted, report: dict[str, Any], tenant: Tenant, brand: Brand
) -> tuple[Document, Brand, Logo]:
    """The same in any brand of the house, as in one that is tried out."""
    state = wanted.request.app.state
    people = await state.directory.of(tenant.customer)

    def person(identifier: Any) -> Person | None:
        known = people.get(UUID(str(identifier))) if identifier else None
        return Person(str(known.id), known.name, known.side) if known else None

    language = wanted.viewer.language
    scene = Scene(
        reader="",
        side="customer",
        role="reader",
        language=language,
        now=datetime.now(UTC),
        time_zone=tenant.time_zone,
        person=person,
        words=translations(language),
        own=brand.choices.words.get(language, {}),
    )
    house = brand.choices.product_name or tenant.name
    document = report_document(
        scene, report, names=tenant.short_names, house=house, link=wanted.link or _page_of(wanted, tenant)
    )
    pictures = {kind: await state.brands.picture(tenant.house, sha256) for kind, sha256 in brand.choices.logos.items()}
    return document, brand, logo_of(brand, pictures)


async def _live_at(wanted: Wanted) -> str:
    customer = wanted.viewer.customer or UUID((await report_of(wanted))["customer_id"])
    return _page_of(wanted, await _tenant(wanted, customer))


async def csv_of(wanted: Wanted) -> Answer:
    """As the service writes it, which is told where the report is live. Raises the service's Problem."""
    query = urlencode({**wanted.query, "link": wanted.link or await _live_at(wanted)})
    answer = await wanted.upstreams.call(
        wanted.viewer, "reports", "GET", f"/v1/reports/{wanted.report}/export.csv", query=query
    )
    if answer.status != 200:
        raise answer.problem()
    return answer
