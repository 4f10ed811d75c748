"""Colours in OKLCH: everything a brand shows derives from one accent; contrast is repaired by lightness alone.

Contrast is WCAG 2.2's relative-luminance ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from coloraide import Color

TEXT = 4.5  # text, and text on the accent
SHAPE = 3.0  # large text, focus ring, edges of controls, marks of charts
STEP = 0.005
HEX = re.compile(r"^#[0-9a-f]{6}$")


@dataclass(frozen=True)
class Lch:
    """Lightness 0–1, chroma from 0, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        """The colour in sRGB; chroma is cut where sRGB ends, lightness and hue stay."""
        colour = Color("oklch", [self.lightness, self.chroma, self.hue])
        return colour.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True)


def parse(colour: str) -> Lch:
    """`#rrggbb` in OKLCH. Raises ValueError for anything else."""
    if not HEX.match(colour):
        raise ValueError("a colour is written #rrggbb")
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return Lch(lightness, chroma if chroma > 0.0005 else 0.0, hue)


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = linear(colour[1:3]), linear(colour[3:5]), linear(colour[5:7])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two `#rrggbb` colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def reaches(colour: str, grounds: Iterable[str], ratio: float) -> bool:
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def repaired(colour: Lch, grounds: Iterable[str], ratio: float) -> Lch:
    """The nearest lightness, in steps of .005, that reaches the ratio on every ground. The colour itself if it does.

    Hue and chroma are kept. Raises ValueError where no lightness does.
    """
    grounds = tuple(grounds)
    for steps in range(int(1 / STEP) + 1):
        for lightness in (colour.lightness - steps * STEP, colour.lightness + steps * STEP):
            if 0 <= lightness <= 1:
                candidate = replace(colour, lightness=lightness)
                if reaches(candidate.hex, grounds, ratio):
                    return candidate
    raise ValueError("no lightness reaches this contrast on these grounds")


def blend(ground: str, over: str, share: float) -> str:
    """`over` laid on `ground` with an opacity of `share`."""
    parts = (round(int(ground[at : at + 2], 16) * (1 - share) + int(over[at : at + 2], 16) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)
