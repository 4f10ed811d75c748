"""The verdict on content: is it what was declared, and may it be here at all?"""

from dataclasses import dataclass

from atrium_files.library.model import Reason, extension

#: Bytes of the beginning that a verdict needs.
HEAD_BYTES = 8192
UNKNOWN = "application/octet-stream"

# Programs of the usual systems, by the first bytes of their formats.
_PROGRAMS = (
    b"\x7fELF",  # Linux
    b"\xfe\xed\xfa\xce",  # macOS, and its variants in both byte orders
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # macOS for several processors, Java
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut, which starts programs
    b"#!",  # a script that names its interpreter
)
_PROGRAM_NAMES = frozenset(
    """
    apk app appimage bat cmd com cpl deb dll dmg exe gadget hta inf jar jnlp js jse lnk mjs msc msi msp pif pkg
    ps1 ps1xml psm1 reg rpm scf scr sh sys url vb vbe vbs ws wsc wsf wsh
    """.split()  # noqa: SIM905  # a list of forty would fill a page
)


@dataclass(frozen=True)
class Format:
    """A format that is recognised by its beginning. `media_types[0]` is its usual one."""

    begins: tuple[bytes, ...]
    media_types: tuple[str, ...]
    extensions: frozenset[str]


def _format(begins: bytes | tuple[bytes, ...], media_types: str, extensions: str) -> Format:
    beginnings = (begins,) if isinstance(begins, bytes) else begins
    return Format(beginnings, tuple(media_types.split()), frozenset(extensions.split()))


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_FORMATS = (
    _format(b"%PDF-", "application/pdf", "pdf"),
    _format(b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    _format(b"\xff\xd8\xff", "image/jpeg image/jpg image/pjpeg", "jpg jpeg jpe jfif"),
    _format((b"GIF87a", b"GIF89a"), "image/gif", "gif"),
    _format((b"II*\x00", b"MM\x00*"), "image/tiff", "tif tiff"),
    _format(b"PK\x03\x04", f"{_OPEN_XML}wordprocessingml.document", "docx"),
    _format(b"PK\x03\x04", f"{_OPEN_XML}spreadsheetml.sheet", "xlsx"),
    _format(b"PK\x03\x04", f"{_OPEN_XML}presentationml.presentation", "pptx"),
    _format(b"PK\x03\x04", "application/vnd.oasis.opendocument.text", "odt"),
    _format(b"PK\x03\x04", "application/vnd.oasis.opendocument.spreadsheet", "ods"),
    _format(b"PK\x03\x04", "application/vnd.oasis.opendocument.presentation", "odp"),
    _format((b"PK\x03\x04", b"PK\x05\x06"), "application/zip application/x-zip-compressed", "zip"),
    _format(b"\x1f\x8b", "application/gzip application/x-gzip", "gz tgz"),
    _format(b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "7z"),
    _format(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword application/vnd.ms-excel", "doc xls ppt msg"),
)


@dataclass(frozen=True)
class Declared:
    """What the uploader said. A form upload says neither hash nor size beforehand."""

    name: str
    media_type: str
    sha256: str | None
    size: int | None


@dataclass(frozen=True)
class Inspected:
    """What the store holds, read once. `guesses` are media types that its beginning allows, best first."""

    sha256: str
    size: int
    head: bytes
    guesses: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """A reason, or the media type that the content really has."""

    reason: Reason | None
    media_type: str


def judge(declared: Declared, inspected: Inspected) -> Verdict:
    """Size before hash, as it says more; what is forbidden is forbidden under any name."""
    if declared.size is not None and declared.size != inspected.size:
        return Verdict("size_mismatch", declared.media_type)
    if declared.sha256 is not None and declared.sha256 != inspected.sha256:
        return Verdict("hash_mismatch", declared.media_type)
    if is_program(inspected.head) or extension(declared.name) in _PROGRAM_NAMES:
        return Verdict("type_forbidden", declared.media_type)
    if not _fits(declared, inspected.head):
        return Verdict("type_mismatch", declared.media_type)
    return Verdict(None, real_media_type(declared, inspected))


def is_program(head: bytes) -> bool:
    # A text may begin with “MZ” too, but has no zero bytes.
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\x00" in head[:64])


def _fits(declared: Declared, head: bytes) -> bool:
    """Whoever claims, by name or type, one of the formats that we recognise must begin like it; a text like none."""
    ending = extension(declared.name)
    claimed = [f for f in _FORMATS if ending in f.extensions or declared.media_type in f.media_types]
    if not all(head.startswith(f.begins) for f in claimed):
        return False
    return not (declared.media_type.startswith("text/") and any(head.startswith(f.begins) for f in _FORMATS))


def real_media_type(declared: Declared, inspected: Inspected) -> str:
    """By the recognised format first, then as declared, then the best guess."""
    found = [f for f in _FORMATS if inspected.head.startswith(f.begins)]
    for exact in (f for f in found if extension(declared.name) in f.extensions):
        return declared.media_type if declared.media_type in exact.media_types else exact.media_types[0]
    if declared.media_type != UNKNOWN:
        return declared.media_type
    if found:
        return found[-1].media_types[0]
    return inspected.guesses[0] if inspected.guesses else UNKNOWN
