"""The trail in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.staff import AuditLine, CustomerRef, FeedLine

Customers = Callable[[object], CustomerRef]
#: Where a subject of the trail is looked at.
PAGES = ("items", "files", "requests", "threads", "reports", "projects", "customers")
LONGEST = 120


def act_words(scene: Scene, action: str) -> str:
    """What was done, as a sentence that follows the name; an act without words of its own by its key."""
    words = {
        "approval_recorded": scene._("decided on a version"),
        "approval_superseded": scene._("ended a sign-off by a newer version"),
        "published_item_withdrawn": scene._("made an item internal again"),
        "workflow_version_published": scene._("published a version of a workflow"),
        "version_ready": scene._("uploaded a version"),
        "version_rejected": scene._("uploaded a version that was rejected"),
        "report_link_changed": scene._("changed a report link"),
        "thread_opened": scene._("began a conversation"),
        "customer_created": scene._("added the customer"),
        "customer_changed": scene._("changed the customer"),
        "person_invited": scene._("invited someone"),
        "invitation_sent": scene._("invited someone"),
        "invitation_withdrawn": scene._("withdrew an invitation"),
        "member_joined": scene._("joined"),
        "member_changed": scene._("changed someone’s access"),
        "member_removed": scene._("removed someone"),
        "signed_in": scene._("signed in"),
        "signed_out": scene._("signed out"),
        "api_token_created": scene._("created an API token"),
        "api_token_revoked": scene._("revoked an API token"),
        "brand_published": scene._("published the brand"),
    }
    return words.get(action) or action.replace("_", " ")


def told(scene: Scene, action: str, after: Mapping[str, Any] | None) -> str:
    """The sentence, with the name of the thing where the trail has it."""
    name = (after or {}).get("name")
    words = act_words(scene, action)
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
    )


def matching(lines: Sequence[AuditLine], wanted: str) -> tuple[AuditLine, ...]:
    """Those that name what was searched for: a person, a thing, a trace."""
    needle = wanted.casefold()
    return tuple(
        line
        for line in lines
        if needle in f"{line.words} {line.by.name if line.by else ''} {line.trace_id} {line.changes}".casefold()
    )
