"""Who may have which hint. No I/O."""

from dataclasses import dataclass
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts import Envelope


@dataclass(frozen=True)
class Hint:
    """A change of a subject, and the trace of the request that made it."""

    subject: str
    revision: int
    trace_id: str


@dataclass(frozen=True)
class Circle:
    """What narrows an event's audience: the project it belongs to, the staff a conversation is limited to."""

    project: UUID | None = None
    staff: frozenset[UUID] | None = None

    def admits(self, viewer: Viewer) -> bool:
        if viewer.projects is not None and self.project is not None and self.project not in viewer.projects:
            return False
        return self.staff is None or viewer.person in self.staff


def circle_of(data: bytes) -> Circle:
    """The circle that an event's data name. Raises ValueError where they cannot be read: then nobody is told."""
    values = json.loads(data)
    if not isinstance(values, dict):
        raise ValueError("the data are not an object")
    project, staff = values.get("project_id"), values.get("staff_ids")
    try:
        return Circle(UUID(project) if project else None, None if staff is None else frozenset(map(UUID, staff)))
    except (TypeError, AttributeError):
        raise ValueError("an id is not a text") from None


def may_have(viewer: Viewer, envelope: Envelope, circle: Circle) -> bool:
    """Whether the viewer may learn that this subject changed: a hint is refused before it is formed."""
    if not circle.admits(viewer):
        return False
    if viewer.side is Side.PROVIDER:
        return envelope.audience != "private"
    if viewer.side is not Side.CUSTOMER or envelope.customer != viewer.customer or viewer.customer is None:
        return False
    if viewer.preview is not None:
        return envelope.audience == "shared"
    return envelope.audience in {"shared", "private"}
