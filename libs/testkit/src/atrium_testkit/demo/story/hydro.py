"""The hydro sites' telemetry: drawings of Glen Mor are missing."""

from atrium_testkit.demo.documents import xlsx
from atrium_testkit.demo.papers import Chapter, Cover, Text, pdf
from atrium_testkit.demo.story.bluepeak_papers import XLSX
from atrium_testkit.demo.story.shapes import (
    Ask,
    Document,
    Line,
    Message,
    Phase,
    Project,
    Status,
    Step,
    Talk,
    Version,
)

SURVEY = Phase(
    "Survey",
    4,
    (
        Line("Site visits", -19, state="done"),
        Line("Radio plan of the four valleys", -13, state="done"),
        Line("Survey complete", -11, kind="milestone", state="done"),
        Line("Level sensors chosen", -6, state="done"),
        Line(
            "Network drawings for the Glen Mor site",
            2,
            note="One of four files received: power, radio and cabinet are missing.",
            workflow="document_request",
            born=-12,
            asked=("maya",),
            steps=(
                Step((-5, "11:00"), "maya", "hand_in"),
                Step((-4, "10:05"), "jan", "return", "Power is there; radio, cabinet and earthing are still missing."),
            ),
            key="drawings",
        ),
        Line(
            "Cable list from Tom Reed, version 2",
            2,
            reads="Cable list",
            state="in_progress",
            since=-10,
            born=-17,
            file="cables",
        ),
        Line(
            "Radio survey Loch Varn",
            5,
            "internal",
            internal="Subcontractor may be two weeks late.",
            hours=20,
            born=-15,
        ),
    ),
    born=-28,
)

INSTALLATION = Phase(
    "Installation",
    40,
    (
        Line("Order radio links", 8, "placeholder"),
        Line("Install Glen Mor", 24, reads="Installation at Glen Mor"),
        Line("Install Loch Varn", 30, "internal", reads="Installation at Loch Varn"),
        Line(
            "Which gateway address range may we use?",
            3,
            kind="issue",
            state="answer",
            since=-1,
            born=-2,
            says="10.40.0.0 or 10.48.0.0: which one may we use?",
            asked=("tom",),
            note="Two ranges are free; both would work.",
        ),
        Line("Glen Mor online", 26, kind="milestone"),
        Line("Loch Varn online", 34, kind="milestone"),
    ),
    born=-16,
)

ACCEPTANCE = Phase(
    "Acceptance",
    80,
    (
        Line("Acceptance test", 70, "placeholder"),
        Line("Four sites online", 72, kind="milestone"),
        Line("Handover", 80, kind="milestone"),
        Line(
            "Price reserve for winter work",
            60,
            "internal",
            owner="nora",
            internal="Reserve 18 000, keep for {+60:month}.",
        ),
        Line(
            "Winter access to Loch Varn is limited",
            50,
            kind="risk",
            note="The road may be closed for up to a week.",
        ),
    ),
    born=-10,
)

HYDRO = Project(
    title="Hydro site telemetry",
    goal="Four hydro sites report level, flow and gate position every ten seconds.",
    statuses=(
        Status((-26, "15:30"), "on_track", "The visits of all four sites are booked."),
        Status(
            (-4, "17:05"),
            "needs_attention",
            "The network drawings of Glen Mor are missing; without them we cannot order the radio links.",
        ),
    ),
    lead="jan",
    contacts=(("jan", "Project lead"), ("nora", "Contract")),
    touchpoint=(3, "Site call Glen Mor", 45),
    span=(-30, 90),
    phases=(SURVEY, INSTALLATION, ACCEPTANCE),
    documents=(
        Document(
            "cables",
            "Cable list.xlsx",
            XLSX,
            (
                Version(
                    (-20, "09:35"),
                    "tom",
                    "As built in 2019.",
                    xlsx("Cables", [["Cable", "From", "To"], ["W1", "K1", "K7"]]),
                ),
                Version(
                    (-11, "15:50"),
                    "tom",
                    "Corrected after the visit.",
                    xlsx("Cables", [["Cable", "From", "To"], ["W1", "K1", "K7"], ["W2", "K2", "K9"]]),
                ),
            ),
        ),
        Document(
            "power",
            "Glen Mor power.pdf",
            "application/pdf",
            (
                Version(
                    (-5, "10:30"),
                    "maya",
                    "First of four.",
                    pdf(
                        "Glen Mor power",
                        "for Bluepeak Energy",
                        (
                            Cover(("Drawings of the station", "Part 1 of 4")),
                            Chapter("1  Feeders"),
                            Text("Two feeders of 400 V, one spare. Each has its own meter in cabinet K7."),
                            Chapter("2  Cabinets"),
                            Text("K1 to K9 stand in the hall, K10 in the gate house. Cables enter from below."),
                        ),
                    ),
                ),
            ),
        ),
    ),
    talks=(
        Talk(
            "item:drawings",
            "shared",
            (
                Message(
                    (-4, "10:10"), "jan", "Power has arrived, thank you. Radio, cabinet and earthing are still open."
                ),
            ),
        ),
        Talk(
            "project",
            "shared",
            (
                Message((-4, "14:20"), "jan", "With the drawings by Monday we order the links this year."),
                Message((-3, "09:05"), "maya", "I am chasing our contractor."),
            ),
        ),
        Talk(
            "project",
            "internal",
            (
                Message(
                    (-3, "11:25"),
                    "nora",
                    "If the drawings slip past Monday, the radio links move to {+60:month}.",
                ),
            ),
        ),
    ),
    requests=(
        Ask(
            "access",
            (-1, "16:10"),
            "tom",
            "Access to the telemetry test page",
            "access",
            "time",
            "For two colleagues of the night shift.",
        ),
    ),
    report=((-25, "10:30"), "Telemetry status", "Progress of the four hydro sites."),
)
