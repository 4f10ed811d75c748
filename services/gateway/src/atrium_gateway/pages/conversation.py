"""The threads beside a subject, with their composers: one for each audience that the reader may write to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from atrium_chassis.problems import Problem

from atrium_gateway.pages.composing.threads import first_of, thread, unbegun
from atrium_gateway.pages.presenting.shapes import Audience, Form, Person
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
    return _named(visit, thread(visit.scene, parts["detail"], parts["page"]["items"], written), row["customer_id"])


def _named(visit: Visit, one: Thread, customer: str | None) -> Thread:
    """In the workspace with the customer whose matter it is."""
    return replace(one, customer=visit.desk.customer(customer).short) if visit.is_staff and customer else one


@dataclass(frozen=True)
class Beginnings:
    """What is known before the first message: whose matter the subject is, and who would read by each audience."""

    subject: str
    customer: str | None
    readers: Mapping[str, tuple[Person, ...]]

    def thread(self, visit: Visit, audience: Audience, composer: Form) -> Thread:
        readers = self.readers.get(audience, (visit.reader,))
        return _named(visit, unbegun(visit.scene, self.subject, audience, readers, composer), self.customer)


async def beginnings(visit: Visit, subject: str, customer: str | None = None) -> Beginnings:
    """Who would read about a subject. Of one that was made this moment, only the writer is known to."""
    try:
        found = await visit.get("threads", "/v1/readers", f"subject={quote(subject, safe='')}")
    except Problem as problem:
        if problem.status != 404:
            raise
        return Beginnings(subject, customer, {})
    readers = {audience: visit.persons(people) for audience, people in found["readers"].items()}
    return Beginnings(subject, found["customer_id"], readers)


async def threads_beside(visit: Visit, subject: str, back: str, customer: str | None = None) -> dict[str, Thread]:
    """By audience: the thread that moved last, or one that begins with the first message.

    `customer` is whose matter it is, where the page knows.
    """
    parts = await gather_parts(
        {
            "found": visit.get("threads", "/v1/threads", f"subject={quote(subject, safe='')}"),
            "beginnings": beginnings(visit, subject, customer),
        }
    )
    rows = first_of(parts["found"]["items"])
    begun = await gather_parts({audience: open_thread(visit, row, back) for audience, row in rows.items()})
    threads: dict[str, Thread] = dict(begun.arrived)
    for audience in AUDIENCES[visit.is_staff]:
        if audience not in threads:
            threads[audience] = parts["beginnings"].thread(visit, audience, new_form(write_address("", back)))
    return threads
