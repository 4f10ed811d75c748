"""How long each side has had the turn so far."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from atrium_gateway.pages.composing.scene import Scene, working_hours
from atrium_gateway.pages.presenting.shapes import Waits


def waits_of(scene: Scene, turns: Sequence[tuple[datetime, str | None]]) -> Waits:
    """Working hours of each side, from the moments at which the turn came to it."""
    hours = {"customer": 0.0, "provider": 0.0, "third_party": 0.0}
    for (since, turn), (until, _) in pairwise([*turns, (scene.now, None)]):
        if turn in hours:
            hours[turn] += working_hours(since, until, scene.zone)
    return Waits(hours["customer"], hours["provider"], hours["third_party"])
