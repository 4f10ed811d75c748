"""A report's files over HTTP: for whom they are made, in whose brand, and where they say that it is live."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_testkit.documents import Pdf, read_pdf
from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Visitor, World
from services.gateway.tests.integration.upstream import Upstream

MOMENT = "2026-11-12T10:00:00+00:00"


@pytest.fixture(scope="session")
def exporting(replica: Callable[..., RunningService]) -> RunningService:
    return replica("reports")


@pytest.fixture
def report(world: World, upstream: Upstream) -> Iterator[UUID]:
    """A report of Bluepeak's."""
    identifier = uuid4()
    upstream.answers[f"/v1/reports/{identifier}"] = told(identifier, world.bluepeak)
    upstream.texts[f"/v1/reports/{identifier}/export.csv"] = "as_of\r\n"
    yield identifier
    del upstream.answers[f"/v1/reports/{identifier}"], upstream.texts[f"/v1/reports/{identifier}/export.csv"]


def told(report: UUID, customer: UUID) -> dict[str, Any]:
    return {
        "id": str(report),
        "customer_id": str(customer),
        "project_id": str(uuid4()),
        "project_title": "Control room migration",
        "title": "Steering report",
        "introduction": "",
        "as_of": MOMENT,
        "revision": 1,
        "figures_revision": 1,
        "counted_items": 12,
        "figures": [{"key": "milestones", "value": 4, "of": 7, "rows": []}],
    }


def at(visitor: Visitor, replica: RunningService) -> Visitor:
    return replace(visitor, gateway=replica)


async def pdf_of(visitor: Visitor, report: UUID) -> Pdf:
    answer = await visitor.get(f"/reports/{report}/export.pdf")
    assert answer.status == 200, answer.content
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="report-2026-11-12.pdf"'
    return read_pdf(answer.content)


async def test_a_pdf_is_the_customers_in_its_brand_of_this_moment(
    world: World, exporting: RunningService, report: UUID
) -> None:
    maya = at(world.maya, exporting)
    read = await pdf_of(maya, report)
    address = f"http://bluepeak.{BASE}/reports/{report}"
    assert read.title == "Steering report"
    assert all("12 November 2026, 11:00" in page and address in page for page in read.pages)
    assert "4 of 7" in read.text
    await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"accent": "#7a1fa2", "product_name": "Blue Room"})
    again = await pdf_of(maya, report)
    assert "#7a1fa2" in again.colours - read.colours
    assert "Blue Room" in again.text
    assert "Blue Room" not in read.text
    # The provider's people get the same, and no brand of their own.
    assert "Blue Room" in (await pdf_of(at(world.nora, exporting), report)).text
    await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"product_name": "Bluepeak Energy"})


async def test_of_a_links_holder_network_and_device_are_told(
    world: World, exporting: RunningService, report: UUID, upstream: Upstream
) -> None:
    opens(upstream, report, world.bluepeak)
    browser = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}
    await Visitor(exporting, f"bluepeak.{BASE}").call("GET", "/r/s3cret", headers=browser)
    told = upstream.bodies["/v1/report-links/resolution"]
    assert (told["network"], told["device"]) == ("127.0.0.0/24", "Firefox, Windows")


async def test_a_reader_of_another_language_gets_another_document(
    world: World, exporting: RunningService, report: UUID
) -> None:
    maya = at(world.maya, exporting)
    assert (await maya.patch("/me", {"language": "de"})).status == 200
    read = await pdf_of(maya, report)
    await maya.patch("/me", {"language": "en"})
    assert read.language == "de-CH"
    assert "Meilensteine erreicht 4 von 7" in read.text


async def test_a_workbook_says_when_and_where(world: World, exporting: RunningService, report: UUID) -> None:
    answer = await at(world.maya, exporting).get(f"/reports/{report}/export.xlsx", params={"as_of": MOMENT})
    assert answer.status == 200, answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert f"http://bluepeak.{BASE}/reports/{report}" in strings
    assert "12 November 2026, 11:00" in strings


async def test_the_service_is_asked_as_the_reader_and_told_where_the_report_is_live(
    world: World, exporting: RunningService, report: UUID, upstream: Upstream
) -> None:
    upstream.read_as.clear()
    upstream.queries.clear()
    answer = await at(world.maya, exporting).get(f"/reports/{report}/export.csv", params={"as_of": MOMENT})
    assert list(csv.reader(io.StringIO(answer.content.decode()))) == [["as_of"]]
    assert {viewer.customer for _, viewer in upstream.read_as} == {world.bluepeak}
    asked = upstream.queries[f"/v1/reports/{report}/export.csv"]
    assert asked == {"as_of": MOMENT, "link": f"http://bluepeak.{BASE}/reports/{report}"}


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
async def test_what_is_not_the_readers_is_not_there(world: World, exporting: RunningService, kind: str) -> None:
    assert (await at(world.maya, exporting).get(f"/reports/{uuid4()}/export.{kind}")).status == 404
    assert (await Visitor(exporting, f"bluepeak.{BASE}").get(f"/reports/{uuid4()}/export.{kind}")).status == 401


def opens(upstream: Upstream, report: UUID, customer: UUID) -> None:
    """Every link leads to this report."""
    opened = {"link_id": str(uuid4()), "report_id": str(report), "customer_id": str(customer), "proof": ""}
    upstream.answers["/v1/report-links/resolution"] = opened


async def test_the_page_of_a_link_is_in_the_brand_of_its_customer(
    world: World, exporting: RunningService, report: UUID, upstream: Upstream
) -> None:
    opens(upstream, report, world.bluepeak)
    guest = Visitor(exporting, f"bluepeak.{BASE}")

    async def shown() -> tuple[str, str]:
        page = (await guest.call("GET", "/r/s3cret", headers={"accept": "text/html"})).content.decode()
        theme = re.search(r'href="(/theme\.css[^"]*)"', page)
        assert theme is not None
        return page, (await guest.call("GET", theme.group(1))).content.decode()

    async def follows() -> bool:
        page, theme = await shown()
        return "Steering report" in page and "Tide Room" in page and "--accent:#0b5d51" in theme

    await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"accent": "#0b5d51", "product_name": "Tide Room"})
    await eventually(follows, timeout=1.0)
    await world.nora.patch(f"/customers/{world.helvetia}/brand", {"accent": "#7a1fa2"})
    assert await follows()
    await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"product_name": "Bluepeak Energy"})


async def test_the_holder_of_a_link_is_told_the_links_own_address(
    world: World, exporting: RunningService, report: UUID, upstream: Upstream
) -> None:
    opens(upstream, report, world.bluepeak)
    guest = Visitor(exporting, f"bluepeak.{BASE}")
    answer = await guest.call("GET", "/r/s3cret/export.pdf")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert read_pdf(answer.content).links == {f"http://bluepeak.{BASE}/r/s3cret"}
    elsewhere = Visitor(exporting, f"helvetia.{BASE}")
    assert (await elsewhere.call("GET", "/r/s3cret/export.pdf")).status == 404
