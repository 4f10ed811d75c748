"""`/reports`: the list, a live report now or as of a day, its links."""

import secrets
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.reports import Earlier, report_links, report_page, reports_page
from atrium_gateway.pages.conversation import threads_beside
from atrium_gateway.pages.looking import last_visit
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.signin.model import Tenant
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)

DAYS = 30
MOST_DAYS = 365
#: Of a proposed password: no two of them are mistaken for each other.
ONSETS, VOWELS = "bdfghklmnprstvwz", "aeiou"


@router.get("/reports")
async def show_reports(visit: CurrentVisit) -> Response:
    parts = await gather_parts(optional={"reports": visit.get("reports", "/v1/reports", "limit=200")})
    view = reports_page(parts.get("reports", {"items": []})["items"], parts.missing)
    return visit.show("portal/reports.html", view, "reports")


@router.get("/reports/{report}")
async def show_report(
    visit: CurrentVisit, report: UUID, as_of: str = "", figure: str = "", share: str = ""
) -> Response:
    moment = day_end(visit, as_of)
    if share and _shares(visit):
        return await _page(visit, report, Sharing(_new_link(report)), as_of=moment, figure=figure)
    return await _page(visit, report, as_of=moment, figure=figure)


def day_end(visit: Visit, value: str) -> datetime | None:
    """The last moment of a day at the reader's, but never one to come. None for what is no day."""
    try:
        chosen = date.fromisoformat(value)
    except ValueError:
        return None
    end = datetime.combine(chosen, time.max, ZoneInfo(visit.viewer.time_zone)).astimezone(UTC)
    return end if end < visit.scene.now else None


@dataclass(frozen=True)
class Sharing:
    """The form of a new link, and what is shown this once: by link, its token and its password."""

    form: Form
    fresh: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def addresses(self, tenant: Tenant) -> Mapping[str, tuple[str, str]]:
        return {link: (f"{tenant.origin}/r/{token}", password) for link, (token, password) in self.fresh.items()}


def _shares(visit: Visit) -> bool:
    return visit.is_staff or visit.viewer.role == "owner"


def _new_link(report: UUID) -> Form:
    return new_form(f"/reports/{report}/links", password=proposed_password())


def proposed_password() -> str:
    """Easy to say on the phone, and 51 bits that nobody guesses."""
    words = ("".join(secrets.choice(ONSETS) + secrets.choice(VOWELS) for _ in range(3)) for _ in range(2))
    return "-".join((*words, str(secrets.randbelow(9000) + 1000)))


async def _page(
    visit: Visit,
    report: UUID,
    sharing: Sharing | None = None,
    *,
    as_of: datetime | None = None,
    figure: str = "",
    since: str = "",
    status: int = 200,
) -> Response:
    query = f"as_of={quote(as_of.isoformat(), safe='')}" if as_of else ""
    path = f"/v1/reports/{report}"
    before = None if as_of else await _visit_before(visit, report, since)
    optional: dict[str, Awaitable[Any]] = {
        "threads": visit.get("threads", "/v1/threads", f"subject=reports/{report}&limit=200")
    }
    if before:
        optional["earlier"] = visit.get("reports", path, f"as_of={quote(before.isoformat(), safe='')}")
    if sharing:
        optional["links"] = visit.get("reports", f"{path}/links", "limit=50")
    if figure.replace("_", "").isalpha():
        back = f"/reports/{report}?{urlencode({'figure': figure, **({'since': since} if since else {})})}"
        optional["discussed"] = threads_beside(visit, f"reports/{report}/figures/{figure}", back)
    parts = await gather_parts({"report": visit.get("reports", path, query)}, optional)
    earlier = {one["key"]: one for one in parts.get("earlier", {"figures": []})["figures"]}
    links = parts.get("links", {"items": []})["items"]
    tenant: Tenant = await visit.request.app.state.identity.tenant_of_house(UUID(parts["report"]["customer_id"]))
    fresh = sharing.addresses(tenant) if sharing else {}
    view = report_page(
        visit.scene,
        parts["report"],
        names=tenant.short_names,
        as_of=as_of,
        exports=f"/api/v1/reports/{report}/export.{{}}{'?' + query if query else ''}",
        messages=messages_by_figure(parts.get("threads", {"items": []})["items"]),
        earlier=Earlier(before, earlier) if before and earlier else None,
        links=report_links(links, lambda link, act, revision: _act_form(report, link, act, revision), fresh),
        new_link=sharing.form if sharing else None,
        may_share=_shares(visit),
        discussed=parts.get("discussed", {}).get("shared"),
        discussed_key=figure,
        missing=frozenset(parts.missing),
    )
    return visit.show("portal/report.html", view, "reports", status=status, path=f"/reports/{report}")


async def _visit_before(visit: Visit, report: UUID, since: str) -> datetime | None:
    """The visit before this one, which the page's own links name; else the last that is known."""
    try:
        told = datetime.fromisoformat(since)
    except ValueError:
        return await last_visit(visit.request.app.state.database, visit.session, "reports", report)
    return told if told.tzinfo is not None and told < visit.scene.now else None


def _act_form(report: UUID, link: str, act: str, revision: int) -> Form:
    return new_form(f"/reports/{report}/links/{link}/{act}", revision)


def messages_by_figure(threads: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in threads:
        key = row["subject"].rpartition("/")[2]
        found[key] = found.get(key, 0) + row["message_count"]
    return found


async def _shown_once(visit: Visit, report: UUID, made: Mapping[str, Any], password: str = "") -> Response:
    """The address stands on the page that answers, this once; so does the password."""
    return await _page(visit, report, Sharing(_new_link(report), {made["id"]: (made["token"], password)}))


def _in_days(visit: Visit, days: int) -> str:
    return (visit.scene.now + timedelta(days=days)).date().isoformat() + "T00:00:00Z"


@router.post("/reports/{report}/links")
async def create_link(visit: CurrentVisit, report: UUID, form: CurrentForm) -> Response:
    days = form.get("days")
    lifetime = min(int(days), MOST_DAYS) if days.isdigit() else DAYS
    secured = {"password": form.values.get("password", "")} if form.get("opens") == "password" else {}
    body = {"purpose": form.get("title"), "expires_at": _in_days(visit, lifetime), **secured}
    try:
        made = await visit.send("reports", "POST", f"/v1/reports/{report}/links", body, form)
    except Problem as problem:
        again = form.again(f"/reports/{report}/links", problem, visit.scene, purpose="title")
        return await _page(visit, report, Sharing(again), status=problem.status)
    return await _shown_once(visit, report, made, **secured)


@router.post("/reports/{report}/links/{link}/address")
async def renew_address(visit: CurrentVisit, report: UUID, link: UUID, form: CurrentForm) -> Response:
    made = await visit.send("reports", "POST", f"/v1/report-links/{link}/address", {}, form)
    return await _shown_once(visit, report, made)


@router.post("/reports/{report}/links/{link}/extension")
async def extend_link(visit: CurrentVisit, report: UUID, link: UUID, form: CurrentForm) -> Response:
    """By another month from today."""
    await visit.send("reports", "PATCH", f"/v1/report-links/{link}", {"expires_at": _in_days(visit, DAYS)}, form)
    return see_other(f"/reports/{report}?share=1#share")


@router.post("/reports/{report}/links/{link}/revocation")
async def revoke_link(visit: CurrentVisit, report: UUID, link: UUID, form: CurrentForm) -> Response:
    await visit.upstreams.send(
        visit.viewer, "reports", "DELETE", f"/v1/report-links/{link}", None, revision=form.revision
    )
    return see_other(f"/reports/{report}?share=1#share")
