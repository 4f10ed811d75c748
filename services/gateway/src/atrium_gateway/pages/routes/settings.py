"""`/settings`: language, time zone, colours, keys, devices that are signed in."""

from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import FieldError as ProblemField
from atrium_chassis.problems import Invalid
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from atrium_gateway.pages.composing.scene import newest
from atrium_gateway.pages.entrance import YEAR, safe_next
from atrium_gateway.pages.presenting.others import SessionLine, SettingsPage
from atrium_gateway.pages.presenting.shapes import Choice, Form
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Visit, new_form, see_other
from atrium_gateway.signin.identity import CurrentActor
from atrium_gateway.signin.routes.me import MePatch, patch_me
from atrium_gateway.signin.routes.sessions import delete_session, get_sessions

router = APIRouter(include_in_schema=False)

#: What a browser keeps for itself, and its values; another one is forgotten.
KEPT = {"theme": ("light", "dark"), "keys": ("off",)}
CONTINENTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def time_zones() -> tuple[str, ...]:
    """Zones by place, which are those that people look for."""
    return tuple(sorted(zone for zone in available_timezones() if zone.partition("/")[0] in CONTINENTS))


@router.get("/settings")
async def show_settings(visit: CurrentVisit, database: CurrentDatabase) -> Response:
    return await _page(visit, database)


async def _page(visit: Visit, database: CurrentDatabase, form: Form | None = None, status: int = 200) -> Response:
    scene, viewer = visit.scene, visit.viewer
    page = visit.page("settings")
    listed = await get_sessions(visit.session, database)
    values = {"language": viewer.language, "time_zone": viewer.time_zone}
    values |= {"theme": page.theme or "system", "keys": "on" if page.has_keys else "off"}
    view = SettingsPage(
        form=form or new_form("/settings", None, **values),
        languages=(Choice("en", "English"), Choice("de", "Deutsch")),
        time_zones=tuple(Choice(zone, zone.replace("_", " ")) for zone in time_zones()),
        themes=(
            Choice("system", scene._("As the device")),
            Choice("light", scene._("Light")),
            Choice("dark", scene._("Dark")),
        ),
        keys=(Choice("on", scene._("On")), Choice("off", scene._("Off"))),
        email=visit.session.email,
        sessions=tuple(
            SessionLine(
                row["device"] or scene._("Unknown device"),
                newest(row["last_seen_at"].isoformat()),
                row["current"],
                None if row["current"] else new_form(f"/settings/sessions/{row['id']}/end"),
            )
            for row in listed["items"]
        ),
    )
    return visit.show("portal/settings.html", view, "settings", status=status, path="/settings")


@router.post("/settings")
async def save(visit: CurrentVisit, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase) -> Response:
    try:
        body = MePatch.model_validate({name: form.get(name) for name in ("language", "time_zone")})
    except ValidationError as error:
        faults = [ProblemField(f"/{fault['loc'][0]}", fault["type"], fault["msg"]) for fault in error.errors()]
        again = form.again("/settings", Invalid(faults), visit.scene)
        return await _page(visit, database, again, 422)
    await patch_me(body, visit.session, actor, database)
    return _keep(visit, see_other("/settings"), theme=form.get("theme"), keys=form.get("keys"))


def _keep(visit: Visit, response: RedirectResponse, **chosen: str) -> Response:
    secure = visit.request.app.state.settings.secure
    for name, value in chosen.items():
        if value in KEPT[name]:
            response.set_cookie(name, value, max_age=YEAR, secure=secure, samesite="lax")
        else:
            response.delete_cookie(name, secure=secure, samesite="lax")
    return response


@router.post("/settings/theme")
async def switch_theme(visit: CurrentVisit, form: CurrentForm) -> Response:
    return _keep(visit, see_other(safe_next(form.get("back"))), theme=form.get("theme"))


@router.post("/settings/sessions/{held}/end")
async def end_session(visit: CurrentVisit, held: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    await delete_session(held, visit.session, actor, database)
    return see_other("/settings")
