from datetime import UTC, datetime
from typing import get_args
from uuid import uuid4

import pytest
from atrium_files.library.model import (
    MOVES,
    File,
    Reason,
    RuleBroken,
    Status,
    Version,
    check_downloadable,
    check_restorable,
    moved,
    with_new_version,
    with_ready_version,
)
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

NOW = datetime(2026, 11, 17, tzinfo=UTC)
STATUSES: tuple[Status, ...] = get_args(Status)


def a_file() -> File:
    return File(uuid4(), uuid4(), uuid4(), "Alarm philosophy.pdf", "shared", 1, None, 0, None, None)


def a_version(number: int = 1, status: Status = "uploading") -> Version:
    return Version(
        uuid4(), uuid4(), number, status, None, "a" * 64, 3, "application/pdf", "k", None, uuid4(), NOW, "", None, 1
    )


@given(st.sampled_from(STATUSES), st.sampled_from(STATUSES))
def test_a_version_moves_only_as_the_table_says(before: Status, after: Status) -> None:
    reason: Reason | None = "missing" if after == "rejected" else None
    if after in MOVES[before]:
        assert moved(a_version(status=before), after, reason).status == after
    else:
        with pytest.raises(RuleBroken):
            moved(a_version(status=before), after, reason)


def test_a_rejection_needs_a_reason_and_nothing_else_has_one() -> None:
    with pytest.raises(RuleBroken):
        moved(a_version(status="checking"), "rejected")
    with pytest.raises(RuleBroken):
        moved(a_version(status="checking"), "ready", "hash_mismatch")


@pytest.mark.parametrize("status", ["uploading", "checking", "rejected"])
def test_what_is_not_ready_is_neither_downloaded_nor_restored(status: Status) -> None:
    version = a_version(status=status)
    with pytest.raises(RuleBroken):
        check_downloadable(version)
    with pytest.raises(RuleBroken):
        check_restorable([version], 1)


def test_a_ready_version_is_downloaded_and_restored() -> None:
    version = a_version(status="ready")
    check_downloadable(version)
    assert check_restorable([a_version(2), version], 1) == version


class Stack(RuleBasedStateMachine):
    """Uploads begin, end and fail in any order; the current version is always the highest ready one."""

    @initialize()
    def begin(self) -> None:
        self.file = a_file()
        self.versions: dict[int, Version] = {}

    @rule()
    def start(self) -> None:
        self.file = with_new_version(self.file)
        assert self.file.latest_number not in self.versions
        self.versions[self.file.latest_number] = a_version(self.file.latest_number)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        movable = [number for number, version in self.versions.items() if MOVES[version.status]]
        if not movable:
            return
        number = data.draw(st.sampled_from(movable))
        after = data.draw(st.sampled_from(sorted(MOVES[self.versions[number].status])))
        self.versions[number] = moved(self.versions[number], after, "missing" if after == "rejected" else None)
        if after == "ready":
            self.file = with_ready_version(self.file, number)

    @invariant()
    def current_is_the_newest_ready(self) -> None:
        ready = [number for number, version in self.versions.items() if version.status == "ready"]
        assert self.file.current_version == (max(ready) if ready else None)
        assert sorted(self.versions) == list(range(1, self.file.latest_number + 1))


TestStack = Stack.TestCase
