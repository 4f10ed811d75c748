"""An approval is about exact content."""

from datetime import date
from uuid import uuid4

from atrium_contracts.promises import promised
from atrium_projects.approvals.model import Exact, outdated, supersedes
from hypothesis import given
from hypothesis import strategies as st

FILE = uuid4()


def exact(number: int, sha256: str = "") -> Exact:
    return Exact(FILE, number, sha256 or f"{number:064x}")


def test_the_newest_version_is_not_outdated() -> None:
    assert outdated([exact(3)], {FILE: exact(3)}) == []


def test_an_older_number_or_another_hash_is_outdated() -> None:
    assert outdated([exact(2)], {FILE: exact(3)}) == [exact(2)]
    wrong = exact(3, "f" * 64)
    assert outdated([wrong], {FILE: exact(3)}) == [wrong]
    assert outdated([exact(1)], {}) == [exact(1)]


@given(st.integers(1, 50), st.integers(1, 50))
def test_only_a_newer_version_of_the_same_file_supersedes(decided: int, ready: int) -> None:
    assert supersedes(ready, [exact(decided)], FILE) is (ready > decided)
    assert not supersedes(ready, [exact(decided)], uuid4())


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(["stopped", "hinders", "time"]))
def test_an_answer_is_promised_for_a_working_day(today: date, urgency: str) -> None:
    day = promised(urgency, today)
    assert day > today
    assert day.weekday() < 5
