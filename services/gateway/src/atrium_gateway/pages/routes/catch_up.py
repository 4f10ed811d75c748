"""`/catch-up`: what changed since the reader last looked, and marking all of it as seen."""

import asyncio
from datetime import UTC, datetime

from atrium_chassis.dependencies import CurrentDatabase
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.notifications.commands import mark_seen
from atrium_gateway.notifications.tables import EVERYTHING
from atrium_gateway.pages.composing.catch_up import catch_up_page, newcomer_part
from atrium_gateway.pages.looking import is_newcomer, looked
from atrium_gateway.pages.routes.home import composed_home
from atrium_gateway.pages.visit import CurrentVisit, new_form, see_other

router = APIRouter(include_in_schema=False)


@router.get("/catch-up")
async def show_catch_up(visit: CurrentVisit, database: CurrentDatabase) -> Response:
    (home, missing), marks = await asyncio.gather(composed_home(visit), looked(database, visit.session))
    view = catch_up_page(
        visit.scene,
        home,
        looked=marks,
        seen=new_form("/catch-up"),
        missing=missing,
        newcomer=newcomer_part(visit.scene, home, visit.team) if is_newcomer(marks) and not visit.is_staff else None,
    )
    return visit.show("portal/catch-up.html", view, "home", looked=marks)


@router.post("/catch-up")
async def mark_all_as_seen(visit: CurrentVisit, database: CurrentDatabase) -> Response:
    async with database.transaction(visit.viewer) as connection:
        await mark_seen(connection, visit.viewer, {EVERYTHING: datetime.now(UTC)})
    return see_other("/catch-up")
