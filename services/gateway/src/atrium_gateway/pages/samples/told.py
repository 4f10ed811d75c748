"""The samples of reading and comparing a file, in the language of the style page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from atrium_gateway.pages.presenting.compare import ComparePage
from atrium_gateway.pages.presenting.files import FileVersion
from atrium_gateway.pages.presenting.shapes import Change, Choice, Person
from atrium_gateway.pages.presenting.viewing import NewPoint, Viewer
from atrium_gateway.pages.samples import compare, file

Told = Callable[[str, str], str]

GERMAN = {
    "Twelve stations, not four": "Zwölf Stationen, nicht vier",
    file.CLEARING: "60 Sekunden sind am Pult in Ardal zu lang. Wir üben mit 30.",
    "Shelving: four hours": "Zurückstellen: vier Stunden",
    "The limits below apply to the four stations of the pilot.": "Diese Grenzwerte gelten für die vier Stationen.",
    "The limits below apply to all twelve stations from 4 December 2026.": "Diese Grenzwerte gelten ab 4. Dezember.",
    "2, medium 10 minutes": "2, mittel 10 Minuten",
    "Ardal Intake level 1.20 m": "Ardal Zulauf 1.20 m",
    "An operator may shelve an alarm for at most": "Am Pult lässt sich ein Alarm zurückstellen, höchstens",
    "after 60 seconds": "nach 60 Sekunden",
    "after 30 seconds": "nach 30 Sekunden",
    "Loch Varn, Gate position, 96 %, 1 %": "Loch Varn, Schieber, 96 %, 1 %",
    "eight hours": "acht Stunden",
    "four hours": "vier Stunden",
    "Alarms of priority 1 are shelved by the shift lead alone.": "Priorität 1 stellt nur die Schichtleitung zurück.",
    "52 limits": "52 Grenzwerte",
}


def _said(told: Told, words: str) -> str:
    return told(words, GERMAN.get(words, words))


def viewer(told: Told) -> Viewer:
    """Two pages, the first with three points, of which one is chosen."""
    points = tuple(replace(one, title=_said(told, one.title)) for one in file.POINTS if one.page == 7)
    return replace(file.VIEWER, zoom=50, sheets=file.VIEWER.sheets[6:8], points=points)


def new_point(told: Told, readers: tuple[Person, ...]) -> NewPoint:
    places = (Choice("0.500,0.500", told("Middle", "Mitte")),)
    return replace(file.NEW_POINT, places=places, thread=replace(file.NEW_POINT.thread, readers=readers))


def compared(told: Told, name: str, versions: Sequence[FileVersion]) -> ComparePage:
    """The one page of both that differs most."""
    whole, (newer, older) = compare.COMPARE, versions
    changes = tuple(
        replace(
            one,
            follows=_said(told, one.follows),
            words=Change("", _said(told, one.words.before), _said(told, one.words.after)),
        )
        for one in whole.changes
    )
    pages = (tuple(one for one in side if one.marks)[:1] for side in (whole.older_sheets, whole.newer_sheets))
    older_sheets, newer_sheets = pages
    return replace(
        whole,
        name=name,
        older=older,
        newer=newer,
        changes=changes,
        older_sheets=older_sheets,
        newer_sheets=newer_sheets,
    )
