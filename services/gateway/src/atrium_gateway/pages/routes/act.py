"""`/act/{token}`: one act for one person, from a mail. Opening it acts on nothing; its button does."""

from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from atrium_chassis.database import Database
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.notifications.commands import queue_mail
from atrium_gateway.notifications.queries import Act, find_act
from atrium_gateway.pages.composing.act import act_page
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.steps import send_step
from atrium_gateway.pages.visit import CurrentForm, Visit, new_form, see_other, visit_of
from atrium_gateway.signin.identity import CurrentTenant
from atrium_gateway.signin.model import Session, Tenant, hash_secret, mask
from atrium_gateway.upstreams.composition import gather_parts

router = APIRouter(include_in_schema=False)


async def _visit(request: Request, tenant: Tenant, database: Database, token: str) -> tuple[Visit, Act]:
    """The mailed person's visit, for this item alone. Raises NotFound."""
    act = await find_act(database, tenant.house, token)
    if act is None:
        raise NotFound()
    who = act.person
    session = Session(uuid4(), tenant.house, who.person, who.name, who.email, who.viewer, by_token=True)
    return await visit_of(request, tenant, session), act


@router.get("/act/{token}")
async def show_act(request: Request, tenant: CurrentTenant, database: CurrentDatabase, token: str) -> Response:
    visit, act = await _visit(request, tenant, database, token)
    return await _first_page(visit, act, token)


async def _first_page(visit: Visit, act: Act, token: str) -> Response:
    return await _page(visit, act, new_form(f"/act/{token}/new" if act.expired else f"/act/{token}"))


async def _page(visit: Visit, act: Act, form: Form, status: int = 200, *, sent: bool = False) -> Response:
    item = await visit.get("projects", f"/v1/items/{act.item_id}")
    optional: dict[str, Awaitable[Any]] = {"project": visit.get("projects", f"/v1/projects/{item['project_id']}")}
    if item.get("file_id"):
        optional["file"] = visit.get("files", f"/v1/files/{item['file_id']}")
    parts = await gather_parts(optional=optional)
    view = act_page(
        visit.scene,
        item,
        project=parts.get("project", {}),
        file=parts.get("file"),
        form=form,
        person=visit.reader,
        masked_email=mask(act.person.email),
        link="sent" if sent else "expired" if act.expired else "ready",
    )
    return visit.whole("entry/act.html", view, "", status=410 if act.expired and not sent else status)


@router.post("/act/{token}")
async def act_on_it(
    request: Request, tenant: CurrentTenant, database: CurrentDatabase, token: str, form: CurrentForm
) -> Response:
    visit, act = await _visit(request, tenant, database, token)
    if act.expired:
        return await _first_page(visit, act, token)
    try:
        await send_step(visit, act.item_id, form)
    except Problem as problem:
        return await _page(visit, act, form.again(f"/act/{token}", problem, visit.scene), problem.status)
    return see_other(f"/act/{token}")


@router.post("/act/{token}/new")
async def send_new_link(request: Request, tenant: CurrentTenant, database: CurrentDatabase, token: str) -> Response:
    """To the address that the old one was sent to, once a day: whoever found an old link learns nothing more."""
    visit, act = await _visit(request, tenant, database, token)
    if not act.expired:
        return see_other(f"/act/{token}")
    cause = f"act-links/{hash_secret(token).hex()}/{datetime.now(UTC).date()}"
    async with database.transaction(Viewer.system(tenant.house)) as connection:
        about = {"item_id": str(act.item_id)}
        await queue_mail(connection, tenant.house, "act", cause, person=act.person.person, about=about)
    return await _page(visit, act, new_form(f"/act/{token}/new"), sent=True)
