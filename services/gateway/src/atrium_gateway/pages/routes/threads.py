"""`/threads`: all conversations, and one with its private sibling; writing into any, from any page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from atrium_chassis.problems import Problem
from fastapi import APIRouter
from fastapi.responses import Response

from atrium_gateway.pages.composing.rows import ask, talk_line
from atrium_gateway.pages.composing.threads import address_of, address_of_thread, first_of, title_of
from atrium_gateway.pages.conversation import AUDIENCES, beginnings, open_thread, write_address
from atrium_gateway.pages.entrance import safe_next
from atrium_gateway.pages.presenting.shapes import Ask, Form, TalkLine
from atrium_gateway.pages.presenting.thread import Thread, ThreadsPage
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, new_form, see_other
from atrium_gateway.upstreams.composition import Parts, gather_parts

router = APIRouter(include_in_schema=False)

FILTERS: Mapping[str, str] = {
    "": "",
    "unread": "unread=true",
    "shared": "audience=shared",
    "private": "audience=private",
}


@router.get("/threads")
async def show_threads(visit: CurrentVisit, show: str = "", cursor: str = "") -> Response:
    parts = await gather_parts(optional={"threads": _list(visit, show, cursor)})
    return visit.show("portal/threads.html", _view(visit, show, parts), "threads")


async def _list(visit: Visit, show: str, cursor: str = "") -> Any:
    own = "audience=internal" if visit.is_staff and show == "private" else FILTERS.get(show, "")
    chosen = [own, f"cursor={quote(cursor, safe='')}" if cursor else "", "limit=50"]
    return await visit.get("threads", "/v1/threads", "&".join(filter(None, chosen)))


def _talk(visit: Visit, row: Mapping[str, Any]) -> TalkLine:
    """In the workspace with the customer whose matter it is."""
    line = talk_line(visit.scene, row)
    return replace(line, customer=visit.desk.customer(row["customer_id"]).short) if visit.is_staff else line


def _view(visit: Visit, show: str, parts: Parts, **more: Any) -> ThreadsPage:
    listed = parts.get("threads", {"items": [], "next_cursor": None})
    talks = tuple(_talk(visit, row) for row in listed["items"])
    return ThreadsPage(
        talks=talks,
        filter=show if show in FILTERS else "",
        unread=sum(talk.unread > 0 for talk in talks),
        next_cursor=listed["next_cursor"] or "",
        missing=frozenset(parts.missing),
        **more,
    )


@router.get("/threads/{thread}")
async def show_thread(visit: CurrentVisit, thread: UUID, show: str = "", cursor: str = "") -> Response:
    return await _page(visit, str(thread), show, cursor)


async def _page(
    visit: Visit, identifier: str, show: str = "", cursor: str = "", form: Form | None = None, status: int = 200
) -> Response:
    """Reading marks the thread as read, once its messages are on the page."""
    detail = await visit.get("threads", f"/v1/threads/{identifier}")
    back, everything = f"/threads/{identifier}", "all" in visit.request.query_params
    parts = await gather_parts(
        {"thread": open_thread(visit, detail, back, everything=everything, composer=form)},
        {
            "threads": _list(visit, show, cursor),
            "sibling": _sibling(visit, detail, back),
            "ask": _ask_about(visit, detail["subject"]),
        },
    )
    await gather_parts(optional={"seen": _mark_seen(visit, detail)})
    view = _view(visit, show, parts, thread=parts["thread"], private=parts.get("sibling"), ask=parts.get("ask"))
    return visit.show("portal/threads.html", view, "threads", status=status, path=f"/threads/{identifier}")


async def _mark_seen(visit: Visit, detail: Mapping[str, Any]) -> None:
    if detail["unread"]:
        path, body = f"/v1/threads/{detail['id']}/seen", {"revision": detail["revision"]}
        await visit.upstreams.send(visit.viewer, "threads", "PUT", path, body)


async def _sibling(visit: Visit, detail: Mapping[str, Any], back: str) -> Thread | None:
    """Beside a shared thread: the one of the reader's own side about the same."""
    own = AUDIENCES[visit.is_staff][1]
    if detail["audience"] == own:
        return None
    subject = detail["subject"]
    listed = await visit.get("threads", "/v1/threads", f"subject={quote(subject, safe='')}&audience={own}")
    row = first_of(listed["items"]).get(own)
    if row is not None:
        return await open_thread(visit, row, back)
    unbegun = await beginnings(visit, subject, detail["customer_id"])
    return unbegun.thread(visit, own, new_form(write_address("", back)))


async def _ask_about(visit: Visit, subject: str) -> Ask | None:
    """What the conversation's item asks of the reader's side."""
    address = address_of(subject)
    if not address.startswith("/items/"):
        return None
    item = await visit.get("projects", f"/v1{address}")
    return ask(visit.scene, {**item, "kind": "item"}) if item["turn"] == visit.scene.side and item["verb"] else None


@router.post("/threads/{thread}/messages")
async def write(visit: CurrentVisit, thread: UUID, form: CurrentForm, back: str = "") -> Response:
    try:
        await visit.send("threads", "POST", f"/v1/threads/{thread}/messages", {"text": form.get("text")}, form)
    except Problem as problem:
        again = form.again(write_address(str(thread), back), problem, visit.scene)
        return await _page(visit, str(thread), form=again, status=problem.status)
    return see_other(safe_next(back or f"/threads/{thread}"))


@router.post("/threads/{thread}/closing")
async def close_point(visit: CurrentVisit, thread: UUID, form: CurrentForm) -> Response:
    """The point is settled; its page shows it. Raises the service's Problem."""
    point = await visit.send("threads", "POST", f"/v1/threads/{thread}/closing", {}, form)
    return see_other(address_of_thread(point))


@router.post("/threads/{thread}/reopening")
async def open_point_again(visit: CurrentVisit, thread: UUID, form: CurrentForm) -> Response:
    point = await visit.send("threads", "DELETE", f"/v1/threads/{thread}/closing", {}, form)
    return see_other(address_of_thread(point))


@router.post("/threads")
async def begin(visit: CurrentVisit, form: CurrentForm, back: str = "") -> Response:
    """The first message opens the thread; its audience is fixed from then on."""
    subject = form.get("subject")
    title = title_of(form.get("text")) if "?" in subject else ""
    body = {"subject": subject, "audience": form.get("audience"), "title": title, "text": form.get("text")}
    try:
        made = await visit.send("threads", "POST", "/v1/threads", body, form)
    except Problem as problem:
        return await _unbegun_again(visit, form, back, problem)
    return see_other(safe_next(back or f"/threads/{made['id']}"))


async def _unbegun_again(visit: Visit, form: Submitted, back: str, problem: Problem) -> Response:
    again = form.again(write_address("", back), problem, visit.scene)
    allowed = AUDIENCES[visit.is_staff]
    audience = next((one for one in allowed if one == form.get("audience")), allowed[0])
    parts = await gather_parts({"beginnings": beginnings(visit, form.get("subject"))}, {"threads": _list(visit, "")})
    view = _view(visit, "", parts, thread=parts["beginnings"].thread(visit, audience, again))
    return visit.show("portal/threads.html", view, "threads", status=problem.status, path="/threads")
