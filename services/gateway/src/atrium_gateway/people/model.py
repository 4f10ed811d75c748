"""Rules of houses and members. No I/O."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from atrium_chassis.problems import Conflict, Forbidden, NotFound
from atrium_chassis.viewer import Side, Viewer

from atrium_gateway.signin.model import PROVIDER

INVITATION_LIFETIME = timedelta(days=7)
STAFF_ROLES = ("admin", "manager", "member")
CUSTOMER_ROLES = ("owner", "member", "reader")
SLUG = r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"
HOST = re.compile(r"^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")
#: Hosts below the workspace's that are not for customers.
RESERVED_SLUGS = frozenset({"www", "api", "mail", "content", "admin", "static", "status"})
LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Place:
    """What a membership says of a person."""

    role: str
    projects: tuple[UUID, ...] | None  # None: all

    @property
    def keeps_the_house(self) -> bool:
        """Owners and admins are the ones who can invite; a house never loses the last of them."""
        return self.role in {"owner", "admin"}


def may_manage(viewer: Viewer, house: UUID) -> bool:
    """Staff admins and managers every customer, admins the provider's own people, owners their own customer."""
    if viewer.side is Side.PROVIDER:
        return viewer.role == "admin" or (viewer.role == "manager" and house != PROVIDER)
    return viewer.side is Side.CUSTOMER and viewer.customer == house and viewer.role == "owner"


def require_manager(viewer: Viewer, house: UUID) -> None:
    """Raises NotFound for another's house, Forbidden for one's own where the role does not allow it."""
    if viewer.side is Side.CUSTOMER and viewer.customer != house:
        raise NotFound
    if not may_manage(viewer, house):
        raise Forbidden


def require_staff(viewer: Viewer, *roles: str) -> None:
    if viewer.side is not Side.PROVIDER or viewer.role not in roles:
        raise Forbidden


def require_kept(before: Place, after: Place | None, keepers: int) -> None:
    """Raises Conflict when this would leave a house without owner or admin."""
    if before.keeps_the_house and (after is None or not after.keeps_the_house) and keepers <= 1:
        raise Conflict("last_owner", f"The last {before.role} cannot leave. Make someone else {before.role} first.")


def is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def is_own_host(host: str, base: str) -> bool:
    """Whether a customer may have this host: a real one, and none of the workspace's."""
    return bool(HOST.match(host)) and host != base and not host.endswith(f".{base}")
