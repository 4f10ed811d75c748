"""Derivation: whatever accent is entered, every pair that pages use reaches AA; hue stays."""

from dataclasses import replace
from pathlib import Path

import pytest
from atrium_chassis.problems import Invalid
from atrium_gateway.branding.colours import SHAPE, TEXT, Lch, contrast, parse, repaired
from atrium_gateway.branding.commands import require_aa
from atrium_gateway.branding.contrast import below_aa, pairs
from atrium_gateway.branding.model import FONTS, Choices, derive, publish
from hypothesis import given, settings
from hypothesis import strategies as st

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
HEADERS = st.sampled_from(["light", "accent", "dark"])
STAND_INS = Path(__file__).parents[2] / "frontend" / "css" / "tokens" / "fonts.css"
LIGHT_GROUNDS = ("#ffffff", "#f8f8f8")


@settings(max_examples=150, deadline=None)
@given(accent=COLOURS, header=HEADERS)
def test_every_pair_reaches_aa(accent: str, header: str) -> None:
    theme = derive(Choices("x", accent, header))  # type: ignore[arg-type]
    light, dark = theme.light, theme.dark
    for colours in (light, dark):
        assert contrast(colours["accent"], colours["on-accent"]) >= TEXT
        assert contrast(colours["accent-hover"], colours["on-accent"]) >= TEXT
        assert contrast(colours["accent-ink"], colours["accent-tint"]) >= TEXT
    assert contrast(light["accent-ink"], "#ffffff") >= TEXT
    assert all(contrast(light["accent"], ground) >= SHAPE for ground in LIGHT_GROUNDS)
    assert contrast(dark["accent"], "#1d1e22") >= SHAPE
    if header != "light":
        for colours in (light, dark):
            assert contrast(colours["hdr-fg"], colours["hdr-bg"]) >= TEXT
            assert contrast(colours["hdr-fg-2"], colours["hdr-bg"]) >= TEXT


@settings(max_examples=100, deadline=None)
@given(accent=COLOURS)
def test_an_accent_that_is_enough_is_used_as_entered(accent: str) -> None:
    white = contrast(accent, "#ffffff")
    theme = derive(Choices("x", accent))
    if white >= TEXT:
        assert theme.light["accent"] == accent
        assert not [repair for repair in theme.repairs if repair.use == "accent"]


@settings(max_examples=100, deadline=None)
@given(accent=COLOURS)
def test_repair_keeps_the_hue(accent: str) -> None:
    entered = parse(accent)
    used = repaired(entered, ("#ffffff",), TEXT)
    assert (used.hue, used.chroma) == (entered.hue, entered.chroma)


@settings(max_examples=100, deadline=None)
@given(accent=COLOURS, header=HEADERS)
def test_the_stylesheet_holds_custom_properties_only(accent: str, header: str) -> None:
    css = derive(Choices("x", accent, header)).css()  # type: ignore[arg-type]
    for block in css.replace("@media (prefers-color-scheme:dark){", "").split("{")[1:]:
        for declaration in block.partition("}")[0].rstrip(";").split(";"):
            assert declaration.startswith("--")


@pytest.mark.parametrize(
    ("accent", "header", "expected"),
    [
        ("#3f7d20", "light", {"nh": "95", "accent": "#3a7620", "accent-ink": "#2c5c16", "accent-line": "#c3dcae"}),
        ("#0b3fa8", "accent", {"accent": "#0b3fa8", "accent-hover": "#082f80", "hdr-bg": "#0a2f7d"}),
        ("#0e6073", "light", {"accent": "#0e6073", "accent-tint": "#e6f1f4", "accent-line": "#b6d5dd"}),
    ],
)
def test_the_demo_brands_come_close_to_the_drawn_ones(accent: str, header: str, expected: dict[str, str]) -> None:
    light = derive(Choices("x", accent, header)).light  # type: ignore[arg-type]
    for name, drawn in expected.items():
        if not drawn.startswith("#"):
            assert light[name] == drawn
            continue
        ours, theirs = parse(light[name]), parse(drawn)
        assert abs(ours.lightness - theirs.lightness) < 0.03
        assert abs(ours.chroma - theirs.chroma) < 0.03


def test_repairs_name_both_colours_and_round_down() -> None:
    repairs = {repair.use: repair for repair in derive(Choices("x", "#ffd400")).repairs}
    assert repairs["accent"].entered == "#ffd400"
    assert repairs["accent-ink"].entered_ratio < repairs["accent-ink"].needed <= repairs["accent-ink"].used_ratio


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#gggggg", "#123456;}", "#12345678"])
def test_only_hex_colours_are_parsed(colour: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        parse(colour)


def test_chroma_is_cut_to_stay_in_srgb() -> None:
    assert Lch(0.95, 0.3, 150).hex.startswith("#")


@pytest.mark.parametrize("name", FONTS)
def test_each_font_is_followed_by_its_stand_in_so_that_nothing_moves_when_it_arrives(name: str) -> None:
    assert FONTS[name].stack.startswith(f'"{name}","{name} stand-in",')
    assert f'font-family: "{name} stand-in"' in STAND_INS.read_text()


@settings(max_examples=100, deadline=None)
@given(accent=COLOURS, header=HEADERS, text=st.sampled_from(["auto", "white", "dark"]))
def test_every_pair_of_the_report_reaches_aa_whatever_is_entered(accent: str, header: str, text: str) -> None:
    choices = Choices("x", accent, header, text_on_accent=text)  # type: ignore[arg-type]
    found = pairs(choices, derive(choices))
    assert below_aa(found) == ()
    assert {pair.use for pair in found if not pair.dark} == {pair.use for pair in found if pair.dark}
    assert all(pair.entered == accent and pair.entered_ratio < pair.needed for pair in found if pair.is_repaired)


def test_the_text_on_the_accent_may_be_chosen() -> None:
    white = derive(Choices("x", "#5fa23b", text_on_accent="white")).light
    dark = derive(Choices("x", "#5fa23b", text_on_accent="dark")).light
    assert white["on-accent"] == "#ffffff"
    assert contrast(dark["on-accent"], "#ffffff") > 15
    assert parse(white["accent"]).lightness < parse(dark["accent"]).lightness


def test_a_brand_below_aa_is_not_published() -> None:
    brand = publish(Choices("x", "#0e6073"), 1)
    require_aa(brand)
    weak = replace(brand, theme=replace(brand.theme, light={**brand.theme.light, "on-accent": "#808080"}))
    with pytest.raises(Invalid) as refused:
        require_aa(weak)
    assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == ("/accent", "below_aa")
