"""An approval is bound to the content of exact versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Exact:
    """One version, named by its content."""

    file_id: UUID
    number: int
    sha256: str


def outdated(given: Sequence[Exact], newest: Mapping[UUID, Exact]) -> list[Exact]:
    """Versions that are not, by number and hash, the newest ready ones of their files."""
    return [one for one in given if newest.get(one.file_id) != one]


def supersedes(number: int, decided: Sequence[Exact], file_id: UUID) -> bool:
    """Whether a version that became ready ends a decision on these."""
    return any(one.file_id == file_id and one.number < number for one in decided)
