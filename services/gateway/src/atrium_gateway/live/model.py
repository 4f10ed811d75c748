"""Who may have which hint. No I/O."""

from dataclasses import dataclass
from uuid import UUID

from atrium_chassis.viewer import Side, Viewer
from atrium_contracts import Envelope


@dataclass(frozen=True)
class Hint:
    """A change of a subject; `project` narrows it to people with access to that project."""

    subject: str
    revision: int
    trace_id: str


def may_have(viewer: Viewer, envelope: Envelope, project: UUID | None) -> bool:
    """Whether the viewer may learn that this subject changed: a hint is refused before it is formed."""
    if viewer.projects is not None and project is not None and project not in viewer.projects:
        return False
    if viewer.side is Side.PROVIDER:
        return envelope.audience != "private"
    if viewer.side is not Side.CUSTOMER or envelope.customer != viewer.customer or viewer.customer is None:
        return False
    if viewer.preview is not None:
        return envelope.audience == "shared"
    return envelope.audience in {"shared", "private"}
