"""The rules of transfers: how a file is cut into parts, and under which name it is handed out."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from atrium_files.library.model import RuleBroken

MIB = 1024 * 1024
SMALLEST_PART = 5 * MIB  # S3's limit for all parts but the last
USUAL_PART = 8 * MIB
LARGEST_PART = 512 * MIB
MOST_PARTS = 1000  # fewer than S3's 10,000, so that all addresses fit into one answer

# A browser that opens one of these would run what is in it.
_ACTIVE = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "application/xml", "text/xml"})


@dataclass(frozen=True)
class PlannedPart:
    number: int  # from 1
    size: int  # bytes


def part_size_for(size: int, wanted: int | None = None) -> int:
    """The size of all parts but the last. Raises RuleBroken for a wish that the store would not take."""
    if wanted is None:
        needed = -(-size // MOST_PARTS)
        return max(USUAL_PART, -(-needed // MIB) * MIB)
    if not SMALLEST_PART <= wanted <= LARGEST_PART:
        raise RuleBroken("part_size", f"A part has {SMALLEST_PART} to {LARGEST_PART} bytes.", "/part_size")
    if wanted * MOST_PARTS < size:
        raise RuleBroken("part_size", f"At most {MOST_PARTS} parts: choose larger ones.", "/part_size")
    return wanted


def plan_parts(size: int, part_size: int) -> tuple[PlannedPart, ...]:
    """At least one part, so that an empty file has a place to be sent to."""
    whole, rest = divmod(size, part_size)
    sizes = [part_size] * whole + ([rest] if rest or not whole else [])
    return tuple(PlannedPart(number, length) for number, length in enumerate(sizes, start=1))


def check_parts_named(plan: tuple[PlannedPart, ...], numbers: Iterable[int]) -> None:
    """A completion names every part once."""
    if sorted(numbers) != [part.number for part in plan]:
        raise RuleBroken("parts_missing", f"Name each of the {len(plan)} parts once.", "/parts")


def disposition(name: str) -> str:
    """`Content-Disposition` that saves under this name: plain for old clients, in full by RFC 5987 / RFC 6266."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-()") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def served_type(media_type: str) -> str:
    """The media type of a download: active content goes out as bytes."""
    return "application/octet-stream" if media_type in _ACTIVE else media_type


def check_size(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise RuleBroken("too_large", f"A version has at most {most_bytes} bytes.", "/size")


def check_checksums(plan: tuple[PlannedPart, ...], sums: list[str] | None) -> None:
    """One SHA-256 for each part, where they are given."""
    if sums is not None and len(sums) != len(plan):
        raise RuleBroken("checksums", f"Give a checksum for each of the {len(plan)} parts.", "/part_sha256")
