"""How long each side has had the turn so far."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import fmean

from atrium_gateway.pages.composing.scene import Json, Scene, newest, working_hours
from atrium_gateway.pages.presenting.shapes import Waits


def waits_of(scene: Scene, turns: Sequence[tuple[datetime, str | None]]) -> Waits:
    """Working hours of each side, from the moments at which the turn came to it."""
    hours = {"customer": 0.0, "provider": 0.0, "third_party": 0.0}
    for (since, turn), (until, _) in pairwise([*turns, (scene.now, None)]):
        if turn in hours:
            hours[turn] += working_hours(since, until, scene.zone)
    return Waits(hours["customer"], hours["provider"], hours["third_party"])


def mean_answer(scene: Scene, rows: Iterable[Json]) -> float | None:
    """Working hours from asking until the provider first gave the turn on; None where that was never."""
    hours = [
        working_hours(newest(asked["since"]), newest(answered["since"]), scene.zone)
        for asked, answered, *_ in (row["turns"] for row in rows if len(row["turns"]) > 1)
        if asked["turn"] == "provider"
    ]
    return fmean(hours) if hours else None
