"""`/` and `/projects` of the workspace."""

from typing import Any, get_args

from atrium_chassis.database import Database
from fastapi.responses import Response

from atrium_gateway.audit.model import TrailFilter, reads_trail
from atrium_gateway.audit.queries import list_events
from atrium_gateway.audit.words import QUIET
from atrium_gateway.notifications.reminders import Reminders, newest_reminders
from atrium_gateway.pages.composing.staff_audit import feed_line
from atrium_gateway.pages.composing.staff_home import project_row, reminded_by_mail
from atrium_gateway.pages.composing.staff_home import staff_home as home_of
from atrium_gateway.pages.presenting.staff import FeedLine, StaffProjects, Whose
from atrium_gateway.pages.routes.staff_customers import manages
from atrium_gateway.pages.visit import Visit
from atrium_gateway.upstreams.composition import gather_parts

FEED = 8


async def staff_home(visit: Visit, *, whose: str = "", refused: str = "", status: int = 200) -> Response:
    """`refused` says why the last act of one of its rows did nothing."""
    desk = visit.desk
    parts = await gather_parts(
        {"feed": newest_acts(visit), "reminders": reminders_of(visit)},
        {"threads": visit.get("threads", "/v1/threads", "unread=true&limit=20")},
    )
    view = home_of(
        visit.scene,
        desk.pressing,
        desk.ours,
        desk.theirs,
        list(desk.customers.items()),
        desk.customer,
        talks=parts.get("threads", {"items": []})["items"],
        feed=parts["feed"],
        missing={*desk.missing, *parts.missing},
        whose=whose_of(whose),
        reminders=parts["reminders"],
        staff=tuple(one for one in visit.team if one.side == "provider"),
        manages=manages(visit),
        refused=refused,
    )
    return visit.show("staff/home.html", view, "home", status=status, path="/")


async def reminders_of(visit: Visit) -> Reminders:
    """The newest of everyone who has the turn."""
    asked = {one for row in visit.desk.theirs for one in reminded_by_mail(visit.scene, row)}
    if not asked:
        return {}
    state = visit.request.app.state
    async with state.database.transaction(visit.viewer) as connection:
        return await newest_reminders(connection, asked, state.settings.mail_grace)


def whose_of(asked: str) -> Whose:
    """What is no choice chooses nothing."""
    return next((one for one in get_args(Whose) if one == asked), "")


async def newest_acts(visit: Visit) -> list[FeedLine]:
    """What people did lately, from the trail."""
    if not reads_trail(visit.viewer):
        return []
    database: Database = visit.request.app.state.database
    async with database.transaction(visit.viewer) as connection:
        rows = await list_events(connection, TrailFilter(), None, FEED * 4)
    told = [row for row in rows if row.actor_id is not None and row.action not in QUIET]
    return [feed_line(visit.scene, row, visit.desk.customer) for row in told[:FEED]]


async def staff_projects(visit: Visit) -> Response:
    parts = await gather_parts(optional={"projects": visit.get("projects", "/v1/projects", "limit=200")})
    projects: list[Any] = parts.get("projects", {"items": []})["items"]
    desk = visit.desk
    rows = tuple(project_row(row, desk.ours, desk.theirs, desk.customer) for row in projects)
    return visit.show("staff/projects.html", StaffProjects(rows, frozenset(parts.missing)), "projects")
