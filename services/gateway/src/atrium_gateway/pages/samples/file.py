"""A file at one of its pages, in every state that its preview can be in."""

from dataclasses import replace

from atrium_gateway.pages.presenting.files import FilePage, FileVersion
from atrium_gateway.pages.presenting.shapes import Audience, Choice, Form, Verb
from atrium_gateway.pages.presenting.thread import Message, Thread
from atrium_gateway.pages.presenting.viewing import NewPoint, Point, PreviewState, Viewer
from atrium_gateway.pages.samples.house import JAN, MAYA, NORA, TODAY, TOM, days
from atrium_gateway.pages.samples.paper import sheets
from atrium_gateway.pages.samples.portal import FORM
from atrium_gateway.pages.samples.work import COMPOSER, HASH, SHARED_THREAD, UPLOAD

CLEARING = "60 seconds is too long at the Ardal desk. 30 is what we train."
POINTS = (
    Point(
        id="p1",
        number=1,
        page=7,
        x=0.83,
        y=0.17,
        title="Twelve stations, not four",
        url="/files/1?page=7&point=p1#points",
        audience="shared",
        version=2,
        by=MAYA,
        at=days(30),
        messages=2,
        closed_by=MAYA,
        closed_at=days(2),
        settle=FORM,
    ),
    Point(
        id="p2",
        number=2,
        page=7,
        x=0.55,
        y=0.42,
        title=CLEARING,
        url="/files/1?page=7&point=p2#points",
        audience="shared",
        version=2,
        by=TOM,
        at=days(13),
        messages=2,
        is_chosen=True,
        settle=FORM,
    ),
    Point(
        id="p3",
        number=3,
        page=7,
        x=0.83,
        y=0.64,
        title="Shelving: four hours",
        url="/files/1?page=7&point=p3#points",
        audience="shared",
        version=3,
        by=TOM,
        at=days(2),
        messages=1,
        unread=True,
        closed_by=TOM,
        closed_at=days(2),
    ),
    Point(
        id="p4",
        number=4,
        page=8,
        x=0.2,
        y=0.3,
        title="Is annex B complete?",
        url="/files/1?page=8&point=p4#points",
        audience="shared",
        version=3,
        by=MAYA,
        at=days(1),
        messages=1,
    ),
)
POINT_THREAD = Thread(
    "p2",
    "",
    "shared",
    (MAYA, TOM, NORA, JAN),
    (
        Message("p2a", days(13), CLEARING, TOM),
        Message("p2b", days(0.01), "Priority 2 now clears after 30 seconds, there and in the test network.", JAN),
    ),
    COMPOSER,
    is_point=True,
)
PLACES = (Choice("0.150,0.150", "Top left"), Choice("0.500,0.500", "Middle"), Choice("0.850,0.850", "Bottom right"))
BEGUN = Thread(
    "",
    "",
    "shared",
    (MAYA, TOM, NORA, JAN),
    (),
    Form("/threads", "k"),
    subject="files/1/versions/3?page=7",
    is_point=True,
)
AUDIENCES: tuple[tuple[Audience, str], ...] = (
    ("shared", "/files/1?page=7&at=0.500%2C0.500#points"),
    ("private", "/files/1?page=7&at=0.500%2C0.500&audience=private#points"),
)
NEW_POINT = NewPoint(0.5, 0.5, PLACES, BEGUN, AUDIENCES)
NEW_PRIVATE_POINT = replace(NEW_POINT, thread=replace(BEGUN, audience="private", readers=(MAYA, TOM)))
VIEWER = Viewer(
    "ready",
    3,
    3,
    7,
    14,
    sheets(14, {7: 1, 8: 1}),
    POINTS,
    before_url="/files/1?page=6",
    next_url="/files/1?page=8",
    smaller_url="/files/1?page=7&zoom=75",
    larger_url="/files/1?page=7&zoom=125",
    add_url="/files/1?page=7&at=0.5,0.5#points",
    current_url="/files/1",
)


def _viewed(state: PreviewState, version: int = 3) -> Viewer:
    return Viewer(state, version, 3, current_url="/files/1")


FILE = FilePage(
    "1",
    "Alarm philosophy",
    "pdf",
    "1",
    "Control room migration",
    "application/pdf",
    (
        FileVersion(
            3,
            "current",
            HASH,
            2_400_000,
            JAN,
            days(2),
            "All twelve stations; both of Tom’s points are in it.",
            download_url="/d",
            open_url="/files/1?version=3",
            compare_url="/files/1/compare?from=2&to=3",
            compared_with=2,
            asked=Verb("sign_off"),
        ),
        FileVersion(
            2,
            "superseded",
            "61d8" + "0" * 56 + "07bc",
            2_200_000,
            JAN,
            days(34),
            "Limits for the four stations of the pilot. You signed it off on Tue 20 Oct.",
            approved_by=MAYA,
            approved_at=days(30),
            superseded_by=3,
            download_url="/d",
            restore=FORM,
            open_url="/files/1?version=2",
            compare_url="/files/1/compare?from=1&to=2",
            compared_with=1,
        ),
        FileVersion(
            1,
            "superseded",
            "c05a" + "0" * 56 + "9e12",
            2_000_000,
            NORA,
            days(45),
            "First draft for the kick-off at Ardal.",
            download_url="/d",
            restore=FORM,
            open_url="/files/1?version=1",
        ),
    ),
    VIEWER,
    Verb("sign_off"),
    "customer",
    TODAY,
    "/items/1",
    upload=UPLOAD,
    thread=SHARED_THREAD,
    point=POINT_THREAD,
)

BARE = replace(FILE, point=None, thread=None)
CLOSED = replace(
    FILE,
    viewer=replace(VIEWER, points=(replace(POINTS[0], is_chosen=True), replace(POINTS[1], is_chosen=False), POINTS[2])),
)
OLD = replace(
    BARE,
    viewer=replace(VIEWER, version=2, add_url="", zoom=150, points=POINTS[:1]),
    verb=None,
    turn="nobody",
    due=None,
    act_url="",
)
NEW = replace(BARE, viewer=replace(VIEWER, points=(), sheets=sheets(14, {})), new_point=NEW_POINT)
NEW_PRIVATE = replace(NEW, new_point=NEW_PRIVATE_POINT)
MAKING = replace(BARE, viewer=_viewed("making"))
NONE = replace(BARE, extension="step", media_type="model/step", viewer=_viewed("none"))
FAILED = replace(BARE, viewer=_viewed("failed"))
REJECTED = replace(
    BARE,
    viewer=_viewed("rejected", 4),
    versions=(
        FileVersion(4, "rejected", "", 900_000, JAN, days(0.01), reason="Rejected: the virus scan found something."),
        *FILE.versions,
    ),
)
STATES = {
    "file-closed-point": CLOSED,
    "file-old": OLD,
    "file-new-point": NEW,
    "file-new-private-point": NEW_PRIVATE,
    "file-making": MAKING,
    "file-none": NONE,
    "file-failed": FAILED,
    "file-rejected": REJECTED,
}
