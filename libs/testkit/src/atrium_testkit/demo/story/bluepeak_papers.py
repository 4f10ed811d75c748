"""Bluepeak Energy's documents."""

from atrium_testkit.demo.calendar import dated_text
from atrium_testkit.demo.documents import Section, pdf, xlsx

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


def philosophy(version: int) -> bytes:
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


def failover_plan(version: int) -> bytes:
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
