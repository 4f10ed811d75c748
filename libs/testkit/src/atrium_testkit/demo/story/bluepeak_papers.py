"""Bluepeak Energy's documents; the alarm philosophy is in `alarm_philosophy`."""

from atrium_testkit.demo.documents import xlsx
from atrium_testkit.demo.papers import Chapter, Cover, Heading, Table, Text, pdf

STEPS = (
    ("Step", "Who", "Done by"),
    ("Freeze switching at all stations", "Shift lead", "00:10"),
    ("Move the historian to server B", "Nordwind", "00:25"),
    ("Take the alarm list over", "Nordwind", "00:40"),
    ("Release switching", "Shift lead", "00:55"),
)
CALLS = {1: "", 3: " The shift lead calls the grid operator before step 1."}


def failover_plan(version: int) -> bytes:
    calls = CALLS[3 if version >= 3 else 1]
    times = STEPS if version < 4 else (*STEPS[:4], ("Release switching", "Shift lead", "01:05"))
    blocks = (
        Cover(("Document BPE-CRM-0207", "Control room migration")),
        Chapter("1  Before the test"),
        Text(f"Operators stay at the Ardal desk throughout. Rehearsal {version} uses the test network alone.{calls}"),
        Heading("1.1  Who is there"),
        Text("Shift lead, control room lead, two people of Nordwind, and the desk at Glen Mor on the phone."),
        Chapter("2  Steps"),
        Table(times, "Table 1. Times count from the start of the test.", (86, 42, 30), right=(2,)),
        Chapter("3  Going back"),
        Text("Each step can be undone until switching is released. Whoever sees a wrong value says stop, aloud."),
    )
    return pdf(
        "Failover test plan", "for Bluepeak Energy", blocks, version=f"version {version}", reference="BPE-CRM-0207"
    )


LIMITS = xlsx(
    "Limits",
    [["Station", "Tag", "Low", "High", "Unit"]]
    + [[name, f"{name[:3].upper()}-{n:03}", round(0.4 + n * 0.05, 2), round(3.1 + n * 0.11, 2), "m"]
       for name in ("Ardal", "Glen Mor", "Loch Varn", "Strath Ewe") for n in range(1, 38)],
)  # fmt: skip
DESK = ("Overview wall", "Ardal", "Glen Mor", "Alarm list", "Trends", "Handover")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
