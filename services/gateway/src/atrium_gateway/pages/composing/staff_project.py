"""A project of the workspace: its head, its parts, its settings."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from atrium_gateway.pages.composing.rows import health
from atrium_gateway.pages.composing.scene import Json, Scene, day, moment, typed_day
from atrium_gateway.pages.presenting.shapes import Change, Choice, Form, Person, Stale
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.presenting.staff_project import ProjectHead, ProjectSettings
from atrium_gateway.pages.vocabulary import Vocabulary

#: As the service calls them, and as pages do.
STATES = {
    "not_started": "not_started",
    "on_track": "on_track",
    "needs_attention": "attention",
    "at_risk": "at_risk",
    "finished": "finished",
}
TEXTS = ("title", "goal", "status", "status_text")
DAYS = ("starts_on", "ends_on")
PART = "part_"
#: Names of the service as the form calls them, for errors at their fields.
AS_TYPED = {
    "lead_id": "lead",
    "next_touchpoint_at": "touch_at",
    "next_touchpoint_title": "touch_title",
    "next_touchpoint_minutes": "touch_minutes",
}


def project_head(scene: Scene, project: Json, customer: CustomerRef, counts: Mapping[str, int]) -> ProjectHead:
    following = project["milestones"]["next"] or {}
    team = [project.get("lead_id"), *(one["person_id"] for one in project.get("contacts") or [])]
    faces = dict.fromkeys(person for person in scene.persons(team) if person.side == "provider")
    to = urlencode({"to": "/projects/" + project["id"]})
    return ProjectHead(
        id=project["id"],
        title=project["title"],
        customer=customer,
        health=health(project),
        next_due=day(following.get("due")),
        team=tuple(faces),
        counts=counts,
        view_as_url=f"{customer.url}/view-as?{to}" if customer.url else "",
    )


def typed_settings(scene: Scene, project: Json) -> dict[str, str]:
    """The project's fields as its form shows them."""
    touch = project.get("next_touchpoint") or {}
    at = moment(touch.get("at"))
    parts = {PART + one["person_id"]: one["part"] for one in project.get("contacts") or []}
    return {
        **{name: str(project.get(name) or "") for name in (*TEXTS, *DAYS)},
        "lead": str(project.get("lead_id") or ""),
        "touch_at": at.astimezone(scene.zone).strftime("%Y-%m-%dT%H:%M") if at else "",
        "touch_title": touch.get("title") or "",
        "touch_minutes": str(touch.get("minutes") or ""),
        **parts,
    }


def settings_change(scene: Scene, typed: Mapping[str, str], contacts: Sequence[str]) -> dict[str, Any]:
    """What the form asks the service to change; an emptied day, person or call is none."""
    return {
        **{name: typed.get(name, "") for name in TEXTS},
        **{name: typed.get(name) or None for name in DAYS},
        "lead_id": typed.get("lead") or None,
        "contacts": [{"person_id": one, "part": typed.get(PART + one, "")} for one in contacts],
        "next_touchpoint": _touchpoint(scene, typed),
    }


def _touchpoint(scene: Scene, typed: Mapping[str, str]) -> dict[str, Any] | None:
    """What is no time goes to the service as it is, which says so."""
    at = typed.get("touch_at", "")
    if not at:
        return None
    with suppress(ValueError):
        at = datetime.fromisoformat(at).replace(tzinfo=scene.zone).isoformat()
    return {"at": at, "title": typed.get("touch_title", ""), "minutes": typed.get("touch_minutes") or None}


def settings_page(
    scene: Scene, project: Json, head: ProjectHead, edit: Form, chosen: Sequence[str], team: Sequence[Person]
) -> ProjectSettings:
    """`edit` has what was typed; where someone was faster, what is there now stands beside it."""
    words = Vocabulary(scene.words)
    ours = tuple(one for one in team if one.side == "provider")
    late = None
    if edit.revision != project["revision"]:
        late = Stale(_lines(scene, typed_settings(scene, project), edit.values))
        edit = replace(edit, revision=project["revision"], errors=())
    return ProjectSettings(
        head,
        edit,
        states=tuple(Choice(key, words.state(shown)) for key, shown in STATES.items()),
        leads=(Choice("", scene._("nobody")), *(Choice(one.id, one.name) for one in ours)),
        contacts=ours,
        chosen=frozenset(chosen),
        late=late,
    )


def _lines(scene: Scene, now: Mapping[str, str], typed: Mapping[str, str]) -> tuple[Change, ...]:
    """Fields that somebody else has made what they are not in the form."""
    words = {
        "title": scene._("Title"),
        "goal": scene._("Goal, as the customer reads it"),
        "status": scene._("State"),
        "status_text": scene._("How it stands, in a few sentences"),
        "starts_on": scene._("Begins"),
        "ends_on": scene._("Planned end"),
        "lead": scene._("Lead"),
        "touch_at": scene._("Day and time"),
        "touch_title": scene._("What for"),
        "touch_minutes": scene._("Minutes"),
    }
    return tuple(
        Change(label, _shown(scene, field, typed.get(field, "")), _shown(scene, field, now.get(field, "")))
        for field, label in words.items()
        if typed.get(field, "") != now.get(field, "")
    )


def _shown(scene: Scene, field: str, value: str) -> str:
    if field == "status":
        return Vocabulary(scene.words).state(STATES.get(value, value))
    if field == "lead" and value:
        return scene.name(value)
    if field in DAYS and value:
        return typed_day(scene, value)
    return value or scene._("nothing")
