"""Which entries of the trail are asked for, and who may ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from atrium_chassis.problems import Forbidden
from atrium_chassis.viewer import Side, Viewer

LONGEST_NEEDLE = 200


@dataclass(frozen=True)
class Needle:
    """What is searched for, with the people and the acts whose names contain it."""

    text: str
    people: frozenset[UUID] = frozenset()
    acts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TrailFilter:
    """What is empty or None takes all. `since` is within, `until` is the first moment that is not."""

    house: UUID | None = None
    person: UUID | None = None
    action: str = ""
    audience: str = ""
    since: datetime | None = None
    until: datetime | None = None
    needle: Needle | None = None

    @property
    def address(self) -> dict[str, str]:
        """As the addresses of the trail and of its export say it."""
        said = {
            "customer": self.house,
            "person": self.person,
            "action": self.action,
            "audience": self.audience,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "q": self.needle and self.needle.text,
        }
        return {name: str(value) for name, value in said.items() if value}


def reads_trail(viewer: Viewer) -> bool:
    """Staff and a customer's owners. Entries are of houses, not of projects: who sees some projects only, sees none."""
    return viewer.projects is None and (viewer.side is Side.PROVIDER or viewer.role == "owner")


def require_trail(viewer: Viewer) -> None:
    """Raises Forbidden."""
    if not reads_trail(viewer):
        raise Forbidden
