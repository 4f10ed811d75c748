"""Who comes in at all, and who may write. What each may see is the database's to say."""

from uuid import UUID

from atrium_chassis.problems import Forbidden, NotFound
from atrium_chassis.viewer import CurrentViewer, Side, Viewer


async def members_only(viewer: CurrentViewer) -> None:
    """To the holder of a report link there are no files."""
    if viewer.side not in {Side.PROVIDER, Side.CUSTOMER}:
        raise NotFound


def writer(viewer: Viewer) -> UUID:
    """The person who writes. Raises Forbidden for whoever only reads: readers and previews."""
    if viewer.person is None or viewer.preview is not None or viewer.role == "reader":
        raise Forbidden
    return viewer.person
