"""Logos come from outside: an SVG is rebuilt from an allow-list or refused, a PNG keeps only what draws it."""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

MAX_BYTES = 256 * 1024
MAX_SIDE = 2048  # pixels
MAX_ELEMENTS = 2000
SVG = "image/svg+xml"
PNG = "image/png"

SVG_NS = "http://www.w3.org/2000/svg"
XLINK_NS = "http://www.w3.org/1999/xlink"

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "title",
        "desc",
        "symbol",
        "use",
        "text",
        "tspan",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "d",
        "points",
        "width",
        "height",
        "viewBox",
        "preserveAspectRatio",
        "transform",
        "version",
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "opacity",
        "color",
        "clip-path",
        "clip-rule",
        "mask",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "font-family",
        "font-size",
        "font-weight",
        "text-anchor",
        "letter-spacing",
        "role",
        "aria-hidden",
        "aria-label",
        "style",
    ]
)
#: A reference inside the same picture.
LOCAL_URL = re.compile(r"""url\(\s*(['"]?)#[\w.-]+\1\s*\)""")
#: What could leave the picture or run, anywhere in a value.
DANGEROUS = re.compile(r"url\s*\(|@|\\|javascript:|data:|expression|/\*|<|&", re.IGNORECASE)
STYLE_PROPERTIES = frozenset(a for a in ATTRIBUTES if "-" in a) | {"fill", "stroke", "opacity", "mask", "color"}


class UnsafePicture(ValueError):  # named after what it is
    """`code` says for programs, the message for whoever uploads it, what is refused."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = f"picture_{code}"


def checked(content: bytes, media_type: str) -> bytes:
    """The picture as it may be stored and served. Raises UnsafePicture."""
    if len(content) > MAX_BYTES:
        raise UnsafePicture("too_big", f"a logo has at most {MAX_BYTES // 1024} KB")
    if media_type == SVG:
        return clean_svg(content)
    if media_type == PNG:
        return clean_png(content)
    raise UnsafePicture("unknown_type", "a logo is an SVG or a PNG")


def proportion(content: bytes, media_type: str) -> float | None:
    """Width by height of a picture that was checked; None where it does not say."""
    if media_type == PNG:
        width, height = struct.unpack_from(">II", content, 16)
    else:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        sides = f"0 0 {root.get('width', '')} {root.get('height', '')}".replace("px", "")
        width, height = _sides(sides) or _sides(root.get("viewBox", "")) or (0, 0)
    return width / height if width > 0 and height > 0 else None


def _sides(box: str) -> tuple[float, float] | None:
    """Of `x y width height` in plain numbers."""
    found = re.fullmatch(r"\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*|\.\d+)[\s,]+(\d+\.?\d*|\.\d+)\s*", box)
    return (float(found[1]), float(found[2])) if found else None


def clean_svg(content: bytes) -> bytes:
    """The same drawing, rebuilt from known elements and attributes. Anything else refuses the whole picture."""
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnsafePicture("broken", "this SVG is not well-formed or declares entities") from error
    if root.tag != f"{{{SVG_NS}}}svg":
        raise UnsafePicture("broken", "this is not an SVG")
    elements = list(root.iter())
    if len(elements) > MAX_ELEMENTS:
        raise UnsafePicture("too_detailed", f"a logo has at most {MAX_ELEMENTS} elements")
    for element in elements:
        _check_element(element)
    _name_locally(elements)
    root.set("xmlns", SVG_NS)
    drawn: bytes = tostring(root, encoding="utf-8")
    return drawn


def _check_element(element: Element) -> None:
    namespace, _, name = element.tag.rpartition("}")
    if namespace != f"{{{SVG_NS}" or name not in ELEMENTS:
        raise UnsafePicture("unsafe", f"the element {name[:40]} is not allowed in a logo")
    for attribute, value in element.attrib.items():
        if attribute in {"href", f"{{{XLINK_NS}}}href"}:
            if name not in {"use", "linearGradient", "radialGradient"} or not re.fullmatch(r"#[\w.-]+", value):
                raise UnsafePicture("outside", "a logo refers to nothing outside itself")
        elif attribute not in ATTRIBUTES and not attribute.startswith("{http://www.w3.org/XML/1998/namespace}"):
            raise UnsafePicture("unsafe", f"the attribute {attribute[:40]} is not allowed in a logo")
        elif DANGEROUS.search(LOCAL_URL.sub("", value)):
            raise UnsafePicture("outside", f"the attribute {attribute} refers to something outside the logo")
        elif attribute == "style":
            _check_style(value)


def _check_style(style: str) -> None:
    for declaration in filter(str.strip, style.split(";")):
        name = declaration.partition(":")[0].strip()
        if name not in STYLE_PROPERTIES:
            raise UnsafePicture("unsafe", f"the style {name[:40]} is not allowed in a logo")


def _name_locally(elements: list[Element]) -> None:
    """SVG's own namespace becomes the default one; references are written without a prefix."""
    for element in elements:
        element.tag = element.tag.rpartition("}")[2]
        for attribute in list(element.attrib):
            if attribute.startswith("{"):
                value = element.attrib.pop(attribute)
                if attribute == f"{{{XLINK_NS}}}href":
                    element.set("href", value)


PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB"})


#: Samples of a pixel, by PNG's colour type.
PNG_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def clean_png(content: bytes) -> bytes:
    """The same pixels without text, profiles or anything after the end."""
    if not content.startswith(PNG_SIGNATURE):
        raise UnsafePicture("broken", "this is not a PNG")
    kept = [chunk for chunk in _png_chunks(content) if chunk[4:8] in PNG_CHUNKS]
    header = kept[0] if kept else b""
    if header[4:8] != b"IHDR" or len(header) != 25:
        raise UnsafePicture("broken", "this PNG does not begin with its size")
    _check_pixels(header, b"".join(chunk[8:-4] for chunk in kept if chunk[4:8] == b"IDAT"))
    return b"".join((PNG_SIGNATURE, *kept))


def _png_chunks(content: bytes) -> Iterator[bytes]:
    position, last = len(PNG_SIGNATURE), b""
    while last != b"IEND":
        if position + 12 > len(content):
            raise UnsafePicture("broken", "this PNG ends too early")
        (length,) = struct.unpack_from(">I", content, position)
        chunk = content[position : position + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise UnsafePicture("broken", "this PNG is damaged")
        last = chunk[4:8]
        yield chunk
        position += 12 + length


def _check_pixels(header: bytes, packed: bytes) -> None:
    """The pixels fill exactly the size that the header tells, so that nothing unpacks to more than it says."""
    width, height, depth, colour_type, _, _, interlaced = struct.unpack_from(">IIBBBBB", header, 8)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise UnsafePicture("too_many_pixels", f"a logo has at most {MAX_SIDE} pixels a side")
    if colour_type not in PNG_SAMPLES or depth not in {1, 2, 4, 8, 16}:
        raise UnsafePicture("broken", "this PNG has colours that there are not")
    row = (width * depth * PNG_SAMPLES[colour_type] + 7) // 8
    most = height * (row + 1) * (2 if interlaced else 1)  # seven passes have more rows, each with its filter
    try:
        unpacked = len(zlib.decompressobj().decompress(packed, most + 1))
    except zlib.error as error:
        raise UnsafePicture("broken", "this PNG is damaged") from error
    if unpacked > most or (unpacked < most and not interlaced):
        raise UnsafePicture("broken", "this PNG has other pixels than it says")
