"""Who may say that a write tells of the past, and of which past."""

from datetime import UTC, datetime, timedelta

import pytest
from atrium_chassis.problems import Forbidden, Invalid
from atrium_gateway.signin.importing import IMPORT_KEY, OCCURRED_AT, occurred_at
from starlette.datastructures import Headers

MOMENT = "2026-03-02T09:30:00+01:00"


def told(moment: str, key: str | None = "secret", installed: str = "secret") -> datetime | None:
    given = {} if key is None else {IMPORT_KEY: key}
    return occurred_at(Headers({OCCURRED_AT: moment, **given}), installed)


def test_most_writes_are_of_the_present() -> None:
    assert occurred_at(Headers({}), "secret") is None
    assert occurred_at(Headers({IMPORT_KEY: "secret"}), "secret") is None


def test_the_key_opens_the_past() -> None:
    assert told(MOMENT) == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert told("2026-03-02T08:30:00Z") == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(("key", "installed"), [(None, "secret"), ("other", "secret"), ("é", "secret"), ("", "")])
def test_without_the_key_or_where_there_is_none_it_is_off(key: str | None, installed: str) -> None:
    with pytest.raises(Forbidden) as refused:
        told(MOMENT, key, installed)
    assert refused.value.code == "import_is_off"


@pytest.mark.parametrize("moment", ["1999-12-31T23:59:59Z", "2026-03-02T09:30:00", "2026-03-02", "yesterday", ""])
def test_what_is_no_moment_of_the_past_is_refused(moment: str) -> None:
    with pytest.raises(Invalid):
        told(moment)


def test_the_future_is_not_imported() -> None:
    with pytest.raises(Invalid):
        told((datetime.now(UTC) + timedelta(minutes=1)).isoformat())
