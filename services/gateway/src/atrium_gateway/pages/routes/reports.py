"""`/reports`: the list, a live report now or as of a day, its links."""

from collections.abc import Awaitable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.reports import report_links, report_page, reports_page
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, is_refusal, new_form, see_other
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

DAYS = 30
MOST_DAYS = 365


@router.get("/reports")
async def show_reports(visit: CurrentVisit) -> Response:
    parts = await gather_parts(optional={"reports": visit.get("reports", "/v1/reports", "limit=200")})
    view = reports_page(parts.get("reports", {"items": []})["items"], parts.missing)
    return visit.show("portal/reports.html", view, "reports")


@router.get("/reports/{report}")
async def show_report(visit: CurrentVisit, report: UUID, as_of: str = "", figure: str = "") -> Response:
    return await _page(visit, report, as_of=day_end(visit, as_of), figure=figure)


def day_end(visit: Visit, value: str) -> datetime | None:
    """The last moment of a day at the reader's, but never one to come. None for what is no day."""
    try:
        chosen = date.fromisoformat(value)
    except ValueError:
        return None
    end = datetime.combine(chosen, time.max, ZoneInfo(visit.viewer.time_zone)).astimezone(UTC)
    return end if end < visit.scene.now else None


async def _page(
    visit: Visit,
    report: UUID,
    *,
    as_of: datetime | None = None,
    figure: str = "",
    form: Form | None = None,
    addresses: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    query = f"as_of={quote(as_of.isoformat(), safe='')}" if as_of else ""
    shares = visit.is_staff or visit.viewer.role == "owner"
    path = f"/v1/reports/{report}"
    optional: dict[str, Awaitable[Any]] = {
        "threads": visit.get("threads", "/v1/threads", f"subject=reports/{report}&limit=200")
    }
    if shares:
        optional["links"] = visit.get("reports", f"{path}/links", "limit=50")
    if figure.replace("_", "").isalpha():
        back = f"/reports/{report}?figure={figure}"
        optional["discussed"] = threads_beside(visit, f"reports/{report}/figures/{figure}", back)
    parts = await gather_parts({"report": visit.get("reports", path, query)}, optional)
    links = parts.get("links", {"items": []})["items"]
    view = report_page(
        visit.scene,
        parts["report"],
        names=await sides(visit, parts["report"]),
        as_of=as_of,
        exports=f"/api/v1/reports/{report}/export.{{}}{'?' + query if query else ''}",
        messages=messages_by_figure(parts.get("threads", {"items": []})["items"]),
        links=report_links(links, lambda link, revision: _revoke_form(report, link, revision), addresses or {}),
        new_link=(form or new_form(f"/reports/{report}/links")) if shares else None,
        discussed=parts.get("discussed", {}).get("shared"),
        missing=parts.missing,
    )
    return visit.show("portal/report.html", view, "reports", status=status, path=f"/reports/{report}")


def _revoke_form(report: UUID, link: str, revision: int) -> Form:
    return new_form(f"/reports/{report}/links/{link}/revocation", revision)


async def sides(visit: Visit, report: Mapping[str, Any]) -> tuple[str, str]:
    """The customer's and the provider's short name."""
    tenant = await visit.request.app.state.identity.tenant_of_house(UUID(report["customer_id"]))
    return tenant.name.split(" ", 1)[0], tenant.provider_name.split(" ", 1)[0]


def messages_by_figure(threads: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in threads:
        key = row["subject"].rpartition("/")[2]
        found[key] = found.get(key, 0) + row["message_count"]
    return found


@router.post("/reports/{report}/links")
async def create_link(visit: CurrentVisit, report: UUID, form: CurrentForm) -> Response:
    """The address stands on the page that answers, this once."""
    days = form.get("days")
    lifetime = timedelta(days=min(int(days), MOST_DAYS) if days.isdigit() else DAYS)
    body = {"purpose": form.get("title"), "expires_at": (visit.scene.now + lifetime).date().isoformat() + "T00:00:00Z"}
    try:
        made = await visit.send("reports", "POST", f"/v1/reports/{report}/links", body, form)
    except Problem as problem:
        if not is_refusal(problem):
            raise
        again = form.again(f"/reports/{report}/links", problem, visit.scene, purpose="title")
        return await _page(visit, report, form=again, status=problem.status)
    found = await visit.get("reports", f"/v1/reports/{report}")
    tenant = await visit.request.app.state.identity.tenant_of_house(UUID(found["customer_id"]))
    return await _page(visit, report, addresses={made["id"]: f"{tenant.origin}/r/{made['token']}"})


@router.post("/reports/{report}/links/{link}/revocation")
async def revoke_link(visit: CurrentVisit, report: UUID, link: UUID, form: CurrentForm) -> Response:
    await visit.upstreams.send(
        visit.viewer, "reports", "DELETE", f"/v1/report-links/{link}", None, revision=form.revision
    )
    return see_other(f"/reports/{report}#share")
