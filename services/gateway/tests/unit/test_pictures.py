"""Logos come from outside."""

import struct
import tracemalloc
import zlib

import pytest
from atrium_gateway.branding.pictures import MAX_BYTES, PNG, SVG, UnsafePicture, checked, proportion

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">'


def svg(inside: str, begin: str = OPEN) -> bytes:
    return f"{begin}{inside}</svg>".encode()


HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "event handler": svg('<rect width="8" height="8" onload="alert(1)"/>'),
    "foreign object": svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
    "html in svg": svg("<img xmlns='http://www.w3.org/1999/xhtml' src='x'/>"),
    "javascript link": svg('<a xlink:href="javascript:alert(1)"><rect/></a>'),
    "outside use": svg('<use href="https://evil.example/a.svg#x"/>'),
    "outside use by xlink": svg('<use xlink:href="//evil.example/a.svg#x"/>'),
    "data use": svg('<use href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    "outside image": svg('<image href="https://evil.example/track.png"/>'),
    "outside fill": svg('<rect fill="url(https://evil.example/a#b)"/>'),
    "style element": svg("<style>@import url(https://evil.example)</style>"),
    "style attribute": svg('<rect style="fill:url(//evil.example/a)"/>'),
    "escaped style": svg(r'<rect style="fill:u\72l(//evil.example/a)"/>'),
    "positioned style": svg('<rect style="position:fixed"/>'),
    "animation": svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    "animated attribute": svg('<rect><animate attributeName="onload" values="alert(1)"/></rect>'),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("<title>&a;</title>"),
    "billion laughs": b'<!DOCTYPE svg [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>' + svg("<title>&b;</title>"),
    "outside entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<title>&a;</title>"),
    "other root": b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    "no namespace": b"<svg><rect/></svg>",
    "broken": b"<svg",
    "too many elements": svg("<g/>" * 3000),
    "too large": svg(" " * (MAX_BYTES + 1)),
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_svgs_are_refused(attack: str) -> None:
    with pytest.raises(UnsafePicture):
        checked(HOSTILE[attack], SVG)


def test_a_plain_drawing_stays_what_it_is() -> None:
    drawing = svg(
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<g fill="url(#g)"><path d="M0 0h8v8z" style="stroke:#000;stroke-width:2"/></g><use xlink:href="#g"/>'
    )
    clean = checked(drawing, SVG).decode()
    assert clean.startswith('<svg xmlns="http://www.w3.org/2000/svg"') or 'xmlns="http://www.w3.org/2000/svg"' in clean
    assert 'd="M0 0h8v8z"' in clean
    assert 'href="#g"' in clean
    assert "ns0:" not in clean
    assert checked(clean.encode(), SVG).decode() == clean


def test_comments_and_instructions_are_left_behind() -> None:
    drawing = b'<?xml-stylesheet href="https://evil.example/a.css"?>' + svg("<!-- made by --><rect/>")
    clean = checked(drawing, SVG)
    assert b"evil" not in clean
    assert b"made by" not in clean


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1, *more: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + chunk(b"IEND", b"")


def test_a_png_keeps_its_pixels_alone() -> None:
    polyglot = png(1, 1, chunk(b"tEXt", b"Comment\0<script>")) + b"<html>trailing</html>"
    assert checked(polyglot, PNG) == png()


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", png()[:-6], png(100_000, 100_000), png(0, 1), png().replace(b"IDAT", b"IDAX")]
)
def test_broken_and_huge_pngs_are_refused(content: bytes) -> None:
    with pytest.raises(UnsafePicture):
        checked(content, PNG)


def bomb() -> bytes:
    """One pixel by its header, 64 MB once unpacked."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(64 << 20), 9)) + chunk(b"IEND", b"")


def test_a_png_that_unpacks_to_more_than_it_says_is_refused_without_unpacking_it() -> None:
    packed = bomb()
    assert len(packed) < MAX_BYTES
    tracemalloc.start()
    try:
        with pytest.raises(UnsafePicture) as refused:
            checked(packed, PNG)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()
    assert refused.value.code == "picture_broken"


@pytest.mark.parametrize("tail", [b"", b"\0", b"\0\0\0"])
def test_a_png_has_the_pixels_that_it_says(tail: bytes) -> None:
    with pytest.raises(UnsafePicture):
        checked(png().replace(chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IDAT", zlib.compress(tail))), PNG)


@pytest.mark.parametrize(
    ("attack", "code"),
    [
        ("script", "picture_unsafe"),
        ("foreign object", "picture_unsafe"),
        ("outside use", "picture_outside"),
        ("outside fill", "picture_outside"),
        ("billion laughs", "picture_broken"),
        ("too large", "picture_too_big"),
        ("too many elements", "picture_too_detailed"),
    ],
)
def test_a_refusal_says_why(attack: str, code: str) -> None:
    with pytest.raises(UnsafePicture) as refused:
        checked(HOSTILE[attack], SVG)
    assert refused.value.code == code


def test_the_type_is_one_of_two() -> None:
    with pytest.raises(UnsafePicture):
        checked(b"GIF89a", "image/gif")


@pytest.mark.parametrize(
    ("picture", "media_type", "shape"),
    [
        (svg("", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 90.5 30">'), SVG, 90.5 / 30),
        (svg("", '<svg xmlns="http://www.w3.org/2000/svg" width="60px" height="20" viewBox="0 0 1 1">'), SVG, 3),
        (svg("", '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0,0,8,4">'), SVG, 2),
        (svg("", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 0">'), SVG, None),
        (svg("", '<svg xmlns="http://www.w3.org/2000/svg">'), SVG, None),
        (png(6, 2), PNG, 3),
    ],
)
def test_a_picture_tells_its_proportion(picture: bytes, media_type: str, shape: float | None) -> None:
    assert proportion(picture, media_type) == shape
