"""Bluepeak Energy, English: the control room migration and the hydro sites' telemetry."""

from atrium_testkit.demo.calendar import dated_text
from atrium_testkit.demo.documents import Section, pdf, png, xlsx
from atrium_testkit.demo.story.shapes import Ask, Document, House, Line, Phase, Project, Talk, Version

PRIORITIES_2 = (
    ("Priority", "Act within", "Clears by itself", "Share of alarms"),
    ("1, high", "3 minutes", "never", "5 %"),
    ("2, medium", "10 minutes", "after 60 seconds", "15 %"),
    ("3, low", "30 minutes", "after 10 seconds", "80 %"),
)
PRIORITIES_3 = (*PRIORITIES_2[:2], ("2, medium", "10 minutes", "after 30 seconds", "15 %"), PRIORITIES_2[3])
STATIONS = (
    ("Station", "Measurement", "Low", "High", "Dead band"),
    ("Ardal", "Intake level", "1.20 m", "4.60 m", "0.05 m"),
    ("Ardal", "Bearing temperature", "-", "85 C", "2 C"),
    ("Glen Mor", "Penstock pressure", "8.4 bar", "12.6 bar", "0.2 bar"),
    ("Loch Varn", "Gate position", "-", "96 %", "1 %"),
    ("Strath Ewe", "Intake level", "0.90 m", "3.75 m", "0.05 m"),
)


def _philosophy(version: int) -> bytes:
    stations = "all twelve stations" if version == 3 else "the four stations of the pilot"
    shelving = "four hours" if version == 3 else "eight hours"
    sections = (
        Section(
            "Purpose", f"This document says which alarms the control room shows and for whom. It holds for {stations}."
        ),
        Section(
            "Alarm limits and priorities",
            "An alarm is shown only when an operator has to act; everything else is logged as an event.",
            PRIORITIES_3 if version == 3 else PRIORITIES_2,
        ),
        Section("Limits by station", dated_text(f"The limits apply to {stations} from {{+11}}.", "en"), STATIONS),
        Section(
            "Shelving",
            f"An operator may shelve an alarm for at most {shelving}. Alarms of priority 1 are shelved by the shift lead"
            " alone. Every shelved alarm stands in the handover of the shift and returns by itself when the time is over.",
        ),
        Section(
            "Floods of alarms",
            "More than ten alarms in ten minutes at one desk count as a flood and are grouped by station.",
        ),
    )
    return pdf("Alarm philosophy", f"for Bluepeak Energy, version {version}", sections, 14)


def _plan(version: int) -> bytes:
    steps = Section(
        "Steps",
        f"Failover from server A to server B, rehearsal {version}. Operators stay at the Ardal desk throughout.",
        (
            ("Step", "Who", "Time"),
            ("Freeze switching", "Shift lead", "00:10"),
            ("Move the historian", "Nordwind", "00:25"),
        ),
    )
    return pdf("Failover test plan", f"for Bluepeak Energy, version {version}", (steps,), 4)


LIMITS = xlsx(
    "Limits",
    [["Station", "Tag", "Low", "High", "Unit"]]
    + [[name, f"{name[:3].upper()}-{n:03}", round(0.4 + n * 0.05, 2), round(3.1 + n * 0.11, 2), "m"]
       for name in ("Ardal", "Glen Mor", "Loch Varn", "Strath Ewe") for n in range(1, 38)],
)  # fmt: skip
DESK = ("Overview wall", "Ardal", "Glen Mor", "Alarm list", "Trends", "Handover")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CONTROL_ROOM = Project(
    title="Control room migration",
    goal="Twelve stations run from one control room at Ardal from {+51}.",
    status="on_track",
    status_text="All twelve stations answer in the test network. The alarm limits are the one thing on the critical path;"
    " your sign-off unlocks them.",
    lead="nora",
    contacts=(("nora", "Project lead"), ("jan", "Engineering")),
    touchpoint=(5, "Weekly call", 30),
    span=(-60, 51),
    phases=(
        Phase(
            "Engineering",
            1,
            (
                Line("Site survey Ardal and Glen Mor", -34, state="done"),
                Line("Stations surveyed", -33, kind="milestone", state="done"),
                Line("Requirements agreed", -28, kind="milestone", state="done", owner="nora"),
                Line(
                    "Alarm philosophy (EEMUA 191), v3",
                    0,
                    reads="Alarm philosophy, version 3",
                    note="Nordwind configures the alarm limits of all twelve stations once you sign off.",
                    internal="Customer expects 30 s for priority 2; Voltar default is 60 s.",
                    workflow="sign_off",
                    asked=("maya",),
                    file="alarm",
                    key="alarm",
                ),
                Line(
                    "Margin check on station hardware",
                    1,
                    "internal",
                    owner="nora",
                    internal="Margin 11 % if Voltar does not deliver the gateways before {+9}.",
                    state="in_progress",
                ),
                Line(
                    "Ardal desk layout, second round",
                    1,
                    reads="Screen layout for the Ardal control desk",
                    note="Two screens: is the alarm list where the shift lead expects it?",
                    state="review",
                    asked=("maya",),
                    file="desk",
                    key="desk",
                ),
                Line("Test network up", -10, kind="milestone", state="done"),
            ),
        ),
        Phase(
            "Configuration",
            11,
            (
                Line(
                    "Alarm limits, 12 stations",
                    4,
                    reads="Configure alarm limits for 12 stations",
                    note="Starts after your sign-off.",
                ),
                Line(
                    "Historian export: Voltar buffer fault",
                    3,
                    "internal",
                    reads="Historian export keeps milliseconds",
                    internal="Voltar admits the buffer is theirs. Not for Bluepeak before the fix is tested.",
                    state="in_progress",
                    key="historian",
                ),
                Line("Load test on the spare server", 5, "internal", reads="Load test on the second server", hours=14),
                Line(
                    "Failover dry run before the real one",
                    7,
                    "internal",
                    reads="Failover rehearsal at Ardal",
                    state="confirm",
                ),
                Line("Firmware 4.2 for the gateways", 9, "placeholder", state="waiting", third="Voltar"),
                Line(
                    "Claim against Voltar for late firmware",
                    10,
                    "internal",
                    owner="nora",
                    internal="Penalty 0.5 % a day from {+9}, at most 5 %. Do not mention to Bluepeak.",
                ),
                Line("Alarm set in the test network", 11, kind="milestone"),
            ),
        ),
        Phase(
            "Switch-over",
            51,
            (
                Line(
                    "Failover test date",
                    4,
                    reads="Agree a date for the failover test",
                    note="Three proposed times, 45 minutes each.",
                    state="sync",
                    asked=("maya",),
                ),
                Line(
                    "Operator training schedule",
                    6,
                    owner="nora",
                    state="in_progress",
                    note="Two groups of six, one day each.",
                ),
                Line(
                    "Operator training on {+10}",
                    6,
                    reads="Confirm the operator training on {+10}",
                    state="confirm",
                    owner="nora",
                    asked=("tom",),
                ),
                Line("Failover tested", 13, kind="milestone"),
                Line("Operators trained", 15, kind="milestone", owner="nora"),
                Line("Night switch-over Ardal", 40, "placeholder"),
                Line("Control room live", 51, kind="milestone", owner="nora"),
            ),
        ),
        Phase(
            "Risks and decisions",
            51,
            (
                Line(
                    "Gateway firmware may come after {+9}",
                    9,
                    kind="risk",
                    note="Then the pilot stations run with the old version; tested.",
                ),
                Line("Old desk stays in use until end of {+66:month}", -6, kind="decision", state="done", owner="nora"),
            ),
        ),
    ),
    documents=(
        Document(
            "alarm",
            "Alarm philosophy.pdf",
            "application/pdf",
            (
                Version("nora", "First draft for the kick-off at Ardal.", _philosophy(1)),
                Version("jan", "Limits for the four stations of the pilot.", _philosophy(2)),
                Version("jan", "All twelve stations; both of Tom’s points are in it.", _philosophy(3)),
            ),
        ),
        Document(
            "desk",
            "Ardal desk layout.png",
            "image/png",
            (
                Version("jan", "First round.", png("Ardal desk, round 1", DESK[:4])),
                Version("jan", "Alarm list moved left.", png("Ardal desk, round 2", DESK)),
            ),
        ),
        Document("limits", "Limits by station.xlsx", XLSX, (Version("jan", "148 limits of twelve stations.", LIMITS),)),
        Document(
            "failover",
            "Failover test plan.pdf",
            "application/pdf",
            tuple(
                Version("jan", note, _plan(n))
                for n, note in enumerate(("Draft.", "After the dry run.", "With your times.", "As agreed at Ardal."), 1)
            ),
        ),
        Document(
            "margin",
            "Margin calculation.xlsx",
            XLSX,
            (Version("nora", "Internal.", xlsx("Margin", [["Position", "EUR"], ["Hardware", 184000.0]])),),
            "internal",
        ),
    ),
    talks=(
        Talk(
            "item:alarm",
            "shared",
            (
                (
                    "nora",
                    "Version 3 has the limits for all twelve stations. Section 4 is new; the rest is as you approved it.",
                ),
                ("tom", "Fine for the control room from my side."),
                ("maya", "Is the 30 seconds for priority 2 already in the simulator?"),
                ("jan", "Yes. Priority 2 now clears after 30 seconds, there and in the test network."),
            ),
        ),
        Talk(
            "item:alarm",
            "internal",
            (
                ("jan", "The 60 seconds come from Voltar’s default. Nobody checked it against the customer’s spec."),
                ("nora", "Can Voltar confirm 30 without new firmware?"),
                (
                    "jan",
                    "Yes, parameter only. I want it in writing before we promise anything; that also helps the claim.",
                ),
            ),
        ),
        Talk(
            "item:desk",
            "shared",
            (
                ("jan", "Second round is up: the alarm list is now left of the trends."),
                ("tom", "Better. The handover could be larger."),
            ),
        ),
        Talk("project", "shared", (("nora", "Three dates for the failover test are in the item; one is enough."),)),
        Talk(
            "file:failover",
            "shared",
            (
                ("tom", "Page 2: who calls the grid operator?"),
                ("jan", "The shift lead, before step 1. It is in version 3."),
            ),
        ),
    ),
    requests=(
        Ask(
            "historian",
            "maya",
            "Historian export drops milliseconds",
            "fault",
            "hinders",
            "Since Monday the export rounds time stamps to whole seconds. We need milliseconds for the disturbance report.",
            (("take", "jan", {}),),
        ),
        Ask(
            "firmware",
            "tom",
            "Firmware for station 7",
            "question",
            "time",
            "When does station 7 get version 4.2?",
            (("take", "jan", {}), ("hand_on", "jan", {"third_party": "Voltar"})),
        ),
        Ask(
            "screen",
            "maya",
            "Second screen for the shift desk",
            "wish",
            "time",
            "A second screen next to the phone.",
            (("take", "jan", {}), ("finish", "jan", {})),
        ),
    ),
    report=("Steering committee", "Where the control room stands, for the meeting of the steering committee."),
)

HYDRO = Project(
    title="Hydro site telemetry",
    goal="Four hydro sites report level, flow and gate position every ten seconds.",
    status="needs_attention",
    status_text="The network drawings of Glen Mor are missing; without them we cannot order the radio links.",
    lead="jan",
    contacts=(("jan", "Project lead"), ("nora", "Contract")),
    touchpoint=(3, "Site call Glen Mor", 45),
    span=(-30, 90),
    phases=(
        Phase(
            "Survey",
            4,
            (
                Line("Site visits", -12, state="done"),
                Line("Survey complete", -8, kind="milestone", state="done"),
                Line(
                    "Network drawings for the Glen Mor site",
                    2,
                    note="One of four files received: power, radio and cabinet are missing.",
                    workflow="document_request",
                    asked=("maya",),
                    key="drawings",
                ),
                Line("Cable list from Tom Reed, version 2", 2, reads="Cable list", state="in_progress", file="cables"),
                Line(
                    "Radio survey Loch Varn", 5, "internal", internal="Subcontractor may be two weeks late.", hours=20
                ),
            ),
        ),
        Phase(
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
                    asked=("tom",),
                    note="Two ranges are free; both would work.",
                ),
                Line("Glen Mor online", 26, kind="milestone"),
                Line("Loch Varn online", 34, kind="milestone"),
            ),
        ),
        Phase(
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
        ),
    ),
    documents=(
        Document(
            "cables",
            "Cable list.xlsx",
            XLSX,
            (
                Version("tom", "As built in 2019.", xlsx("Cables", [["Cable", "From", "To"], ["W1", "K1", "K7"]])),
                Version(
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
                    "maya",
                    "First of four.",
                    pdf("Glen Mor power", "for Bluepeak Energy", (Section("Feeders", "Two feeders, one spare."),), 3),
                ),
            ),
        ),
    ),
    talks=(
        Talk(
            "project",
            "shared",
            (
                ("jan", "With the drawings by Monday we order the links this year."),
                ("maya", "I am chasing our contractor."),
            ),
        ),
        Talk(
            "project", "internal", (("nora", "If the drawings slip past Monday, the radio links move to {+60:month}."),)
        ),
        Talk(
            "item:drawings",
            "shared",
            (("jan", "Power has arrived, thank you. Radio, cabinet and earthing are still open."),),
        ),
    ),
    requests=(
        Ask(
            "access",
            "tom",
            "Access to the telemetry test page",
            "access",
            "time",
            "For two colleagues of the night shift.",
        ),
    ),
    report=("Telemetry status", "Progress of the four hydro sites."),
)

BLUEPEAK = House(
    slug="bluepeak",
    name="Bluepeak Energy",
    language="en",
    people={
        "maya": ("maya.singh@bluepeak.example", "Maya Singh", "owner"),
        "tom": ("tom.reed@bluepeak.example", "Tom Reed", "member"),
    },
    brand={
        "product_name": "Bluepeak Energy",
        "accent": "#0b3fa8",
        "header": "accent",
        "font_heading": "Manrope",
        "font_text": "Inter",
        "sender_name": "Bluepeak Energy",
        "support_address": "portal@bluepeak.example",
    },
    projects=(CONTROL_ROOM, HYDRO),
    private=(
        Talk(
            "item:alarm",
            "private",
            (
                ("maya", "Before I sign: does the night shift agree with four hours of shelving?"),
                ("tom", "They do. I asked them on Wednesday."),
            ),
        ),
    ),
)
