"""The plan of the control room migration."""

from atrium_testkit.demo.story.shapes import Line, Phase, Step

ENGINEERING = Phase(
    "Engineering",
    1,
    (
        Line("Site survey Ardal and Glen Mor", -49, state="done"),
        Line("Stations surveyed", -46, kind="milestone", state="done"),
        Line("Interfaces of the old control system", -41, state="done"),
        Line("Requirements agreed", -36, kind="milestone", state="done", owner="nora"),
        Line(
            "Signal list, 1 840 points",
            -31,
            reads="Signal list of all stations",
            steps=(
                Step((-40, "09:20"), "jan", "start"),
                Step((-34, "14:10"), "jan", "ask_confirmation", "All 1 840 points are in the list.", ("tom",)),
                Step((-31, "10:35"), "tom", "confirmed"),
            ),
        ),
        Line(
            "Alarm philosophy (EEMUA 191), v3",
            0,
            reads="Alarm philosophy, version 3",
            note="Nordwind configures the alarm limits of all twelve stations once you sign off.",
            internal="Customer expects 30 s for priority 2; Voltar default is 60 s.",
            workflow="sign_off",
            born=-44,
            steps=(
                Step((-27, "11:20"), "jan", "submit", "Version 2 is ready for your review.", ("tom",)),
                Step((-25, "15:05"), "tom", "reviewed", "", ("maya",)),
            ),
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
            since=-6,
            born=-12,
        ),
        Line(
            "Ardal desk layout, second round",
            1,
            reads="Screen layout for the Ardal control desk",
            note="Two screens: is the alarm list where the shift lead expects it?",
            born=-15,
            steps=(
                Step((-14, "09:10"), "jan", "start"),
                Step((-11, "11:30"), "jan", "ask_review", "The first round is up.", ("maya",)),
                Step((-9, "16:15"), "maya", "send_back", "The alarm list belongs left of the trends."),
                Step((0, ""), "jan", "ask_review", "Second round: the alarm list is on the left.", ("maya",)),
            ),
            file="desk",
            key="desk",
        ),
        Line("Test network up", -10, kind="milestone", state="done"),
    ),
    born=-57,
)

CONFIGURATION = Phase(
    "Configuration",
    11,
    (
        Line(
            "Alarm limits, 12 stations",
            4,
            reads="Configure alarm limits for 12 stations",
            note="Starts after your sign-off.",
            born=-3,
        ),
        Line(
            "Historian export: Voltar buffer fault",
            3,
            "internal",
            reads="Historian export keeps milliseconds",
            internal="Voltar admits the buffer is theirs. Not for Bluepeak before the fix is tested.",
            state="in_progress",
            since=-1,
            born=-2,
            key="historian",
        ),
        Line("Servers A and B installed", -17, state="done"),
        Line("Firewall rules of the test network", -12, state="done"),
        Line("Pilot stations in the test network", -5, reads="Four pilot stations in the test network", state="done"),
        Line(
            "Load test on the spare server",
            5,
            "internal",
            reads="Load test on the second server",
            hours=14,
            born=-9,
        ),
        Line(
            "Failover dry run before the real one",
            7,
            "internal",
            reads="Failover rehearsal at Ardal",
            state="confirm",
            since=-2,
            born=-9,
        ),
        Line("Firmware 4.2 for the gateways", 9, "placeholder", state="waiting", since=-8, third="Voltar", born=-13),
        Line(
            "Claim against Voltar for late firmware",
            10,
            "internal",
            owner="nora",
            internal="Penalty 0.5 % a day from {+9}, at most 5 %. Do not mention to Bluepeak.",
            born=-8,
        ),
        Line("Alarm set in the test network", 11, kind="milestone"),
    ),
    born=-26,
)

SWITCH_OVER = Phase(
    "Switch-over",
    51,
    (
        Line(
            "Failover test date",
            4,
            reads="Agree a date for the failover test",
            note="Three proposed times, 45 minutes each.",
            state="sync",
            since=-3,
            born=-6,
            says="We propose {+5} at 10:00, {+6} at 14:00 or {+8} at 09:00, 45 minutes each.",
            asked=("maya",),
        ),
        Line(
            "Operator training schedule",
            6,
            owner="nora",
            state="in_progress",
            since=-4,
            born=-7,
            note="Two groups of six, one day each.",
        ),
        Line(
            "Operator training on {+10}",
            6,
            reads="Confirm the operator training on {+10}",
            state="confirm",
            since=0,
            born=-4,
            says="Two groups of six, both days from 08:00 to 16:00. Do they suit the shifts?",
            owner="nora",
            asked=("tom",),
        ),
        Line("Failover tested", 20, kind="milestone"),
        Line("Operators trained", 33, kind="milestone", owner="nora"),
        Line("Night switch-over Ardal", 40, "placeholder", until=42),
        Line("Control room live", 51, kind="milestone", owner="nora"),
    ),
    born=-19,
)

RISKS = Phase(
    "Risks and decisions",
    51,
    (
        Line(
            "Gateway firmware may come after {+9}",
            9,
            kind="risk",
            note="Then the pilot stations run with the old version; tested.",
            born=-8,
        ),
        Line("Servers stay at Ardal, not in the cloud", -37, kind="decision", state="done", owner="nora", born=-42),
        Line(
            "Old desk stays in use until end of {+66:month}",
            -6,
            kind="decision",
            state="done",
            owner="nora",
            born=-13,
        ),
    ),
    born=-42,
)

PHASES = (ENGINEERING, CONFIGURATION, SWITCH_OVER, RISKS)
