"""A brand: what a customer chooses, and the theme that derives from it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from atrium_gateway.branding.colours import (
    SHAPE,
    TEXT,
    Lch,
    blend,
    contrast,
    parse,
    repaired,
)

Header = Literal["light", "accent", "dark"]
#: `sign_in` is the picture beside the sign-in; the others are the logo on both grounds and its square mark.
LogoKind = Literal["light", "dark", "mark", "sign_in"]
#: Which text stands on the accent: `auto` takes whichever reaches more.
TextOnAccent = Literal["auto", "white", "dark"]

WHITE = "#ffffff"
DARK_SURFACE = "#1d1e22"  # the lightest ground that dark text of the accent stands on
NEUTRAL_CHROMA = 0.006
WARM = (60.0, 140.0)
WARM_NEUTRAL = 95.0
MUTED_ON_HEADER = 0.89


@dataclass(frozen=True)
class Font:
    """One of the self-hosted fonts, with its stand-in of the same metrics; weight and spacing are those of headings."""

    file: str
    stack: str
    weight: int
    spacing: str


FONTS: Mapping[str, Font] = {
    "Inter": Font("inter.woff2", '"Inter","Inter stand-in",system-ui,sans-serif', 650, "-.018em"),
    "Manrope": Font("manrope.woff2", '"Manrope","Manrope stand-in",system-ui,sans-serif', 700, "-.022em"),
    "Vollkorn": Font("vollkorn.woff2", '"Vollkorn","Vollkorn stand-in",Georgia,serif', 600, "-.008em"),
}


@dataclass(frozen=True)
class Repair:
    """A colour that was entered too weak and is used at another lightness."""

    use: str
    entered: str
    used: str
    entered_ratio: float
    used_ratio: float
    needed: float


@dataclass(frozen=True)
class Theme:
    """Custom properties of the light and the dark theme, as literals."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    repairs: tuple[Repair, ...] = ()

    def css(self) -> str:
        dark = _block(self.dark)
        return (
            f":root{{{_block(self.light)}}}\n"
            f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
            f":root[data-theme=dark]{{{dark}}}\n"
        )


@dataclass(frozen=True)
class Choices:
    """What a brand sets; all else derives."""

    product_name: str
    accent: str
    header: Header = "light"
    font_heading: str = "Inter"
    font_text: str = "Inter"
    sender_name: str = ""
    support_address: str = ""
    #: language → word of product.md → {"singular", "plural", "article"}
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    #: logo kind → SHA-256 of the stored picture
    logos: Mapping[str, str] = field(default_factory=dict)
    text_on_accent: TextOnAccent = "auto"


def _block(properties: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in properties.items())


def neutral_hue(accent: Lch) -> float:
    """Neutrals follow the accent's hue; warm and yellow-green hues share one, so that greys stay clean."""
    return WARM_NEUTRAL if WARM[0] <= accent.hue <= WARM[1] else round(accent.hue)


def grounds(hue: float) -> tuple[str, ...]:
    """Surface, background and sunken ground of the light theme."""
    return (
        WHITE,
        Lch(0.982, NEUTRAL_CHROMA, hue).hex,
        Lch(0.962, NEUTRAL_CHROMA * 1.3, hue).hex,
    )


def _ink(accent: Lch) -> str:
    """The dark text of this brand."""
    return Lch(0.2, min(accent.chroma, 0.03), accent.hue).hex


def _on(colour: str, ink: str) -> str:
    """White or ink, whichever reaches more."""
    return WHITE if contrast(WHITE, colour) >= contrast(ink, colour) else ink


def _accent(entered: Lch, hue: float, text: TextOnAccent) -> tuple[Lch, str]:
    """The accent as used in the light theme, with its text: an edge on every ground, a ground for its text.

    Dark text gives way to white where no lightness serves both it and the edge.
    """
    edge = repaired(entered, grounds(hue), SHAPE)
    ink = _ink(entered)
    on = {"white": WHITE, "dark": ink}.get(text) or _on(edge.hex, ink)
    used = repaired(edge, (on,), TEXT)
    if contrast(used.hex, grounds(hue)[-1]) < SHAPE:
        on, used = WHITE, repaired(edge, (WHITE,), TEXT)
    return used, on


def _light(entered: Lch, choices: Choices) -> dict[str, str]:
    hue = neutral_hue(entered)
    accent, on = _accent(entered, hue, choices.text_on_accent)
    calm = replace(accent, chroma=accent.chroma * 0.85)
    tint = Lch(0.957, min(accent.chroma * 0.2, 0.03), accent.hue)
    hover = repaired(replace(calm, lightness=max(accent.lightness - 0.08, 0)), (on,), TEXT)
    ink = repaired(replace(calm, lightness=min(accent.lightness, 0.42)), (*grounds(hue), tint.hex), TEXT)
    return {
        "nh": f"{hue:g}",
        "nc": f"{NEUTRAL_CHROMA:g}",
        "brand": choices.accent,
        "accent": accent.hex,
        "accent-hover": hover.hex,
        "on-accent": on,
        "accent-ink": ink.hex,
        "accent-tint": tint.hex,
        "accent-line": Lch(0.87, min(accent.chroma * 0.5, 0.07), accent.hue).hex,
        **_header(choices.header, accent, dark=False),
        **_type(choices),
    }


def _dark(entered: Lch, choices: Choices) -> dict[str, str]:
    muted = replace(entered, chroma=entered.chroma * 0.85)
    ink = _ink(entered)
    tint = replace(muted, lightness=0.27, chroma=min(muted.chroma, 0.06))
    accent = repaired(replace(muted, lightness=0.76), (ink,), TEXT)
    return {
        "nh": f"{neutral_hue(entered):g}",
        "nc": f"{NEUTRAL_CHROMA:g}",
        "brand": choices.accent,
        "accent": repaired(accent, (DARK_SURFACE,), SHAPE).hex,
        "accent-hover": replace(accent, lightness=min(accent.lightness + 0.06, 1)).hex,
        "on-accent": ink,
        "accent-ink": repaired(replace(muted, lightness=0.84), (DARK_SURFACE, tint.hex), TEXT).hex,
        "accent-tint": tint.hex,
        "accent-line": replace(muted, lightness=0.43, chroma=min(muted.chroma, 0.1)).hex,
        **_header(choices.header, muted, dark=True),
    }


def _header(style: Header, accent: Lch, *, dark: bool) -> dict[str, str]:
    if style == "light":
        ground = Lch(0.222, min(accent.chroma, 0.02), accent.hue) if dark else Lch(0.997, 0.006, accent.hue)
        return {
            "hdr-bg": ground.hex,
            "hdr-fg": "var(--ink)",
            "hdr-fg-2": "var(--ink-2)",
            "hdr-line": "var(--line)",
            "hdr-hover": "var(--sunken)",
            "hdr-active": "var(--accent-tint)",
            "hdr-active-fg": "var(--accent-ink)",
        }
    if style == "dark":
        start = Lch(0.2, min(accent.chroma, 0.02), accent.hue)
    elif dark:
        start = Lch(0.23, min(accent.chroma, 0.07), accent.hue)
    else:
        start = replace(accent, lightness=max(accent.lightness - 0.08, 0), chroma=accent.chroma * 0.85)
    quiet = Lch(MUTED_ON_HEADER, min(accent.chroma, 0.04), accent.hue).hex
    ground = _header_ground(start, quiet)
    line = replace(ground, lightness=ground.lightness + 0.09, chroma=min(ground.chroma * 1.25, 0.09)).hex
    return {
        "hdr-bg": ground.hex,
        "hdr-fg": WHITE,
        "hdr-fg-2": quiet,
        "hdr-line": line if dark else "transparent",
        "hdr-hover": "#ffffff18",
        "hdr-active": "#ffffff24",
        "hdr-active-fg": WHITE,
    }


def _header_ground(start: Lch, quiet: str) -> Lch:
    """Dark enough that quiet text stays readable, on the ground of the active entry too."""
    ground = repaired(start, (quiet,), TEXT)
    while ground.lightness > 0 and contrast(quiet, blend(ground.hex, WHITE, 0x24 / 255)) < TEXT:
        ground = replace(ground, lightness=max(ground.lightness - 0.005, 0))
    return ground


def _type(choices: Choices) -> dict[str, str]:
    heading = FONTS[choices.font_heading]
    return {
        "font": FONTS[choices.font_text].stack,
        "font-head": heading.stack,
        "head-w": str(heading.weight),
        "head-ls": heading.spacing,
    }


def derive(choices: Choices) -> Theme:
    """The whole theme of a brand; every pair of it reaches WCAG AA. Raises ValueError for a malformed accent."""
    entered = parse(choices.accent)
    light, dark = _light(entered, choices), _dark(entered, choices)
    return Theme(light, dark, tuple(_repairs(choices.accent, light)))


def _repairs(entered: str, light: Mapping[str, str]) -> list[Repair]:
    """What is used otherwise than entered: the accent under its text, and the accent as the text of a link."""
    pairs = (("accent", light["on-accent"], TEXT), ("accent-ink", WHITE, TEXT))
    repairs = []
    for use, ground, needed in pairs:
        ratio = contrast(entered, ground)
        if ratio < needed or (use == "accent" and light[use] != entered):
            used = light[use]
            repairs.append(Repair(use, entered, used, _ratio(ratio), _ratio(contrast(used, ground)), needed))
    return repairs


def _ratio(value: float) -> float:
    """Rounded down, so that a shown figure never promises more than is there."""
    return int(value * 10) / 10


@dataclass(frozen=True)
class Brand:
    """A published brand, ready for pages and mails."""

    choices: Choices
    theme: Theme
    revision: int
    #: Width by height of its pictures, by kind, so that pages keep their place free.
    proportions: Mapping[str, float] = field(default_factory=dict)

    @property
    def css(self) -> str:
        return self.theme.css()

    @property
    def css_hash(self) -> str:
        return hashlib.sha256(self.css.encode()).hexdigest()[:16]


def publish(choices: Choices, revision: int) -> Brand:
    return Brand(choices, derive(choices), revision)
