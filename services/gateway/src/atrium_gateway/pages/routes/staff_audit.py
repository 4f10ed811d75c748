"""`/audit`, for staff and for a customer's owners; the database leaves out what is not theirs."""

from collections.abc import Mapping
from urllib.parse import urlencode

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import FieldError, Invalid, Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.audit.commands import forget_filter, save_filter
from atrium_gateway.audit.model import require_trail
from atrium_gateway.audit.queries import saved_filters
from atrium_gateway.audit.routes import trail_page
from atrium_gateway.audit.words import act_words
from atrium_gateway.pages.composing.staff_audit import audit_line, trail_filter, typed_filter
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.staff import AuditPage, SavedFilter
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other

router = APIRouter(include_in_schema=False)

LIMIT = 100
EXPORT = "/api/v1/audit/export.csv"
TRAIL, FILTERS = "/audit", "/audit/filters"
LONGEST_NAME = 60


@router.get("/audit")
async def show_audit(visit: CurrentVisit, database: CurrentDatabase, cursor: str = "") -> Response:
    """Newest first. Owners see the same page for their own side."""
    require_trail(visit.viewer)
    return await _page(visit, database, _typed(visit, visit.request.query_params), cursor or None)


def _typed(visit: Visit, asked: Mapping[str, str]) -> dict[str, str]:
    return typed_filter(visit.scene, asked, visit.desk.customers, visit.people)


async def _page(
    visit: Visit,
    database: Database,
    values: dict[str, str],
    cursor: str | None = None,
    *,
    refused: Form | None = None,
    status: int = 200,
) -> Response:
    """`refused` is the form of a filter's name that cannot be."""
    scene, customers = visit.scene, visit.desk.customers
    wanted = trail_filter(scene, values, visit.viewer.customer, visit.people)
    team = await visit.team_of(values["customer"] or None)
    chosen = visit.persons([values["person"]] if values["person"] else None)
    rows, following = await trail_page(database, visit.viewer, wanted, cursor, LIMIT)
    # What somebody keeps is their own: who looks as them does not see it.
    own = visit.session.looking is None
    kept = {key: value for key, value in values.items() if value}
    saved = await _saved(visit, database, kept) if own else ()
    is_new = bool(kept) and not any(one.chosen for one in saved)
    view = AuditPage(
        lines=tuple(audit_line(scene, row, customers) for row in rows),
        next_cursor=following or "",
        customers=tuple((key, ref.name) for key, ref in customers.items()),
        people=tuple({one.id: one.name for one in (*team, *chosen)}.items()),
        acts=tuple(sorted(act_words(scene.words).items(), key=lambda act: act[1])),
        values=values,
        export_url=f"{EXPORT}?{urlencode(wanted.address)}".rstrip("?"),
        saved=saved,
        save=refused or (new_form(FILTERS) if own and is_new else None),
    )
    if refused is None:
        return visit.show("staff/audit.html", view, "audit")
    return visit.whole("staff/audit.html", view, "audit", path=TRAIL, query=kept, status=status)


async def _saved(visit: Visit, database: Database, chosen: Mapping[str, str]) -> tuple[SavedFilter, ...]:
    async with database.transaction(visit.viewer) as connection:
        found = await saved_filters(connection, visit.viewer)
    return tuple(
        SavedFilter(name, address_of(choices), new_form(f"{FILTERS}/remove"), choices == chosen)
        for name, choices in found.items()
    )


def address_of(choices: Mapping[str, str]) -> str:
    return f"{TRAIL}?{urlencode(sorted(choices.items()))}"


@router.post("/audit/filters")
async def keep_filter(visit: CurrentVisit, form: CurrentForm, database: CurrentDatabase) -> Response:
    """What narrows the page, by a name; one that cannot be stays in its field."""
    require_trail(visit.viewer)
    values = _typed(visit, form.values)
    try:
        name = _name_of(form.get("name"))
    except Problem as problem:
        refused = form.again(FILTERS, problem, visit.scene)
        return await _page(visit, database, values, refused=refused, status=problem.status)
    choices = {key: value for key, value in values.items() if value}
    async with database.transaction(visit.viewer) as connection:
        await save_filter(connection, visit.viewer, name, choices)
    return see_other(address_of(choices))


def _name_of(typed: str) -> str:
    """Raises Invalid."""
    if not typed or len(typed) > LONGEST_NAME or not typed.isprintable():
        code = "required" if not typed else "too_long" if typed.isprintable() else "control_character"
        raise Invalid([FieldError("/name", code, "A name of 1 to 60 characters that can be seen.")])
    return typed


@router.post("/audit/filters/remove")
async def remove_filter(visit: CurrentVisit, form: CurrentForm, database: CurrentDatabase) -> Response:
    require_trail(visit.viewer)
    async with database.transaction(visit.viewer) as connection:
        await forget_filter(connection, visit.viewer, form.get("name"))
    return see_other(TRAIL)
