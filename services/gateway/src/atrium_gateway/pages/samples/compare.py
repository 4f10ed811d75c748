"""What changed between two versions, in every state of a comparison."""

from dataclasses import replace
from typing import Any

from atrium_gateway.pages.composing.compare import Comparing, differences, marks
from atrium_gateway.pages.presenting.compare import ComparePage, MarkedSheet
from atrium_gateway.pages.presenting.shapes import Verb
from atrium_gateway.pages.samples.file import FILE
from atrium_gateway.pages.samples.house import TODAY
from atrium_gateway.pages.samples.paper import sheets
from atrium_gateway.pages.samples.work import DECISION


def _side(text: str, page: int, y: float, x: float = 0.09, width: float = 0.3, lines: int = 1) -> dict[str, Any]:
    boxes = [{"page": page, "x": x, "y": y + line * 0.02, "width": width, "height": 0.014} for line in range(lines)]
    return {"text": text, "boxes": boxes}


CHANGES: list[dict[str, Any]] = [
    {
        "number": 1,
        "kind": "replaced",
        "from": _side("The limits below apply to the four stations of the pilot.", 7, 0.15, width=0.6),
        "to": _side("The limits below apply to all twelve stations from 4 December 2026.", 7, 0.15, width=0.7),
    },
    {
        "number": 2,
        "kind": "replaced",
        "follows": "2, medium 10 minutes",
        "from": _side("after 60 seconds", 7, 0.341, 0.51, 0.12),
        "to": _side("after 30 seconds", 7, 0.341, 0.51, 0.12),
    },
    {
        "number": 3,
        "kind": "replaced",
        "follows": "Ardal Intake level 1.20 m",
        "from": _side("4.80 m", 7, 0.374, 0.3, 0.1),
        "to": _side("4.60 m", 7, 0.374, 0.3, 0.1),
    },
    {
        "number": 4,
        "kind": "added",
        "from": None,
        "place": {"page": 7, "x": 0.09, "y": 0.407},
        "to": _side("Loch Varn, Gate position, 96 %, 1 %", 7, 0.407, width=0.8, lines=2),
    },
    {
        "number": 5,
        "kind": "replaced",
        "follows": "An operator may shelve an alarm for at most",
        "from": _side("eight hours", 7, 0.61, 0.55, 0.15),
        "to": _side("four hours", 7, 0.61, 0.55, 0.13),
    },
    {
        "number": 6,
        "kind": "added",
        "from": None,
        "place": {"page": 7, "x": 0.71, "y": 0.612},
        "to": _side("Alarms of priority 1 are shelved by the shift lead alone.", 7, 0.615, 0.7, 0.2),
    },
    {
        "number": 7,
        "kind": "removed",
        "from": _side("52 limits", 11, 0.2),
        "to": None,
        "place": {"page": 11, "x": 0.09, "y": 0.2},
    },
]
COMPARING = Comparing("1", 2, 3, change=2)
SEEN = {f"{COMPARING.folder}/1"}
NEWER, OLDER, _ = FILE.versions


def _marked(side: str, seed: int) -> tuple[MarkedSheet, ...]:
    pages = sheets(14, {}, seed)
    found = marks(CHANGES, side, COMPARING.change)
    return tuple(MarkedSheet(one, found.get(one.number, ())) for one in pages)


COMPARE = ComparePage(
    FILE.id,
    FILE.name,
    FILE.project_id,
    FILE.project,
    OLDER,
    NEWER,
    "ready",
    changes=differences(COMPARING, CHANGES, SEEN),
    changed_pages=2,
    page_count=14,
    older_sheets=_marked("from", 1),
    newer_sheets=_marked("to", 2),
    verb=Verb("sign_off"),
    due=TODAY,
    act_url="/items/1",
    decision=DECISION,
)


def _unmarked(pages: tuple[MarkedSheet, ...]) -> tuple[MarkedSheet, ...]:
    return tuple(MarkedSheet(one.sheet) for one in pages)


UNMARKED = replace(
    COMPARE, changes=(), older_sheets=_unmarked(COMPARE.older_sheets), newer_sheets=_unmarked(COMPARE.newer_sheets)
)
BARE = replace(UNMARKED, older_sheets=(), newer_sheets=(), verb=None, due=None, act_url="", decision=None)
STATES = {
    "compare": COMPARE,
    "compare-overlay": replace(UNMARKED, state="no_text", mode="overlay"),
    "compare-blink": replace(UNMARKED, state="no_text", mode="blink"),
    "compare-too-different": replace(UNMARKED, state="too_different"),
    "compare-same": replace(UNMARKED, state="same"),
    "compare-making": replace(BARE, state="making"),
    "compare-none": replace(BARE, state="none"),
}
