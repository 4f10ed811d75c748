"""Reading content once, for all that a verdict needs."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress

import puremagic

from atrium_files.checks.model import HEAD_BYTES, Inspected

CONFIDENT = 0.5


def inspect_content(chunks: Iterable[bytes], interrupt: Callable[[], None]) -> Inspected:
    """Blocks for as long as the content streams; `interrupt` is asked at each chunk and raises to end it."""
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in chunks:
        interrupt()
        digest.update(chunk)
        size += len(chunk)
        if len(head) < HEAD_BYTES:
            head = (head + chunk)[:HEAD_BYTES]
    return Inspected(digest.hexdigest(), size, head, guess_media_types(head))


def guess_media_types(head: bytes) -> tuple[str, ...]:
    """Media types that the beginning suggests, best first."""
    with suppress(puremagic.PureError, ValueError):
        found = puremagic.magic_string(head)
        return tuple(dict.fromkeys(f.mime_type for f in found if f.mime_type and f.confidence >= CONFIDENT))
    return ()
