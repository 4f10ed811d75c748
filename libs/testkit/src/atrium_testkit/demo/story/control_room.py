"""The control room migration: the alarm limits wait for Maya's sign-off of version 3 of the alarm philosophy."""

from atrium_testkit.demo.documents import png, xlsx
from atrium_testkit.demo.story.alarm_philosophy import philosophy
from atrium_testkit.demo.story.bluepeak_papers import DESK, LIMITS, XLSX, failover_plan
from atrium_testkit.demo.story.control_room_plan import PHASES
from atrium_testkit.demo.story.shapes import (
    Approval,
    Ask,
    Document,
    Message,
    Project,
    Status,
    Talk,
    Version,
)

DOCUMENTS = (
    Document(
        "alarm",
        "Alarm philosophy.pdf",
        "application/pdf",
        (
            Version((-42, "09:50"), "nora", "First draft for the kick-off at Ardal.", philosophy(1)),
            Version((-27, "10:50"), "jan", "Limits for the four stations of the pilot.", philosophy(2)),
            Version((-2, "09:40"), "jan", "All twelve stations; both of Tom’s points are in it.", philosophy(3)),
        ),
        approvals=(Approval((-22, "10:40"), "maya", "alarm", "Good for the pilot."),),
    ),
    Document(
        "desk",
        "Ardal desk layout.png",
        "image/png",
        (
            Version((-11, "11:10"), "jan", "First round.", png("Ardal desk, round 1", DESK[:4])),
            Version((-1, "15:30"), "jan", "Alarm list moved left.", png("Ardal desk, round 2", DESK)),
        ),
    ),
    Document(
        "limits",
        "Limits by station.xlsx",
        XLSX,
        (Version((-6, "13:20"), "jan", "148 limits of twelve stations.", LIMITS),),
    ),
    Document(
        "failover",
        "Failover test plan.pdf",
        "application/pdf",
        (
            Version((-24, "16:10"), "jan", "Draft.", failover_plan(1)),
            Version((-16, "10:20"), "jan", "After the dry run.", failover_plan(2)),
            Version((-9, "14:30"), "jan", "With your times.", failover_plan(3)),
            Version((-5, "11:45"), "jan", "As agreed at Ardal.", failover_plan(4)),
        ),
    ),
    Document(
        "margin",
        "Margin calculation.xlsx",
        XLSX,
        (Version((-12, "17:10"), "nora", "Internal.", xlsx("Margin", [["Position", "EUR"], ["Hardware", 184000.0]])),),
        "internal",
    ),
)

TALKS = (
    Talk(
        "file:alarm",
        "shared",
        (
            Message((-7, "11:10"), "maya", "The pilot is over soon. Can the philosophy speak of all twelve stations?"),
            Message((-2, "09:44"), "jan", "It does, from version 3 on; their limits are in annex B."),
        ),
        title="Twelve stations, not four",
        point="page=7&x=0.93&y=0.174",
        closed=((-2, "11:25"), "maya"),
    ),
    Talk(
        "file:alarm",
        "shared",
        (
            Message((-6, "14:22"), "tom", "60 seconds is too long at the Ardal desk. 30 is what we train."),
            Message((-2, "09:46"), "jan", "Priority 2 clears after 30 seconds now, there and in the test network."),
        ),
        title="Priority 2, clearing",
        point="page=7&x=0.585&y=0.3",
    ),
    Talk(
        "file:alarm",
        "shared",
        (
            Message((-6, "14:31"), "tom", "Eight hours outlast a shift. Four, and not for priority 1."),
            Message((-2, "09:48"), "jan", "Four hours; priority 1 only by the shift lead."),
        ),
        title="Shelving: four hours",
        point="page=7&x=0.93&y=0.569",
        closed=((-2, "15:45"), "tom"),
    ),
    Talk(
        "file:failover",
        "shared",
        (
            Message((-13, "14:05"), "tom", "Page 2: who calls the grid operator?"),
            Message((-9, "14:40"), "jan", "The shift lead, before step 1. It is in version 3."),
        ),
    ),
    Talk(
        "item:alarm",
        "shared",
        (
            Message(
                (-2, "09:55"),
                "nora",
                "Version 3 has the limits for all twelve stations: section 4 and annex B. The rest is as you approved it.",
            ),
            Message((-2, "15:40"), "tom", "Approved for the control room from my side."),
            Message((-1, "09:15"), "maya", "Is the 30 seconds for priority 2 already in the simulator?"),
            Message(
                (-1, "11:30"), "jan", "Yes. Priority 2 now clears after 30 seconds, there and in the test network."
            ),
        ),
    ),
    Talk(
        "item:alarm",
        "internal",
        (
            Message(
                (-7, "10:15"),
                "jan",
                "The 60 seconds come from Voltar’s default. Nobody checked it against the customer’s spec.",
            ),
            Message((-7, "10:40"), "nora", "Can Voltar confirm 30 without new firmware?"),
            Message(
                (-6, "08:55"),
                "jan",
                "Yes, parameter only. I want it in writing before we promise anything; that also helps the claim.",
            ),
        ),
    ),
    Talk(
        "item:desk",
        "shared",
        (
            Message((-1, "15:35"), "jan", "Second round is up: the alarm list is now left of the trends."),
            Message((-1, "16:20"), "tom", "Better. The handover could be larger."),
        ),
    ),
    Talk(
        "project",
        "shared",
        (Message((-3, "15:10"), "nora", "Three dates for the failover test are in the item; one is enough."),),
    ),
    Talk(
        "request:historian",
        "shared",
        (
            Message(
                (-1, "10:05"), "jan", "We see it too, on both servers. I compare the raw data of the stations today."
            ),
            Message((-1, "10:50"), "maya", "Thank you. Our disturbance report is due on {+4:weekday}."),
        ),
    ),
    Talk(
        "figure:progress",
        "shared",
        (
            Message(
                (-5, "13:50"), "maya", "The curve is flat since the test network. Should that worry the committee?"
            ),
            Message((-5, "15:15"), "nora", "No: the twelve stations go in together, right after your sign-off."),
        ),
    ),
)

REQUESTS = (
    Ask(
        "shift",
        (-46, "11:10"),
        "tom",
        "Access for the new shift lead",
        "access",
        "time",
        "Helen Marsh starts at Ardal next month and needs the test system.",
        (((-46, "13:30"), "jan", "take", {}), ((-45, "09:40"), "jan", "finish", {})),
    ),
    Ask(
        "screen",
        (-29, "10:25"),
        "maya",
        "Second screen for the shift desk",
        "wish",
        "time",
        "A second screen next to the phone.",
        (((-28, "09:15"), "jan", "take", {}), ((-23, "16:00"), "jan", "finish", {})),
    ),
    Ask(
        "firmware",
        (-12, "14:20"),
        "tom",
        "Firmware for station 7",
        "question",
        "time",
        "When does station 7 get version 4.2?",
        (((-11, "09:30"), "jan", "take", {}), ((-10, "11:15"), "jan", "hand_on", {"third_party": "Voltar"})),
    ),
    Ask(
        "historian",
        (-2, "08:50"),
        "maya",
        "Historian export drops milliseconds",
        "fault",
        "hinders",
        "Since {-3:weekday} the export rounds time stamps to whole seconds. We need milliseconds for the disturbance"
        " report.",
        (((-2, "09:25"), "jan", "take", {}),),
    ),
)

CONTROL_ROOM = Project(
    title="Control room migration",
    goal="Twelve stations run from one control room at Ardal from {+51}.",
    statuses=(
        Status((-56, "16:20"), "on_track", "The surveys have begun; all twelve stations are on the list."),
        Status((-21, "16:45"), "on_track", "Version 2 of the alarm philosophy is signed off; the pilot can begin."),
        Status(
            (-1, "16:40"),
            "on_track",
            "All twelve stations answer in the test network. The alarm limits are the one thing on the critical path;"
            " your sign-off unlocks them.",
        ),
    ),
    lead="nora",
    contacts=(("nora", "Project lead"), ("jan", "Engineering")),
    touchpoint=(5, "Weekly call", 30),
    span=(-60, 51),
    phases=PHASES,
    documents=DOCUMENTS,
    talks=TALKS,
    requests=REQUESTS,
    report=(
        (-55, "11:00"),
        "Steering committee",
        "Where the control room stands, for the meeting of the steering committee.",
    ),
)
