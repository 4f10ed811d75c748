"""The list of customers: how each goes, whose turn it is, who of them was here last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from atrium_gateway.pages.composing.rows import health
from atrium_gateway.pages.composing.scene import Json, Scene, day
from atrium_gateway.pages.composing.staff_audit import told
from atrium_gateway.pages.composing.staff_home import share
from atrium_gateway.pages.presenting.staff import NEVER, CustomerRef, CustomerRow, CustomersFilter, Options, Seen

#: Worst first: the health of a customer is that of its worst project.
WORST = ("at_risk", "attention", "on_track", "not_started", "finished")
#: Who comes back within this time after an act is still at it.
VISIT = timedelta(hours=1)


def customer_row(
    scene: Scene,
    ref: CustomerRef,
    host: str,
    projects: Sequence[Json],
    ours: Sequence[Json],
    theirs: Sequence[Json],
    seen: Seen = NEVER,
) -> CustomerRow:
    """`projects`, `ours` and `theirs` are this customer's alone."""
    worst = min(projects, key=lambda row: WORST.index(health(row).key), default=None)
    steps = [one for row in projects if (one := row["milestones"]["next"]) is not None and one["due"]]
    following: Json = min(steps, key=lambda one: str(one["due"]), default={})
    lead = next((row["lead_id"] for row in projects if row.get("lead_id")), None)
    return CustomerRow(
        ref=ref,
        host=host,
        health=health(worst or {"status": "not_started"}),
        reason=worst["status_text"] if worst is not None and health(worst).key in WORST[:2] else "",
        share=share(scene, ref, ours, theirs),
        next_title=following.get("title", ""),
        next_due=day(following.get("due")),
        seen=seen,
        lead=scene.person(lead),
    )


def seen_last(scene: Scene, act: Row[Any] | None, presence: Row[Any] | None) -> Seen:
    """What they did last; that they were here, where that was on a later visit."""
    if act is not None and (presence is None or presence.last_seen_at <= act.at + VISIT):
        return Seen(act.at, told(scene, act.action, act.after), scene.person(act.actor_id))
    if presence is not None:
        return Seen(presence.last_seen_at, scene._("was here"), scene.person(presence.person_id))
    return NEVER


def by_name(row: CustomerRow) -> str:
    return row.ref.name.casefold()


def by_oldest(row: CustomerRow) -> tuple[float, str]:
    """The oldest wait with us first."""
    oldest = row.share.oldest if row.share else None
    return -(oldest.waited_hours if oldest else 0.0), by_name(row)


def by_milestone(row: CustomerRow) -> tuple[date, str]:
    """The next to come first, who has none last."""
    return row.next_due or date.max, by_name(row)


def by_seen(row: CustomerRow) -> tuple[float, str]:
    """Who was here lately first, who never was last."""
    return -(row.seen.at.timestamp() if row.seen.at else 0.0), by_name(row)


SORTS: Mapping[str, Callable[[CustomerRow], Any]] = {
    "": by_oldest,
    "name": by_name,
    "milestone": by_milestone,
    "seen": by_seen,
}


def chosen(rows: Iterable[CustomerRow], wanted: CustomersFilter) -> tuple[CustomerRow, ...]:
    return tuple(sorted(filter(wanted.takes, rows), key=SORTS.get(wanted.sort, by_oldest)))


def leads_of(rows: Iterable[CustomerRow]) -> Options:
    return tuple(sorted({(row.lead.id, row.lead.name) for row in rows if row.lead}, key=lambda lead: lead[1]))
