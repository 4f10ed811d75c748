"""Who may come to this service at all, and who may write."""

from typing import Annotated

from atrium_chassis.problems import Forbidden, NotFound
from atrium_chassis.viewer import CurrentViewer, Side, Viewer
from fastapi import Depends

PEOPLE = frozenset({Side.PROVIDER, Side.CUSTOMER})


async def _person(viewer: CurrentViewer) -> Viewer:
    """Holders of report links see the report, nothing of the plan."""
    if viewer.side not in PEOPLE:
        raise NotFound()
    return viewer


async def _writer(viewer: Annotated[Viewer, Depends(_person)]) -> Viewer:
    """“View as” looks with a customer's eyes and has no hands."""
    if viewer.preview is not None:
        raise Forbidden("This is a preview: nothing can be changed in it.", "read_only")
    return viewer


PersonViewer = Annotated[Viewer, Depends(_person)]
Writer = Annotated[Viewer, Depends(_writer)]
