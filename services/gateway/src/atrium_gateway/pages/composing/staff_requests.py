"""Requests of all customers by turn, the longest wait first."""

from collections.abc import Callable, Collection, Sequence

from atrium_gateway.pages.composing.rows import request_line
from atrium_gateway.pages.composing.scene import Json, Scene
from atrium_gateway.pages.presenting.shapes import Turn
from atrium_gateway.pages.presenting.staff import CustomerRef, RequestOf, StaffRequests

TURNS: tuple[Turn, ...] = ("provider", "customer", "third_party", "nobody")


def staff_requests(
    scene: Scene, rows: Sequence[Json], customers: Callable[[object], CustomerRef], missing: Collection[str]
) -> StaffRequests:
    ordered = sorted(rows, key=lambda row: str(row["turn_since"]))
    by_turn: dict[Turn, tuple[RequestOf, ...]] = {
        turn: tuple(
            RequestOf(request_line(scene, row), customers(row["customer_id"])) for row in ordered if row["turn"] == turn
        )
        for turn in TURNS
    }
    groups = tuple((turn, found) for turn, found in by_turn.items() if found)
    return StaffRequests(groups, sum(row["turn"] != "nobody" for row in rows), frozenset(missing))
