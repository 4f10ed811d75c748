"""The brand studio: a draft as a form and back, and the contrast of what it makes."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from atrium_chassis.problems import FieldError as Fault
from atrium_chassis.problems import Problem

from atrium_gateway.branding.colours import parse
from atrium_gateway.branding.contrast import Pair, pairs
from atrium_gateway.branding.model import Brand, Choices
from atrium_gateway.pages.composing.problems import field_errors
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.shapes import Choice, FieldError
from atrium_gateway.pages.presenting.studio import PREVIEWS, ContrastPair, OwnHost, Showing
from atrium_gateway.people.domains import Claim

WORDS = ("project", "request", "conversation", "report")
FORMS: Mapping[str, tuple[str, ...]] = {"en": ("singular", "plural"), "de": ("article", "singular", "plural")}
TEXTS = (
    "product_name",
    "accent",
    "header",
    "text_on_accent",
    "font_heading",
    "font_text",
    "sender_name",
    "support_address",
)
PICTURES = ("light", "dark", "mark", "sign_in")
SHORT_HEX = re.compile(r"^#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])$")
PLAIN_HEX = re.compile(r"^[0-9a-fA-F]{6}$")


def brand_values(choices: Choices) -> dict[str, str]:
    """The choices as the form shows them."""
    values = {name: str(getattr(choices, name)) for name in TEXTS}
    for language, word, form in _word_fields():
        values[f"words_{language}_{word}_{form}"] = choices.words.get(language, {}).get(word, {}).get(form, "")
    return values


def _word_fields() -> Iterable[tuple[str, str, str]]:
    return ((language, word, form) for language, forms in FORMS.items() for word in WORDS for form in forms)


def brand_change(typed: Mapping[str, str]) -> dict[str, Any]:
    """What the form asks for; a word that has no form is ours again."""
    texts = {name: typed[name].strip() for name in TEXTS if name in typed}
    if "accent" in texts:
        texts["accent"] = colour(texts["accent"])
    return {**texts, "words": _words(typed)}


def _words(typed: Mapping[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    words: dict[str, dict[str, dict[str, str]]] = {language: {} for language in FORMS}
    for language, word, form in _word_fields():
        given = typed.get(f"words_{language}_{word}_{form}", "").strip()
        if given:
            words[language].setdefault(word, {})[form] = given
    return words


def word_faults(typed: Mapping[str, str]) -> list[Fault]:
    """A word with some of its forms and not the others could not stand in every sentence."""
    words = _words(typed)
    return [
        Fault(f"/words/{language}/{word}/{form}", "required", "A word needs each of its forms.")
        for language, word, form in _word_fields()
        if word in words[language] and form not in words[language][word]
    ]


def colour(typed: str) -> str:
    """`#abc` and `aabbcc` are meant as `#aabbcc`; anything else stays as typed, for the rules to refuse."""
    short = SHORT_HEX.match(typed)
    if short:
        return "#" + "".join(sign * 2 for sign in short.groups()).lower()
    return f"#{typed}".lower() if PLAIN_HEX.match(typed) else typed


def brand_errors(scene: Scene, problem: Problem) -> tuple[FieldError, ...]:
    """What was refused, at its field, with the reason and the mend."""
    return tuple(
        FieldError(error.field, _reason(scene, error, code))
        for error, code in zip(
            field_errors(problem, scene.words.gettext, {"domains_0": "domain", "domains": "domain"}),
            [fault.code for fault in problem.errors] or [problem.code],
            strict=True,
        )
    )


def _reason(scene: Scene, error: FieldError, code: str) -> str:
    by_code = {
        "picture_too_big": scene._("This picture is too big: at most 256 KB."),
        "picture_too_many_pixels": scene._("This picture is too large: at most 2048 pixels a side."),
        "picture_too_detailed": scene._("This drawing has too many parts: at most 2000."),
        "picture_unknown_type": scene._("Choose an SVG or a PNG."),
        "picture_broken": scene._("This file is damaged, or not the picture it says it is."),
        "picture_unsafe": scene._("This SVG holds more than a drawing: scripts, foreign content or animation."),
        "picture_outside": scene._("This SVG fetches something from elsewhere. Save it with everything inside."),
        "address_taken": scene._("This address is taken. Choose another one."),
        "not_a_host": scene._("Write a host of the customer’s own, such as portal.company.example."),
        "below_aa": scene._("With this colour something could not be read. Choose another one."),
        "stale_revision": scene._("Somebody else published in the meantime. Look at it again, then publish."),
        "first_version": scene._("This is the first version; there is none before it."),
    }
    by_field = {
        "accent": scene._("Write the colour as # with six digits or letters from a to f, such as #3f7d20."),
        "support_address": scene._("Enter an e-mail address, such as you@company.example."),
    }
    if code == "required":
        return scene._("Fill in each form of the word, or none.")
    return by_code.get(code) or by_field.get(error.field) or error.text


def changes_between(now: Choices, before: Choices) -> int:
    """How many fields of the form differ."""
    old, new = {**brand_values(before), **before.logos}, {**brand_values(now), **now.logos}
    return sum(old.get(name) != new.get(name) for name in {**old, **new})


def version_of(choices: Choices) -> str:
    return hashlib.sha256(repr(sorted(asdict(choices).items())).encode()).hexdigest()[:12]


def contrast_pairs(brand: Brand) -> tuple[ContrastPair, ...]:
    return tuple(_contrast(pair) for pair in pairs(brand.choices, brand.theme))


def _contrast(pair: Pair) -> ContrastPair:
    used = pair.ground if pair.use == "on_accent" else pair.text
    return ContrastPair(
        pair.use,
        pair.dark,
        pair.text,
        pair.ground,
        pair.ratio,
        pair.needed,
        pair.entered,
        pair.entered_ratio,
        round(parse(pair.entered).lightness * 100) if pair.entered else 0,
        round(parse(used).lightness * 100),
    )


def header_choices(scene: Scene) -> tuple[Choice, ...]:
    return (Choice("light", scene._("Light")), Choice("accent", scene._("Accent")), Choice("dark", scene._("Dark")))


def text_choices(scene: Scene) -> tuple[Choice, ...]:
    return (Choice("auto", scene._("Best")), Choice("white", scene._("White")), Choice("dark", scene._("Dark")))


def showing(query: Mapping[str, str], language: str) -> Showing:
    """What the middle shows, by the page's address; the customer's own language first."""
    page, theme, chosen = query.get("show", ""), query.get("theme", ""), query.get("language", "")
    return Showing(
        page if page in PREVIEWS else PREVIEWS[0],
        theme if theme in {"light", "dark"} else "light",
        chosen if chosen in FORMS else language,
    )


def own_hosts(domains: Iterable[str], claims: Iterable[Claim]) -> tuple[OwnHost, ...]:
    return (
        *(OwnHost(host) for host in domains),
        *(OwnHost(one.host, one.record_name, one.record_value, one.fault) for one in claims),
    )
