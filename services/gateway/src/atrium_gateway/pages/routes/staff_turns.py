"""What staff do from a row of their home: remind whose turn it is, take that back, say whose something of ours is."""

from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Problem
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.notifications.reminders import remind, take_back_reminder
from atrium_gateway.pages.composing.problems import problem_words
from atrium_gateway.pages.composing.staff_home import reminded_by_mail
from atrium_gateway.pages.routes.staff_home import staff_home
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, require_refusal, see_other
from atrium_gateway.signin.identity import CurrentActor

router = APIRouter(include_in_schema=False)


@router.post("/items/{item}/reminder")
async def send_reminder(
    visit: CurrentVisit, item: UUID, form: CurrentForm, database: CurrentDatabase, actor: CurrentActor
) -> Response:
    """A mail to each who is asked, in a moment; nothing for who had one today."""
    found, house, people = await _asked(visit, item)
    if not people:
        return await _refused(visit, form, visit.scene._("Nobody at the customer is asked for this by name any more."))
    async with database.transaction(Viewer.system(house)) as connection:
        sent = await remind(connection, house, item, people, visit.session.person, visit.scene.today)
        if sent:
            await _tell(connection, actor, "reminded", found)
    if not sent:
        words = visit.scene._("%(name)s had a reminder today already; the next one can go tomorrow.")
        return await _refused(visit, form, words % {"name": _names(visit, people)})
    return _home(form)


@router.post("/items/{item}/reminder/undo")
async def undo_reminder(
    visit: CurrentVisit, item: UUID, form: CurrentForm, database: CurrentDatabase, actor: CurrentActor
) -> Response:
    found, house, people = await _asked(visit, item)
    async with database.transaction(Viewer.system(house)) as connection:
        grace = visit.request.app.state.settings.mail_grace
        undone = await take_back_reminder(connection, house, people, grace)
        if undone:
            await _tell(connection, actor, "reminder_taken_back", found)
    return _home(form) if undone else await _refused(visit, form, visit.scene._("The reminder has left already."))


@router.post("/{kind}/{identifier}/owner")
async def assign(
    visit: CurrentVisit, kind: Literal["items", "requests"], identifier: UUID, form: CurrentForm
) -> Response:
    require_staff(visit)
    body = {"owner_id": form.get("owner") or None}
    try:
        await visit.send("projects", "PATCH", f"/v1/{kind}/{identifier}", body, form)
    except Problem as problem:
        require_refusal(problem)
        return await _refused(visit, form, problem_words(problem, visit.scene.words.gettext), problem.status)
    return _home(form)


async def _asked(visit: Visit, item: UUID) -> tuple[dict[str, Any], UUID, list[str]]:
    """An item, its customer's house, and who there can be reminded of it."""
    require_staff(visit)
    found = await visit.get("projects", f"/v1/items/{item}")
    return found, UUID(found["customer_id"]), reminded_by_mail(visit.scene, found)


async def _tell(connection: AsyncConnection, actor: Actor, act: str, item: dict[str, Any]) -> None:
    """For the customer's owners too, by the title that they read."""
    name = item["customer_title"] or item["title"]
    await append(connection, actor, act, f"items/{item['id']}", house=UUID(item["customer_id"]), after={"name": name})


def _names(visit: Visit, people: list[str]) -> str:
    return ", ".join(one.name for one in visit.persons(people))


async def _refused(visit: Visit, form: Submitted, words: str, status: int = 409) -> Response:
    return await staff_home(visit, whose=form.get("whose"), refused=words, status=status)


def _home(form: Submitted) -> Response:
    """Back to the rows as they were narrowed."""
    whose = form.get("whose")
    return see_other(f"/?{urlencode({'whose': whose})}" if whose else "/")
