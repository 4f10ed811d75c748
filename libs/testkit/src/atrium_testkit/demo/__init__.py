"""The demo: two customers of Nordwind Systems, told to an empty system through the public API alone.

What happened before today is imported: each act has the moment that the story gives it, counted from today.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from atrium_testkit.demo.story.bluepeak import BLUEPEAK
from atrium_testkit.demo.story.helvetia import HELVETIA
from atrium_testkit.demo.telling import tell_house, tell_provider

__all__ = ["seed"]


def seed(endpoints: dict[str, Any], import_key: str) -> None:
    """`endpoints` as in `.atrium/endpoints.json`. The provider and its first admin must be there (`bootstrap`)."""
    staff = tell_provider(endpoints)
    houses = (BLUEPEAK, HELVETIA)
    with ThreadPoolExecutor(len(houses)) as threads:
        for told in [threads.submit(tell_house, house, staff, endpoints, import_key) for house in houses]:
            told.result()
