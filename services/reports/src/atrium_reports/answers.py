"""Whom routes let in."""

from atrium_chassis.describing import ALL_BUT_READERS
from atrium_chassis.problems import Forbidden, NotFound
from atrium_chassis.viewer import Side, Viewer

SHARERS = ALL_BUT_READERS


def require_person(viewer: Viewer) -> None:
    """For the holder of a link such an operation is not there."""
    if viewer.side not in (Side.PROVIDER, Side.CUSTOMER):
        raise NotFound()


def require_staff(viewer: Viewer) -> None:
    """For customers such an operation is not there."""
    if viewer.side is not Side.PROVIDER:
        raise NotFound()


def require_sharer(viewer: Viewer) -> None:
    """Staff and the customer's owners decide who else may read a report."""
    require_person(viewer)
    if viewer.preview is not None:
        raise Forbidden("This view is for reading only.", "read_only")
    if viewer.role not in SHARERS or (viewer.side is Side.CUSTOMER and viewer.role != "owner"):
        raise Forbidden("Only the provider and your owners share reports.")
