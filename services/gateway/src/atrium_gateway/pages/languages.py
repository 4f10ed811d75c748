"""Which of the two languages someone is spoken to in. Who is signed in has chosen (`viewer.language`)."""

from fastapi import Request

from atrium_gateway.pages.translation import LANGUAGES

COOKIE = "language"


def before_sign_in(request: Request, addressee: str = "", house: str = "en") -> str:
    """Chosen on the page, chosen before, the addressee's of a mailed link, the browser's wish, else the house's own."""
    asked = (
        request.query_params.get("language", ""),
        request.cookies.get(COOKIE, ""),
        addressee,
        wished(request.headers.get("accept-language", "")),
        house,
    )
    return next((one for one in asked if one in LANGUAGES), LANGUAGES[0])


def wished(accepted: str) -> str:
    """The first of ours that an Accept-Language header names, by its weights; of no country. None: empty."""
    ranked = [(-weight, place, language) for place, (language, weight) in enumerate(map(_range, accepted.split(",")))]
    return next((language for weight, _place, language in sorted(ranked) if weight < 0 and language in LANGUAGES), "")


def _range(part: str) -> tuple[str, float]:
    """`de-CH;q=0.8` → `de`, .8"""
    name, _, parameter = part.partition(";")
    weight = parameter.strip().removeprefix("q=")
    try:
        value = float(weight) if weight else 1.0
    except ValueError:
        value = 0.0
    return name.strip().lower().partition("-")[0], value
