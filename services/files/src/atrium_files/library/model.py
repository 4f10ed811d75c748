"""The rules of files and versions.

A file is a name with a stack of versions; its audience is fixed when it is made. A version's content never changes:
what moves is its status, from `uploading` over `checking` to `ready` or `rejected`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

Audience = Literal["internal", "shared", "private"]
Status = Literal["uploading", "checking", "ready", "rejected"]
Reason = Literal["hash_mismatch", "size_mismatch", "type_forbidden", "type_mismatch", "infected", "missing"]

LONGEST_NAME = 200
LONGEST_NOTE = 2000

#: Where a status may move; `ready` and `rejected` are final.
MOVES: dict[Status, frozenset[Status]] = {
    "uploading": frozenset({"checking", "rejected"}),
    "checking": frozenset({"ready", "rejected"}),
    "ready": frozenset(),
    "rejected": frozenset(),
}
#: Which audiences a side may give to a new file: neither can make what it could not read.
AUDIENCES: dict[str, frozenset[Audience]] = {
    "provider": frozenset({"internal", "shared"}),
    "customer": frozenset({"shared", "private"}),
}
#: May break a colleague's lock.
LOCK_BREAKERS = frozenset({"admin", "manager", "owner"})

# Unicode's explicit and implicit direction controls: with them `fdp.exe` can be shown as `exe.pdf`.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class RuleBroken(ValueError):
    """Wrong in itself. `code` is stable, `detail` is for a person, `field` the JSON pointer of what is wrong."""

    def __init__(self, code: str, detail: str, field: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.field = field


class NotNow(RuleBroken):
    """Right in itself, but not in the state that things are in."""


@dataclass(frozen=True)
class File:
    customer_id: UUID
    file_id: UUID
    project_id: UUID
    name: str
    audience: Audience
    revision: int
    current_version: int | None  # the newest ready one
    latest_number: int  # the newest one of any status; 0 before the first
    locked_by: UUID | None
    locked_at: datetime | None


@dataclass(frozen=True)
class Version:
    customer_id: UUID
    file_id: UUID
    number: int
    status: Status
    reason: Reason | None
    sha256: str | None  # hex; what the uploader declared, until the check has confirmed it
    size: int | None  # bytes; likewise
    media_type: str
    object_key: str
    copy_from: str | None  # key of the object that the content is copied from before the check
    uploaded_by: UUID
    uploaded_at: datetime
    note: str
    restored_from: int | None
    revision: int


def clean_name(name: str) -> str:
    """A file's name in Unicode's composed form. Raises RuleBroken for one that deceives or breaks out."""
    cleaned = unicodedata.normalize("NFC", name).strip()
    if not cleaned:
        raise RuleBroken("name_missing", "Give the file a name.", "/name")
    if len(cleaned) > LONGEST_NAME:
        raise RuleBroken("too_long", f"A name has at most {LONGEST_NAME} characters.", "/name")
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in cleaned):
        raise RuleBroken("control_character", "A name has no line breaks or other control characters.", "/name")
    if any(character in _BIDI for character in cleaned):
        raise RuleBroken("direction_character", "A name has no characters that turn the reading direction.", "/name")
    if "/" in cleaned or "\\" in cleaned or cleaned in {".", ".."}:
        raise RuleBroken("path", "A name is not a path.", "/name")
    return cleaned


def name_key(name: str) -> str:
    """Equal for names that people take for the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def extension(name: str) -> str:
    """In lower case, without the dot; empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.casefold() if dot and stem else ""


def check_audience(audience: Audience, side: str) -> None:
    if audience not in AUDIENCES.get(side, frozenset()):
        raise RuleBroken("audience_not_allowed", "A file cannot be made for this audience.", "/audience")


def check_lock(file: File, person: UUID | None) -> None:
    """Raises NotNow when somebody else has the file checked out."""
    if file.locked_by is not None and file.locked_by != person:
        raise NotNow("file_locked", "Somebody else has this file checked out.")


def lock(file: File, person: UUID, at: datetime) -> File:
    check_lock(file, person)
    if file.locked_by == person:
        return file
    return replace(file, locked_by=person, locked_at=at, revision=file.revision + 1)


def unlock(file: File, person: UUID, role: str) -> File:
    if role not in LOCK_BREAKERS:
        check_lock(file, person)
    if file.locked_by is None:
        return file
    return replace(file, locked_by=None, locked_at=None, revision=file.revision + 1)


def with_new_version(file: File) -> File:
    """The file with its next number taken. Numbers are never used twice, so later means newer."""
    return replace(file, latest_number=file.latest_number + 1, revision=file.revision + 1)


def touched(file: File) -> File:
    """The file after a change in its stack."""
    return replace(file, revision=file.revision + 1)


def with_ready_version(file: File, number: int) -> File:
    """A version that becomes ready after a newer one does not take its place."""
    current = number if file.current_version is None else max(file.current_version, number)
    return replace(file, current_version=current, revision=file.revision + 1)


def moved(version: Version, status: Status, reason: Reason | None = None) -> Version:
    """The version in its next status. Raises RuleBroken for a move that there is not."""
    if status not in MOVES[version.status]:
        raise NotNow("wrong_status", f"A version that is {version.status} cannot become {status}.")
    if (reason is not None) != (status == "rejected"):
        raise RuleBroken("wrong_status", "A version is rejected for a reason, and for nothing else.")
    return replace(version, status=status, reason=reason, revision=version.revision + 1)


def check_downloadable(version: Version) -> None:
    if version.status != "ready":
        raise NotNow("version_not_ready", "This version cannot be downloaded: it has not passed its check.")


def check_restorable(versions: Iterable[Version], number: int) -> Version:
    """The version that may be restored: a ready one."""
    for version in versions:
        if version.number == number and version.status == "ready":
            return version
    raise NotNow("version_not_ready", "Only a version that has passed its check can be restored.")
