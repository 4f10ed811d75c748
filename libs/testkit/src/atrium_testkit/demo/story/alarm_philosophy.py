"""Bluepeak Energy's alarm philosophy: the draft, the pilot's four stations, all twelve."""

from dataclasses import dataclass

from atrium_testkit.demo.calendar import dated_text
from atrium_testkit.demo.papers import Block, Chapter, Colour, Cover, Heading, Table, Text, pdf

HIGH, MEDIUM, LOW = (200, 34, 52), (217, 116, 20), (201, 161, 15)
MARKS: tuple[Colour, ...] = (HIGH, MEDIUM, LOW)
PILOT = ("Ardal", "Glen Mor", "Kinloch Weir", "Dun Carrick")
#: On which page of annex B each of the other eight stands: two after each of the pilot's.
LATER = ("Loch Varn", "Strath Ewe", "Torridon", "Fannich", "Morar", "Shiel Bridge", "Lochy Intake", "Garry")
MEASUREMENTS = (
    ("Intake level", "m", 0.9, 3.7, 0.05),
    ("Tailrace level", "m", 0.3, 2.1, 0.05),
    ("Penstock pressure", "bar", 8.2, 12.4, 0.2),
    ("Oil pressure, governor", "bar", 38.0, 52.0, 0.5),
    ("Bearing temperature, drive side", "°C", None, 85.0, 2.0),
    ("Bearing temperature, free side", "°C", None, 82.0, 2.0),
    ("Winding temperature", "°C", None, 118.0, 2.0),
    ("Transformer oil", "°C", None, 88.0, 2.0),
    ("Gate position", "%", None, 96.0, 1.0),
    ("Vibration, turbine", "mm/s", None, 4.5, 0.3),
    ("Battery voltage", "V", 108.0, 138.0, 1.0),
    ("Trash rack difference", "m", None, 0.4, 0.02),
    ("Seal water flow", "l/min", 22.0, None, 1.0),
)


@dataclass(frozen=True)
class Draft:
    """What the versions differ in."""

    stations: str
    clearing: str
    level: str
    rows: int
    limits: int
    shelving: str
    last_word: str
    later: bool


DRAFTS = {
    1: Draft("the stations of the pilot.", "90", "4.80", 2, 26, "a whole shift", "", later=False),
    2: Draft("the four stations of the pilot.", "60", "4.80", 3, 52, "eight hours", "", later=False),
    3: Draft(
        "all twelve stations from {+11}.",
        "30",
        "4.60",
        5,
        148,
        "four hours",
        " Alarms of priority 1 are shelved by the shift lead alone.",
        later=True,
    ),
}


def philosophy(version: int) -> bytes:
    draft = DRAFTS[version]
    blocks = (*_beginning(), *_limits(draft), *_end(), *_annex_a(), *_annex_b(version, draft))
    return pdf(
        "Alarm philosophy",
        "for Bluepeak Energy",
        blocks,
        version=f"version {version}",
        reference="BPE-CRM-0192",
    )


def _limits(draft: Draft) -> tuple[Block, ...]:
    excerpt = (
        ("Station", "Measurement", "Low", "High", "Dead band"),
        ("Ardal", "Intake level", "1.20 m", f"{draft.level} m", "0.05 m"),
        ("Ardal", "Bearing temperature", "–", "85 °C", "2 °C"),
        ("Glen Mor", "Penstock pressure", "8.4 bar", "12.6 bar", "0.2 bar"),
        ("Loch Varn", "Gate position", "–", "96 %", "1 %"),
        ("Strath Ewe", "Intake level", "0.90 m", "3.75 m", "0.05 m"),
    )
    priorities = (
        ("Priority", "Act within", "Clears by itself", "Share of alarms"),
        ("1, high", "3 minutes", "never", "5 %"),
        ("2, medium", "10 minutes", f"after {draft.clearing} seconds", "15 %"),
        ("3, low", "30 minutes", "after 10 seconds", "80 %"),
    )
    return (
        Chapter("4  Alarm limits and priorities"),
        Text(
            dated_text(f"The limits below apply to {draft.stations}", "en")
            + " An alarm is shown only when an operator has to act; everything else is logged as an event."
        ),
        Heading("4.1  Priorities"),
        Table(priorities, "Table 3. Priorities and their targets, after EEMUA 191.", (40, 32, 46, 40), marks=MARKS),
        Heading("4.2  Limits by station"),
        Table(
            excerpt[: draft.rows + 1],
            f"Table 4. Excerpt; all {draft.limits} limits are in annex B.",
            (32, 54, 22, 24, 26),
            right=(2, 3, 4),
        ),
        Heading("4.3  Shelving"),
        Text(
            f"An operator may shelve an alarm for at most {draft.shelving}.{draft.last_word} Every shelved alarm stands in"
            " the handover of the shift and returns by itself when the time is over."
        ),
        Heading("4.4  Floods of alarms"),
        Text("More than ten alarms in ten minutes at one desk count as a flood. They are then grouped by station."),
    )


def _beginning() -> tuple[Block, ...]:
    return (
        Cover(
            ("Document BPE-CRM-0192", "Control room migration", "Written by Nordwind Systems, signed off by Bluepeak")
        ),
        Chapter("Contents"),
        Table(
            (
                ("Chapter", "Page"),
                ("1  What this document is for", "3"),
                ("2  What an alarm is", "4"),
                ("3  Who does what", "6"),
                ("4  Alarm limits and priorities", "7"),
                ("5  What the operator sees", "8"),
                ("6  How alarms are changed", "9"),
                ("Annex A  Words", "10"),
                ("Annex B  Limits by station", "11"),
            ),
            widths=(138, 20),
            right=(1,),
        ),
        Chapter("1  What this document is for"),
        Text(
            "Operators at the Ardal desk act on what the control room shows them. In the old system most of what it showed"
            " asked for nothing: in the year before the migration began, nine alarms of ten were acknowledged without any"
            " act. This document says which alarms the new control room shows, with which priority, and who decides that."
        ),
        Text(
            "It holds for the control room at Ardal and for the emergency desk at Glen Mor. It does not hold for fire and"
            " intrusion, which have panels of their own, nor for the protection of the machines, which acts by itself."
        ),
        Heading("1.1  What it follows"),
        Text(
            "EEMUA 191, third edition, for targets and priorities; IEC 62682 for the life of an alarm from its proposal to"
            " its removal. Where the two differ, the stricter one holds."
        ),
        Chapter("2  What an alarm is"),
        Text(
            "An alarm is a call to act. It tells one operator, at one desk, of a state that will cause harm unless somebody"
            " acts within a known time. If nobody has to act, it is an event, however interesting: events are logged and"
            " can be looked up, but they neither sound nor blink."
        ),
        Heading("2.1  Four questions"),
        Text(
            "What happens if nobody acts? What is the act? How much time is there? Who else is told the same thing? An alarm"
            " for which one of these has no answer is not configured."
        ),
        Chapter("2  What an alarm is, continued"),
        Heading("2.2  How many are too many"),
        Table(
            (
                ("Measure", "Target", "Bound"),
                ("Alarms an hour at one desk, on average", "6", "12"),
                ("Standing alarms", "5", "10"),
                ("Minutes in a flood, of a day", "5", "15"),
                ("Alarms shelved at one time", "10", "30"),
            ),
            "Table 1. Measured each month; above the bound the list is reviewed.",
            (98, 30, 30),
            right=(1, 2),
        ),
        Text("The numbers are on the first page of each month's report, by desk and by station."),
        Chapter("3  Who does what"),
        Table(
            (
                ("Part", "Who", "Decides"),
                ("Owner", "Head of operations", "this document"),
                ("Keeper of the list", "Control room lead", "limits, priorities"),
                ("Shift lead", "On duty", "shelving, floods"),
                ("Integrator", "Nordwind Systems", "how it is built"),
            ),
            "Table 2. Parts and decisions.",
            (46, 62, 50),
        ),
        Text(
            "A limit is proposed by anybody who works with it. The keeper of the list asks the four questions, tries the"
            " limit in the test network for a week, and puts it into the list."
        ),
    )


def _end() -> tuple[Block, ...]:
    return (
        Chapter("5  What the operator sees"),
        Text(
            "The alarm list stands at the left of the desk, the newest alarm on top, high priorities before others. Each row"
            " says the station, what is wrong in words, since when, and what to do. The colour is that of the priority and"
            " of nothing else in the room; whoever does not see colours reads the number beside it."
        ),
        Text(
            "A sound is made once for each alarm of priority 1, and once a minute for as long as it is not acknowledged."
        ),
        Chapter("6  How alarms are changed"),
        Text(
            "Limits are changed in the list, never at the station. A change names its reason, is tried in the test network,"
            " and is taken over on a Tuesday. The old value is kept. Twice a year the whole list is walked through with the"
            " shifts; what nobody has acted on since the last time is taken out."
        ),
    )


def _annex_a() -> tuple[Block, ...]:
    words = (
        ("Word", "Meaning"),
        ("Alarm", "a call to act, to one operator"),
        ("Dead band", "by how much a value must come back before the alarm ends"),
        ("Event", "anything that is logged and asks for nothing"),
        ("Flood", "more alarms than an operator can read"),
        ("Shelving", "taking an alarm off the list for a while, by hand"),
        ("Standing alarm", "one that has been there for a day"),
    )
    return (Chapter("Annex A  Words"), Table(words, widths=(46, 112)))


def _annex_b(version: int, draft: Draft) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, pilot in enumerate(PILOT[: 2 if version == 1 else 4]):
        blocks.append(Chapter(f"Annex B  Limits by station, part {number + 1}"))
        blocks += _station(pilot, number, len(MEASUREMENTS))
        if draft.later:
            for later in range(2 * number, 2 * number + 2):
                blocks += _station(LATER[later], later + 4, 12)
    return tuple(blocks)


def _station(name: str, number: int, rows: int) -> tuple[Block, ...]:
    return (
        Heading(name),
        Table(
            (("Measurement", "Low", "High", "Dead band"), *(_limit(row, number) for row in MEASUREMENTS[:rows])),
            widths=(80, 26, 26, 26),
            right=(1, 2, 3),
            row_height=4.4,
        ),
    )


def _limit(measurement: tuple[str, str, float | None, float | None, float], number: int) -> tuple[str, ...]:
    name, unit, low, high, dead_band = measurement
    digits = 2 if unit == "m" else 1
    scale = 1 if unit == "%" else 1 + number * 0.01
    bounds = (f"{value * scale:.{digits}f} {unit}" if value else "–" for value in (low, high))
    return (name, *bounds, f"{dead_band:.{digits}f} {unit}")
