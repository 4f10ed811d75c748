"""What is found in the same story, by a customer and by staff."""

from atrium_gateway.pages.presenting.search import Hit, HitGroup, SearchPage
from atrium_gateway.pages.samples.house import MAYA, NORA, days
from atrium_gateway.pages.samples.workspace import BLUEPEAK, HELVETIA

FOUND = SearchPage(
    "alarm",
    ("alarm",),
    groups=(
        HitGroup("projects", (Hit("Alarm rationalisation", "/projects/1", days(1), excerpt="Alarms that help."),)),
        HitGroup(
            "items",
            (
                Hit(
                    "Alarm philosophy, version 3",
                    "/items/1",
                    days(0),
                    "Control room migration",
                    turn="customer",
                    state="Sign-off",
                ),
                Hit("Alarm set in the test network", "/items/2", days(3), "Control room migration", turn="provider"),
            ),
            "more",
        ),
        HitGroup(
            "requests",
            (
                Hit(
                    "Alarm repeats",
                    "/requests/1",
                    days(2),
                    "Fault",
                    "The alarm comes twice.",
                    turn="nobody",
                    number="A-41",
                ),
            ),
        ),
        HitGroup(
            "files",
            (Hit("Alarm philosophy", "/files/1", days(4), audience="shared", extension="pdf", version=3),),
        ),
        HitGroup(
            "threads",
            (
                Hit("Limits", "/threads/1", days(1), "Alarm philosophy", "Alarms at 30 seconds?", MAYA, "shared"),
                Hit("Budget", "/threads/2", days(9), "", "What the alarms may cost us.", MAYA, "private"),
            ),
        ),
    ),
    missing=("reports",),
)
ALONE = SearchPage(
    "alarm",
    ("alarm",),
    "files",
    (HitGroup("files", (Hit("Alarm list", "/files/2", days(2), audience="shared"),), "on"),),
)
NOTHING = SearchPage("gantry", ("gantry",))
STAFF = SearchPage(
    "alarm",
    ("alarm",),
    groups=(
        HitGroup(
            "items",
            (
                Hit(
                    "Alarm philosophy, version 3",
                    "/items/1",
                    days(0),
                    "Control room migration",
                    turn="customer",
                    state="Sign-off",
                    audience="shared",
                    customer=BLUEPEAK,
                ),
                Hit(
                    "Alarm margin",
                    "/items/7",
                    days(1),
                    "Line 2",
                    "What one alarm costs us.",
                    turn="provider",
                    audience="internal",
                    customer=HELVETIA,
                ),
                Hit(
                    "Alarm training",
                    "/items/8",
                    days(5),
                    "Line 2",
                    turn="provider",
                    audience="placeholder",
                    customer=HELVETIA,
                ),
            ),
        ),
        HitGroup(
            "threads",
            (
                Hit("Limits", "/threads/1", days(1), "", "Alarms at 30 seconds?", MAYA, "shared", customer=BLUEPEAK),
                Hit("Rates", "/threads/3", days(2), "", "Alarm hours", NORA, "internal", customer=BLUEPEAK),
            ),
        ),
    ),
)
EMPTY = SearchPage()
