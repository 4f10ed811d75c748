"""The workspace's home: what needs us and what waits, over all customers."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args
from uuid import uuid4

from atrium_gateway.notifications.reminders import Reminder, Reminders
from atrium_gateway.pages.composing.rows import ACT, address, health, talk_line
from atrium_gateway.pages.composing.scene import Json, Scene, clock, day, moment, verb
from atrium_gateway.pages.presenting.shapes import Clock, Form, Person, TalkLine
from atrium_gateway.pages.presenting.staff import (
    AwaitRow,
    CustomerRef,
    FeedLine,
    HomeSums,
    NeedRow,
    ProjectRow,
    StaffHome,
    TurnShare,
    Whose,
)

Customers = Callable[[object], CustomerRef]
UNREAD = 6
NO_REMINDERS: Reminders = {}


def context(scene: Scene, row: Json) -> str:
    kind = scene._("Request") if row.get("kind") == "request" else ""
    return " · ".join(filter(None, (kind, row.get("project_title"))))


def owner(scene: Scene, row: Json) -> Person | None:
    asked = scene.persons(row.get("asked_ids"))
    return scene.person(row.get("owner_id")) or (asked[0] if asked else None)


def need(scene: Scene, row: Json, customers: Customers) -> NeedRow:
    return NeedRow(
        title=row["title"],
        url=address(row),
        customer=customers(row["customer_id"]),
        context=context(scene, row),
        clock=clock(scene, row),
        owner=owner(scene, row),
        due=day(row.get("due")),
        verb=verb(row) or (ACT if row.get("kind") == "request" else None),
        assign=Form(f"{address(row)}/owner", str(uuid4()), row["revision"]),
    )


def awaited(scene: Scene, row: Json, customers: Customers, reminders: Reminders) -> AwaitRow:
    asked = scene.persons(row.get("asked_ids"))
    line = AwaitRow(
        title=row["title"],
        url=address(row),
        customer=customers(row["customer_id"]),
        context=" · ".join(filter(None, (context(scene, row), row.get("third_party")))),
        clock=clock(scene, row),
        since=moment(row.get("turn_since")),
        who=asked[0] if asked else None,
        due=day(row.get("due")),
        verb=verb(row) or ACT,
    )
    return with_reminder(
        scene, line, [reminders.get((row["customer_id"], one)) for one in reminded_by_mail(scene, row)]
    )


def reminded_by_mail(scene: Scene, row: Json) -> list[str]:
    """Who of a customer can be reminded of an item: those asked by name, of what is shown to them."""
    if row["turn"] != "customer" or row.get("visibility") != "shared":
        return []
    return [one.id for one in scene.persons(row.get("asked_ids")) if one.side == "customer"]


def with_reminder(scene: Scene, line: AwaitRow, known: Sequence[Reminder | None]) -> AwaitRow:
    """`known` is the newest reminder of each who can be reminded; who was today is not again, of whatever it was."""
    if not known:
        return line
    last = max((one for one in known if one is not None), key=lambda one: one.at, default=None)
    if last is not None and last.waits:
        return replace(line, undo=Form(f"{line.url}/reminder/undo", str(uuid4())), reminded_at=last.at)
    everybody = all(one is not None and one.at.astimezone(scene.zone).date() == scene.today for one in known)
    of_this = last is not None and (line.since is None or last.at >= line.since)
    return replace(
        line,
        remind=None if everybody else Form(f"{line.url}/reminder", str(uuid4())),
        reminded_at=last.at if last is not None and of_this else None,
    )


def pressing(row: NeedRow) -> tuple[float, str, str]:
    """The longest wait against what was agreed first; without an agreement by due date."""
    used = row.clock.waited_hours / row.clock.agreed_hours if row.clock and row.clock.agreed_hours else 0.0
    return -used, str(row.due or "9999"), row.title


def longest(clocks: Iterable[Clock | None]) -> Clock | None:
    return max((one for one in clocks if one is not None), key=lambda one: one.waited_hours, default=None)


def share(scene: Scene, customer: CustomerRef, ours: Sequence[Json], theirs: Sequence[Json]) -> TurnShare:
    """Open items and requests of one customer by turn."""
    return TurnShare(
        customer=customer,
        ours=len(ours),
        theirs=sum(row["turn"] == "customer" for row in theirs),
        third=sum(row["turn"] == "third_party" for row in theirs),
        oldest=longest(clock(scene, row) for row in ours),
    )


def of(rows: Iterable[Json], customer: str) -> list[Json]:
    return [row for row in rows if row["customer_id"] == customer]


def unread(scene: Scene, rows: Iterable[Json], customers: Customers) -> tuple[TalkLine, ...]:
    return tuple(
        replace(talk_line(scene, row), customer=customers(row["customer_id"]).short) for row in rows if row["unread"]
    )[:UNREAD]


def belongs_to(scene: Scene, row: Json, whose: Whose) -> bool:
    """Ours is whose it is or who is asked; what a customer has is of whoever is responsible or asked for it."""
    ours = row["turn"] == "provider"
    others = (row.get("asked_ids") or []) if ours else [row.get("asked_by")]
    holders = {str(one) for one in (row.get("owner_id"), *others) if one}
    return not whose or (scene.reader in holders if whose == "mine" else not holders)


def staff_home(
    scene: Scene,
    pressing_rows: Sequence[Json],
    ours: Sequence[Json],
    theirs: Sequence[Json],
    refs: Sequence[tuple[str, CustomerRef]],
    customers: Customers,
    *,
    talks: Sequence[Json],
    feed: Sequence[FeedLine],
    missing: Collection[str],
    whose: Whose = "",
    reminders: Reminders = NO_REMINDERS,
    **more: Any,
) -> StaffHome:
    """`more` is of the page as it is: who can be assigned, whether its reader manages, what was refused."""

    def of_whom(rows: Sequence[Json], one: Whose = whose) -> list[Json]:
        return [row for row in rows if belongs_to(scene, row, one)]

    clocks = (clock(scene, row) for row in pressing_rows)
    shares = (share(scene, ref, of(ours, key), of(theirs, key)) for key, ref in refs)
    return StaffHome(
        needs=tuple(sorted((need(scene, row, customers) for row in of_whom(pressing_rows)), key=pressing)),
        waiting=tuple(awaited(scene, row, customers, reminders) for row in of_whom(theirs)),
        talks=unread(scene, talks, customers),
        shares=tuple(one for one in shares if one.total),
        feed=tuple(feed),
        whose=whose,
        sums=HomeSums(
            {one: len(of_whom(pressing_rows, one)) for one in get_args(Whose)},
            sum(one is not None and one.over for one in clocks),
            len(theirs),
        ),
        missing=frozenset(missing),
        **more,
    )


def project_row(project: Json, ours: Sequence[Json], theirs: Sequence[Json], customers: Customers) -> ProjectRow:
    following = project["milestones"]["next"] or {}
    return ProjectRow(
        title=project["title"],
        url=f"/projects/{project['id']}",
        customer=customers(project["customer_id"]),
        health=health(project),
        next_title=following.get("title", ""),
        next_due=day(following.get("due")),
        ours=sum(row.get("project_id") == project["id"] for row in ours),
        theirs=sum(row.get("project_id") == project["id"] for row in theirs),
    )
