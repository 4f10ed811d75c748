"""Every template with a page of each kind it can show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.presenting.upload import UploadPage
from atrium_gateway.pages.samples import (
    compare,
    file,
    more,
    portal,
    project,
    report,
    search,
    staff_lists,
    work,
    workflow,
    workspace,
)
from atrium_gateway.pages.samples.components import components, style_page
from atrium_gateway.pages.samples.house import HOUSES, LANGUAGES, page

GUEST: dict[str, Any] = {"reader": None, "shell": "guest"}


@dataclass(frozen=True)
class Sample:
    """One page of the gallery."""

    name: str
    template: str
    page: Page
    view: object


def samples() -> Iterator[Sample]:
    """All samples, customer pages first."""
    yield Sample("home-bluepeak", "portal/home.html", page("bluepeak", "/", "home"), portal.HOME)
    yield Sample(
        "home-helvetia", "portal/home.html", page("helvetia", "/", "home", counts={"home": 5}), portal.HOME_HELVETIA
    )
    yield Sample("home-dark", "portal/home.html", page("bluepeak", "/", "home", theme="dark"), portal.HOME)
    yield Sample("sign-in-email", "entry/email.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.EMAIL)
    yield Sample("sign-in-code", "entry/code.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.CODE)
    yield Sample(
        "sign-in-wrong", "entry/code.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.CODE_WRONG
    )
    yield Sample("sign-in-link", "entry/link.html", page("helvetia", "/sign-in/t", **portal.SIGNED_OUT), portal.LINK)
    yield Sample(
        "sign-in-expired", "entry/link.html", page("helvetia", "/sign-in/t", **portal.SIGNED_OUT), portal.LINK_EXPIRED
    )
    yield Sample("project-helvetia", "portal/project.html", page("helvetia", "/projects/3", "projects"), work.PROJECT)
    yield Sample("projects-bluepeak", "portal/projects.html", page("bluepeak", "/projects", "projects"), work.PROJECTS)
    yield Sample("item-bluepeak", "portal/item.html", page("bluepeak", "/items/1", "projects"), work.ITEM)
    yield Sample("item-theirs", "portal/item.html", page("bluepeak", "/items/7", "projects"), work.ITEM_THEIRS)
    for house in HOUSES:
        yield Sample(
            f"components-{house}",
            "components.html",
            style_page(house, LANGUAGES[house], ""),
            components(house, LANGUAGES[house]),
        )
    yield from _thinner()
    yield from _staff()


def _thinner() -> Iterator[Sample]:
    yield Sample("files", "portal/files.html", page("bluepeak", "/files", "files"), more.FILES)
    yield Sample("file", "portal/file.html", page("bluepeak", "/files/1", "files"), file.FILE)
    for name, view in file.STATES.items():
        yield Sample(name, "portal/file.html", page("bluepeak", "/files/1", "files"), view)
    for name, compared in compare.STATES.items():
        address = page("bluepeak", "/files/1/compare", "files", query={"from": "2", "to": "3"})
        yield Sample(name, "portal/compare.html", address, compared)
    step = UploadPage("Plan.pdf", "/files/1", "https://store.example/bucket", {"key": "abc"})
    yield Sample("upload", "portal/upload.html", page("bluepeak", "/files/1/upload", "files"), step)
    yield Sample("threads", "portal/threads.html", page("bluepeak", "/threads/1", "threads"), more.THREADS)
    yield Sample(
        "threads-dark", "portal/threads.html", page("bluepeak", "/threads/1", "threads", theme="dark"), more.THREADS
    )
    yield Sample("requests", "portal/requests.html", page("helvetia", "/requests", "requests"), more.REQUESTS)
    yield Sample(
        "requests-wrong", "portal/requests.html", page("helvetia", "/requests", "requests"), more.REQUESTS_WRONG
    )
    for name, sought in (("found", more.REQUESTS_FOUND), ("not-found", more.REQUESTS_NOT_FOUND)):
        address = page("helvetia", "/requests", "requests", query={"q": sought.q})
        yield Sample(f"requests-{name}", "portal/requests.html", address, sought)
    yield Sample("request", "portal/request.html", page("helvetia", "/requests/1", "requests"), more.REQUEST)
    yield Sample("reports", "portal/reports.html", page("bluepeak", "/reports", "reports"), report.REPORTS)
    yield Sample("report", "portal/report.html", page("helvetia", "/reports/1", "reports"), report.REPORT)
    for name, state in report.STATES.items():
        yield Sample(name, "portal/report.html", page("helvetia", "/reports/1", "reports"), state)
    guest = page("helvetia", "/r/7fK2", **GUEST, side="link")
    yield Sample("report-guest", "portal/report.html", guest, report.GUEST)
    paper = page("helvetia", "/reports", "reports", inert=True, theme="light")
    yield Sample("report-on-paper", "staff/brand/paper.html", paper, report.PAPER)
    yield Sample("report-gate", "entry/report-password.html", guest, report.GATE)
    yield Sample("catch-up", "portal/catch-up.html", page("bluepeak", "/catch-up", "home"), more.CATCH_UP)
    yield Sample("newcomer", "portal/catch-up.html", page("bluepeak", "/catch-up", "home"), more.NEWCOMER)
    yield Sample("people", "portal/people.html", page("bluepeak", "/people"), more.PEOPLE)
    yield Sample("settings", "portal/settings.html", page("bluepeak", "/settings"), more.SETTINGS)
    yield Sample("search", "portal/search.html", page("bluepeak", "/search", "search"), search.FOUND)
    yield Sample("looked-at", "portal/home.html", page("bluepeak", "/", "home", looking=portal.LOOKING), portal.HOME)
    phone = page("bluepeak", "/look/phone", looking=replace(portal.LOOKING, width="phone"))
    yield Sample("looked-at-phone", "looked-at.html", phone, None)
    german = page("helvetia", "/", "home", looking=portal.LOOKING_DE)
    yield Sample("looked-at-de", "portal/home.html", german, portal.HOME_HELVETIA)
    yield Sample("search-alone", "portal/search.html", page("helvetia", "/search", "search"), search.ALONE)
    yield Sample("search-nothing", "portal/search.html", page("bluepeak", "/search", "search"), search.NOTHING)
    yield Sample("search-empty", "portal/search.html", page("bluepeak", "/search", "search"), search.EMPTY)
    acts = {"act": more.ACT, "act-expired": more.ACT_EXPIRED, "act-sent": more.ACT_SENT, "act-done": more.ACT_DONE}
    for name, act in acts.items():
        yield Sample(name, "entry/act.html", page("bluepeak", "/act/t", **portal.SIGNED_OUT), act)
    yield Sample("error-404", "error.html", page("bluepeak", "/x"), more.NOT_HERE)
    yield Sample("error-503", "error.html", page("helvetia", "/x"), more.UNREACHABLE)
    yield Sample("error-421", "error.html", page("nordwind", "/x", **GUEST), more.NOBODY)


def _staff() -> Iterator[Sample]:
    yield Sample("staff-home", "staff/home.html", page("nordwind", "/", "home"), workspace.HOME)
    for whose, view in (("mine", staff_lists.HOME_MINE), ("nobody", staff_lists.HOME_NOBODYS)):
        address = page("nordwind", "/", "home", query={"whose": whose})
        yield Sample(f"staff-home-{whose}", "staff/home.html", address, view)
    yield Sample("staff-home-refused", "staff/home.html", page("nordwind", "/", "home"), staff_lists.HOME_REFUSED)
    yield Sample("staff-search", "portal/search.html", page("nordwind", "/search", "search"), search.STAFF)
    yield Sample(
        "staff-customers", "staff/customers.html", page("nordwind", "/customers", "customers"), workspace.CUSTOMERS
    )
    for name, listed in (("narrowed", staff_lists.CUSTOMERS_NARROWED), ("nothing", staff_lists.CUSTOMERS_NOTHING)):
        address = page("nordwind", "/customers", "customers", query=staff_lists.CUSTOMERS_ASKED)
        yield Sample(f"staff-customers-{name}", "staff/customers.html", address, listed)
    yield Sample(
        "staff-customer", "staff/customer.html", page("nordwind", "/customers/b", "bluepeak"), workspace.CUSTOMER
    )
    address = page("nordwind", "/customers/b/people", "bluepeak")
    yield Sample("staff-customer-people", "staff/customer.html", address, workspace.CUSTOMER_PEOPLE)
    address = page("nordwind", "/customers/b/people", "bluepeak", query=staff_lists.PEOPLE_ASKED)
    yield Sample("staff-customer-nobody", "staff/customer.html", address, staff_lists.PEOPLE_NOBODY)
    for name, people in (("many", staff_lists.PEOPLE_MANY), ("narrowed", staff_lists.PEOPLE_NARROWED)):
        asked = dict(staff_lists.PEOPLE_ASKED) if name == "narrowed" else {}
        yield Sample(f"people-{name}", "portal/people.html", page("bluepeak", "/people", query=asked), people)
    yield Sample("staff-projects", "staff/projects.html", page("nordwind", "/projects", "projects"), workspace.PROJECTS)
    yield Sample("staff-plan", "staff/plan.html", page("nordwind", "/projects/1", "projects"), workspace.PLAN)
    yield Sample("staff-plan-late", "staff/plan.html", page("nordwind", "/projects/1", "projects"), workspace.PLAN_LATE)
    address = page("nordwind", "/projects/1", "projects", query={"view": "timeline"})
    yield Sample("staff-plan-over-time", "staff/plan.html", address, workspace.PLAN_OVER_TIME)
    for tab in ("files", "threads", "requests", "reports"):
        address = page("nordwind", f"/projects/1/{tab}", "projects")
        yield Sample(f"staff-project-{tab}", "staff/project.html", address, replace(project.PART, tab=tab))
    address = page("nordwind", "/projects/1/settings", "projects")
    for name, settings in (("", project.SETTINGS), ("-late", project.SETTINGS_LATE)):
        yield Sample(f"staff-project-settings{name}", "staff/project-settings.html", address, settings)
    yield Sample("staff-preview", "staff/preview.html", page("nordwind", "/projects/1/preview"), workspace.PREVIEW)
    no_mail = workspace.PREVIEW_MAIL
    yield Sample("staff-preview-no-mail", "staff/preview.html", page("nordwind", "/projects/1/preview"), no_mail)
    yield Sample("staff-item", "staff/item.html", page("nordwind", "/items/1"), workspace.ITEM_PAGE)
    yield Sample("staff-item-dark", "staff/item.html", page("nordwind", "/items/1", theme="dark"), workspace.ITEM_PAGE)
    yield Sample("staff-brand", "staff/brand.html", page("nordwind", "/customers/h/brand", mini=True), workspace.BRAND)
    yield Sample(
        "staff-workflows", "staff/workflows.html", page("nordwind", "/workflows", "workflows"), workspace.WORKFLOWS
    )
    designed = {"": workflow.WORKFLOW, "-changed": workflow.CHANGED, "-faulty": workflow.FAULTY}
    for name, shown in designed.items():
        yield Sample(
            f"staff-workflow{name}",
            "staff/workflow.html",
            page("nordwind", "/workflows/1", "workflows", mini=True),
            shown,
        )
    yield Sample("staff-audit", "staff/audit.html", page("nordwind", "/audit", "audit"), workspace.AUDIT)
    trails = {
        "narrowed": staff_lists.AUDIT_NARROWED,
        "nothing": staff_lists.AUDIT_NOTHING,
        "refused": staff_lists.AUDIT_REFUSED,
    }
    for name, trail in trails.items():
        address = page("nordwind", "/audit", "audit", query=staff_lists.AUDIT_ASKED)
        yield Sample(f"staff-audit-{name}", "staff/audit.html", address, trail)
    owned = replace(workspace.AUDIT, lines=workspace.AUDIT.lines[:1], customers=(), people=(), acts=())
    yield Sample("audit", "staff/audit.html", page("bluepeak", "/audit", "audit"), owned)
    yield Sample("staff-file", "portal/file.html", page("nordwind", "/files/1", "files"), file.FILE)
    talks = workspace.CONVERSATIONS
    yield Sample("staff-threads", "portal/threads.html", page("nordwind", "/threads/1", "threads"), talks)
    yield Sample("staff-requests", "staff/requests.html", page("nordwind", "/requests", "requests"), workspace.ASKED)
    yield Sample("staff-request", "portal/request.html", page("nordwind", "/requests/1", "requests"), more.REQUEST)
    yield Sample("staff-report", "portal/report.html", page("nordwind", "/reports/1", "reports"), report.REPORT)
