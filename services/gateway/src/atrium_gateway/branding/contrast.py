"""Every pair of colours that pages use, with its contrast: what the studio shows, and what publishing asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from atrium_gateway.branding.colours import SHAPE, TEXT, Lch, blend, contrast
from atrium_gateway.branding.model import DARK_SURFACE, NEUTRAL_CHROMA, WHITE, Choices, Theme, grounds

Use = Literal["on_accent", "on_hover", "link", "tint", "header", "header_quiet", "header_active", "edge"]
Colours = Mapping[str, str]
#: Parts that are laid over the header with an opacity: #ffffff24.
VEIL = 9


@dataclass(frozen=True)
class Pair:
    """Text, or an edge, on its ground. `entered` is the accent as typed, where it would have stood there as it is."""

    use: Use
    dark: bool
    text: str
    ground: str
    needed: float
    entered: str = ""
    entered_ratio: float = 0.0

    @property
    def ratio(self) -> float:
        return rounded_down(contrast(self.text, self.ground))

    @property
    def is_enough(self) -> bool:
        return contrast(self.text, self.ground) >= self.needed

    @property
    def is_repaired(self) -> bool:
        return bool(self.entered)


def rounded_down(value: float) -> float:
    """To one place, so that a shown figure never promises more than is there."""
    return int(value * 10) / 10


def pairs(choices: Choices, theme: Theme) -> tuple[Pair, ...]:
    """All of them: those of the accent first, each with the colour that was entered where another one is used."""
    return (*_light(choices.accent, theme.light), *_shared(theme.light, dark=False), *_dark(theme.dark))


def below_aa(found: tuple[Pair, ...]) -> tuple[Pair, ...]:
    return tuple(pair for pair in found if not pair.is_enough)


def _light(entered: str, light: Colours) -> Iterator[Pair]:
    on, accent, ink = light["on-accent"], light["accent"], light["accent-ink"]
    yield Pair("on_accent", False, on, accent, TEXT, *_weak(entered, on, TEXT, accent))
    yield Pair("link", False, ink, WHITE, TEXT, *_weak(entered, WHITE, TEXT, ink))
    ground = grounds(float(light["nh"]))[-1]
    yield Pair("edge", False, accent, ground, SHAPE, *_weak(entered, ground, SHAPE, accent))


def _weak(entered: str, against: str, needed: float, used: str) -> tuple[str, float]:
    """The entered colour with its ratio, where it would not have been enough and another one is used."""
    ratio = contrast(entered, against)
    return (entered, rounded_down(ratio)) if ratio < needed and entered != used else ("", 0.0)


def _shared(colours: Colours, *, dark: bool) -> Iterator[Pair]:
    yield Pair("tint", dark, colours["accent-ink"], colours["accent-tint"], TEXT)
    yield Pair("on_hover", dark, colours["on-accent"], colours["accent-hover"], TEXT)
    header = _solid(colours["hdr-bg"], colours, dark=dark)
    active = _solid(colours["hdr-active"], colours, dark=dark)
    yield Pair("header", dark, _solid(colours["hdr-fg"], colours, dark=dark), header, TEXT)
    yield Pair("header_quiet", dark, _solid(colours["hdr-fg-2"], colours, dark=dark), header, TEXT)
    yield Pair("header_active", dark, _solid(colours["hdr-active-fg"], colours, dark=dark), active, TEXT)


def _dark(dark: Colours) -> Iterator[Pair]:
    yield Pair("on_accent", True, dark["on-accent"], dark["accent"], TEXT)
    yield Pair("link", True, dark["accent-ink"], DARK_SURFACE, TEXT)
    yield Pair("edge", True, dark["accent"], DARK_SURFACE, SHAPE)
    yield from _shared(dark, dark=True)


def _solid(value: str, colours: Colours, *, dark: bool) -> str:
    """A property's value as one opaque colour: references followed, veils laid on the header."""
    if value.startswith("var(--"):
        name = value[len("var(--") : -1]
        return colours.get(name) or _neutral(name, float(colours["nh"]), dark=dark)
    if len(value) == VEIL:
        return blend(colours["hdr-bg"], value[:7], int(value[7:], 16) / 255)
    return value


def _neutral(name: str, hue: float, *, dark: bool) -> str:
    """The inks of pages (tokens/light.css, tokens/dark.css) with this hue."""
    if dark:
        return {"ink": Lch(0.955, 0.004, hue), "ink-2": Lch(0.8, 0.01, hue)}[name].hex
    return Lch({"ink": 0.225, "ink-2": 0.42}[name], NEUTRAL_CHROMA * 2.4, hue).hex
