"""What was just published, kept by the browser as long as mails wait: the plan offers to take it back in one press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.page import Toast
from atrium_gateway.pages.publication import VISIBILITIES

COOKIE = "atrium_published"
#: Of more items, a cookie would grow too long; they are taken back by the plan.
MOST = 60
#: What can no longer be undone is said for a moment.
MOMENT_SECONDS = 8
#: What was published as, or what became of taking it back.
OUTCOMES = (*VISIBILITIES, "taken_back", "kept", "quiet")


@dataclass(frozen=True)
class Published:
    """`items` have their revision after the publication and their visibility before it; none: nothing can be undone."""

    project: UUID
    outcome: str
    count: int
    items: Sequence[tuple[UUID, int, str]] = ()

    @property
    def text(self) -> str:
        kept = (f"{item.hex}.{revision}.{OUTCOMES.index(was)}" for item, revision, was in self.items)
        return "~".join((str(OUTCOMES.index(self.outcome)), str(self.count), *kept))

    @property
    def undo(self) -> dict[str, Any]:
        """The publication that makes all of it what it was."""
        items = [{"id": str(item), "revision": revision, "visibility": was} for item, revision, was in self.items]
        return {"items": items, "visibility": "internal", "dry_run": False}

    def toast(self, scene: Scene, customer: str) -> Toast:
        words = scene.words
        text = {
            "shared": words.ngettext(
                "%(num)s item is visible to %(name)s. Undo now, and no e-mail leaves.",
                "%(num)s items are visible to %(name)s. Undo now, and no e-mail leaves.",
                self.count,
            ),
            "quiet": words.ngettext(
                "%(num)s item is visible to %(name)s; no e-mail leaves.",
                "%(num)s items are visible to %(name)s; no e-mail leaves.",
                self.count,
            ),
            "placeholder": words.ngettext(
                "%(num)s item is a placeholder for %(name)s.",
                "%(num)s items are placeholders for %(name)s.",
                self.count,
            ),
            "internal": words.ngettext(
                "%(num)s item is internal again.", "%(num)s items are internal again.", self.count
            ),
            "taken_back": words.ngettext("%(num)s item is as it was.", "%(num)s items are as they were.", self.count),
            "kept": scene._("Something changed since then, so nothing was taken back. This is how it is now."),
        }[self.outcome]
        undo = f"/projects/{self.project}/publications/undo" if self.items else ""
        return Toast(text % {"num": self.count, "name": customer}, "bad" if self.outcome == "kept" else "", undo)


def published(project: UUID, outcome: str, answer: Mapping[str, Any]) -> Published:
    """From the service's answer."""
    items = [(UUID(one["id"]), one["revision"], one["was"]) for one in answer["items"]]
    return Published(project, outcome, len(items), items if len(items) <= MOST else ())


def remember(request: Request, response: Response, done: Published) -> None:
    settings = request.app.state.settings
    response.set_cookie(
        COOKIE,
        done.text,
        max_age=int(max(MOMENT_SECONDS, settings.mail_grace_seconds if done.items else 0)),
        path=f"/projects/{done.project}",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )


def remembered(request: Request, project: UUID) -> Published | None:
    """None for nothing, and for what is no text of ours."""
    try:
        outcome, count, *kept = request.cookies.get(COOKIE, "").split("~")
        items = [(UUID(item), int(revision), OUTCOMES[int(was)]) for item, revision, was in map(_parts, kept)]
        return Published(project, OUTCOMES[int(outcome)], int(count), items)
    except (ValueError, IndexError):
        return None


def _parts(text: str) -> list[str]:
    return text.split(".")
