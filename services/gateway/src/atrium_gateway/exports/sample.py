"""A report that a house could have, for looking at its brand before it has one."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from atrium_gateway.pages.composing.scene import Scene

WEEKS = 12


def sample_report(scene: Scene, customer: UUID) -> dict[str, Any]:
    """As the service would answer, with figures that end today."""
    today = scene.today
    days = [today - timedelta(weeks=WEEKS - number) for number in range(WEEKS + 1)]
    return {
        "customer_id": str(customer),
        "title": scene._("Report for the steering committee"),
        "project_title": scene._("Your first project"),
        "introduction": scene._("Where it stands, what is open, and on which side things wait."),
        "as_of": scene.now.isoformat(),
        "counted_items": 18,
        "figures": [
            {"key": "milestones", "value": 3, "of": 6, "rows": []},
            {"key": "requests", "value": 4, "of": 17},
            _progress(days),
            _waiting(scene.now),
            {
                "key": "open_by_turn",
                "labels": ["customer", "provider", "third_party"],
                "series": [{"name": "open", "values": [4, 3, 1]}],
            },
        ],
    }


def _progress(days: list[date]) -> dict[str, Any]:
    done = [number * 14 // WEEKS for number in range(WEEKS + 1)]
    total = [18 + number // 4 for number in range(WEEKS + 1)]
    return {
        "key": "progress",
        "value": done[-1],
        "of": total[-1],
        "labels": [day.isoformat() for day in days],
        "series": [{"name": "done", "values": done}, {"name": "total", "values": total}],
    }


def _waiting(now: datetime) -> dict[str, Any]:
    months = [f"{now - timedelta(days=30 * back):%Y-%m}" for back in (3, 2, 1, 0)]
    return {
        "key": "waiting_time",
        "labels": months,
        "series": [
            {"name": "customer", "values": [5.2, 4.1, 3.2, 2.4]},
            {"name": "provider", "values": [2, 1.6, 1.9, 1.3]},
        ],
    }
