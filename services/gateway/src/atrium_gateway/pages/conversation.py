"""The threads beside a subject, with their composers: one for each audience that the reader may write to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from atrium_gateway.pages.composing.threads import first_of, thread, unbegun, would_read
from atrium_gateway.pages.presenting.shapes import Audience, Form
from atrium_gateway.pages.presenting.thread import Thread
from atrium_gateway.pages.visit import Visit, new_form
from atrium_gateway.upstreams.composition import gather_parts

MESSAGES = 40
AUDIENCES: Mapping[bool, tuple[Audience, ...]] = {True: ("shared", "internal"), False: ("shared", "private")}


def write_address(identifier: str, back: str) -> str:
    """Where a composer posts to; afterwards the reader is back where they wrote."""
    where = f"/threads/{identifier}/messages" if identifier else "/threads"
    return f"{where}?{urlencode({'back': back})}"


async def open_thread(
    visit: Visit, row: Mapping[str, Any], back: str, *, everything: bool = False, composer: Form | None = None
) -> Thread:
    """One thread with its latest messages, oldest first. Raises the service's Problem."""
    path = f"/v1/threads/{row['id']}"
    query = "limit=200" if everything else f"sort=-posted_at&limit={MESSAGES}"
    parts = await gather_parts(
        {"detail": visit.get("threads", path), "page": visit.get("threads", f"{path}/messages", query)}
    )
    written = composer or new_form(write_address(row["id"], back))
    return thread(visit.scene, parts["detail"], parts["page"]["items"], written)


async def threads_beside(visit: Visit, subject: str, back: str, customer: str | None = None) -> dict[str, Thread]:
    """By audience: the thread that moved last, or one that begins with the first message.

    `customer` is whose matter it is: in the workspace only their people and ours would read a new thread.
    """
    found = await visit.get("threads", "/v1/threads", f"subject={quote(subject, safe='')}")
    rows = first_of(found["items"])
    begun = await gather_parts({audience: open_thread(visit, row, back) for audience, row in rows.items()})
    threads: dict[str, Thread] = dict(begun.arrived)
    for audience in AUDIENCES[visit.is_staff]:
        if audience not in threads:
            readers = would_read(await visit.team_of(customer), audience)
            threads[audience] = unbegun(visit.scene, subject, audience, readers, new_form(write_address("", back)))
    if visit.is_staff and customer is not None:
        short = visit.desk.customer(customer).short
        return {audience: replace(one, customer=short) for audience, one in threads.items()}
    return threads
