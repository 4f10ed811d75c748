"""The moment of an act: the present, unless history is told."""

import asyncio
from datetime import UTC, datetime, timedelta

from atrium_chassis.clock import act_at, acting_at, imported_at, now

LONG_AGO = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_an_act_is_of_the_present() -> None:
    assert imported_at() is None
    assert abs(datetime.now(UTC) - now()) < timedelta(seconds=5)


def test_what_is_told_of_the_past_has_its_moment_and_the_present_comes_back() -> None:
    with acting_at(LONG_AGO):
        assert (now(), imported_at()) == (LONG_AGO, LONG_AGO)
        with acting_at(None):
            assert imported_at() is None
        assert now() == LONG_AGO
    assert imported_at() is None


async def test_one_request_does_not_move_anothers_clock() -> None:
    async def request(moment: datetime | None) -> datetime | None:
        act_at(moment)
        await asyncio.sleep(0)
        return imported_at()

    assert await asyncio.gather(request(LONG_AGO), request(None)) == [LONG_AGO, None]
