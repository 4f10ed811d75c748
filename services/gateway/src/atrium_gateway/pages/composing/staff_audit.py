"""The trail in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from atrium_gateway.audit.model import TrailFilter
from atrium_gateway.audit.words import act_words, needle_of
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.staff import AuditLine, CustomerRef, FeedLine
from atrium_gateway.people.queries import Named

Customers = Callable[[object], CustomerRef]
#: Where a subject of the trail is looked at.
PAGES = ("items", "files", "requests", "threads", "reports", "projects", "customers")
LONGEST = 120
#: Days that have a morning in every zone.
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


def told(scene: Scene, action: str, after: Mapping[str, Any] | None) -> str:
    """The sentence, with the name of the thing where the trail has it."""
    name = (after or {}).get("name")
    words = act_words(scene.words).get(action) or action.replace("_", " ")
    return f"{words}: {name}" if isinstance(name, str) and name else words


def page_of(subject: str) -> str:
    """The address of what an entry is about; empty where it has no page."""
    parts = subject.split("/")
    if "items" in parts:
        return f"/items/{parts[parts.index('items') + 1]}" if parts[-1] != "items" else ""
    return f"/{parts[0]}/{parts[1]}" if len(parts) > 1 and parts[0] in PAGES else ""


def feed_line(scene: Scene, row: Row[Any], customers: Customers) -> FeedLine:
    return FeedLine(
        at=row.at,
        customer=customers(row.customer_id),
        words=told(scene, row.action, row.after),
        by=scene.person(row.actor_id),
        url=page_of(row.subject),
    )


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[tuple[str, str, str], ...]:
    """Name, before and after of what differs."""
    old, new = before or {}, after or {}
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return tuple((name, shortened(old.get(name)), shortened(new.get(name))) for name in names)


def shortened(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def audit_line(scene: Scene, row: Row[Any], known: Mapping[str, CustomerRef]) -> AuditLine:
    return AuditLine(
        at=row.at,
        words=told(scene, row.action, row.after),
        by=scene.person(row.actor_id),
        customer=known.get(str(row.customer_id)),
        audience=row.audience,
        way=scene._("Imported") if row.imported else "",
        network=row.network,
        changes=changes(row.before, row.after),
        trace_id=row.trace_id,
        url=page_of(row.subject) if scene.side == "provider" or not row.subject.startswith("customers/") else "",
    )


def typed_filter(
    scene: Scene, asked: Mapping[str, str], customers: Mapping[str, CustomerRef], people: Mapping[UUID, Named]
) -> dict[str, str]:
    """What of an address narrows the page, by name, empty where nothing does: what is not here narrows nothing."""
    known = {
        "q": lambda _: True,
        "customer": customers.__contains__,
        "person": {str(one) for one in people}.__contains__,
        "action": act_words(scene.words).__contains__,
        "audience": ("shared", "internal").__contains__ if scene.side == "provider" else lambda _: False,
        "since": lambda value: day_of(value) is not None,
        "until": lambda value: day_of(value) is not None,
    }
    typed = {name: asked.get(name, "").replace("\0", "").strip() for name in known}
    return {name: value if value and known[name](value) else "" for name, value in typed.items()}


def trail_filter(
    scene: Scene, values: Mapping[str, str], house: UUID | None, people: Mapping[UUID, Named]
) -> TrailFilter:
    """`values` as `typed_filter` leaves them. Days are the reader's, both inclusive."""
    since, until = day_of(values["since"]), day_of(values["until"])
    return TrailFilter(
        house=UUID(values["customer"]) if values["customer"] else house,
        person=UUID(values["person"]) if values["person"] else None,
        action=values["action"],
        audience=values["audience"],
        since=_morning(scene, since) if since else None,
        until=_morning(scene, until + timedelta(days=1)) if until else None,
        needle=needle_of(values["q"], people, scene.words),
    )


def day_of(value: str) -> date | None:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if EARLIEST < found < LATEST else None


def _morning(scene: Scene, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(scene.time_zone))
