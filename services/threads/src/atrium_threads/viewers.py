"""Whom conversations are for: people of either side, never the holder of a report link."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from atrium_chassis.problems import Forbidden
from atrium_chassis.viewer import CurrentViewer, Side, Viewer
from fastapi import Depends


async def _person_viewer(viewer: CurrentViewer) -> Viewer:
    if viewer.side not in (Side.PROVIDER, Side.CUSTOMER):
        raise Forbidden("Conversations are for people who are signed in.")
    return viewer


#: A viewer of the provider's or the customer's side; 403 for others.
PersonViewer = Annotated[Viewer, Depends(_person_viewer)]


@dataclass(frozen=True)
class Writer:
    """Somebody who may write."""

    person: UUID
    side: Side


async def _writer(viewer: PersonViewer) -> Writer:
    if viewer.preview is not None or viewer.person is None:
        raise Forbidden("This view is for reading only.", "read_only")
    return Writer(viewer.person, viewer.side)


#: The viewer as somebody who writes; 403 for a preview.
CurrentWriter = Annotated[Writer, Depends(_writer)]
